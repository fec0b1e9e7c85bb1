/** The part of the plane that rows of two numbers lie in, grids over it, and what tensors of points become. */
import { evenRows } from "../encode/evenRows.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { PlaneSeen } from "../protocol/inside.ts";

/** Real rows that are drawn. */
const mostRows = 300;
/** Free around them, as a share of their extent. */
const margin = 0.2;

/** Undefined where rows are not two numbers. */
export function planeOf(spans: readonly Span[], rows: Matrix): PlaneSeen | undefined {
  const [x, y] = spans;
  if (rows.width !== 2 || x?.kind !== "numeric" || y?.kind !== "numeric") return undefined;
  const range = (axis: 0 | 1): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < rows.values.length; i += 2) {
      low = Math.min(low, rows.values[i]!);
      high = Math.max(high, rows.values[i]!);
    }
    const free = Math.max(0.5, margin * (high - low));
    return [low - free, high + free];
  };
  return {
    x: { label: x.label, range: range(0) },
    y: { label: y.label, range: range(1) },
    real: evenRows(rows, Math.min(mostRows, rows.rows)).values,
  };
}

/** `side` points each way over two ranges, row by row from the lowest y: [side², 2] as numbers. */
export function grid(
  side: number,
  x: readonly [number, number],
  y: readonly [number, number],
): Float32Array<ArrayBuffer> {
  const points = new Float32Array(2 * side * side);
  const place = ([low, high]: readonly [number, number], i: number): number =>
    low + ((high - low) * i) / (side - 1);
  for (let row = 0, at = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      points[at++] = place(x, column);
      points[at++] = place(y, row);
    }
  return points;
}

/** The same points, read column by column after they are read row by row: the lines of a net. */
export function lattice(points: Float32Array, side: number): Float32Array {
  const lines = new Float32Array(2 * points.length);
  lines.set(points);
  for (let column = 0, at = points.length; column < side; column++)
    for (let row = 0; row < side; row++) {
      const from = 2 * (row * side + column);
      lines[at++] = points[from]!;
      lines[at++] = points[from + 1]!;
    }
  return lines;
}

export const rowsOf = ({ values, rows, width }: Matrix): Rows => tensor2d(values, [rows, width]);
export const pointsOf = (values: Float32Array): Rows => tensor2d(values, [values.length / 2, 2]);
