/**
 * A person's own shape. A drawing is a few dozen pointer positions, too few to
 * train on, so the rest are drawn from a kernel density estimate of them: a
 * random drawn point, moved by a small Gaussian.
 */
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

/** Standard deviation of the jitter: about the width of a pen on a canvas that spans [-1, 1]. */
const jitter = 0.02;

/**
 * The drawn points, every one of them and first, followed by jittered copies up to `least` rows.
 *
 * @param points flat, [x0, y0, x1, y1, …], usually within [-1, 1].
 * @throws Error in words where there is no point or a coordinate is no finite number.
 */
export function drawingTable(points: readonly number[], random: Random, least = 1_000): Table {
  if (points.length % 2 !== 0)
    throw new Error(t`The drawing has an x without its y: its list of numbers must have an even length.`);
  const drawn: Point[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new Error(
        t`Point ${i / 2 + 1} of the drawing is not a pair of finite numbers. Clear it and draw again.`,
      );
    drawn.push([x, y]);
  }
  if (drawn.length === 0) throw new Error(t`The drawing is empty. Draw at least one stroke, then train.`);
  const extra = Array.from({ length: Math.max(0, least - drawn.length) }, (): Point => {
    const [x, y] = drawn[random.integer(drawn.length)]!;
    return [x + jitter * random.normal(), y + jitter * random.normal()];
  });
  return planeTable([...drawn, ...extra]);
}
