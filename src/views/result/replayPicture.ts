/** What a shared run's map looks like at a moment: how densely real rows lie, and the synthetic ones as dots. Canvas only. */
import { t } from "../../language/words.ts";
import { levels } from "../../share/density.ts";
import type { SharedAxis, SharedScene } from "../../share/result.ts";
import type { Colours } from "../kit/colours.ts";
import { drawAxes, drawMarks, plane, type Pen, type Plane } from "../kit/scatter.ts";
import type { Axis } from "../kit/ticks.ts";
import type { Size } from "../kit/useSize.ts";

/** An axis without a scale of its own goes from 0 to 1. */
const toAxis = ({ label, range, variance }: SharedAxis): Axis => ({
  label: range ? label : t`${label}, as a share of its range`,
  range: range ?? [0, 1],
  ...(variance !== undefined && { variance }),
});

/** Shares of the ranges, in the axes' own numbers. */
export function placed(points: Float32Array, { x, y }: SharedScene): Float32Array {
  const [xs, ys] = [x.range ?? [0, 1], y.range ?? [0, 1]];
  return points.map((share, i) => {
    const [low, high] = i % 2 === 0 ? xs : ys;
    return low + share * (high - low);
  });
}

export function drawReplay(
  pen: Pen,
  size: Size,
  scene: SharedScene,
  points: Float32Array,
  colours: Colours,
): void {
  const frame = plane(pen, size, toAxis(scene.x), toAxis(scene.y), scene.view === "plane");
  drawAxes(pen, frame, colours);
  drawDensity(pen, frame, scene, colours);
  drawMarks(pen, frame, placed(points, scene), "diamond", colours.synthetic);
}

function drawDensity(pen: Pen, p: Plane, { real, x, y }: SharedScene, colours: Colours): void {
  const { side, cells } = real;
  const [xs, ys] = [x.range ?? [0, 1], y.range ?? [0, 1]];
  const across = (share: number): number =>
    p.left +
    ((xs[0] + share * (xs[1] - xs[0]) - p.x.range[0]) / (p.x.range[1] - p.x.range[0])) * (p.right - p.left);
  const up = (share: number): number =>
    p.bottom -
    ((ys[0] + share * (ys[1] - ys[0]) - p.y.range[0]) / (p.y.range[1] - p.y.range[0])) * (p.bottom - p.top);
  pen.save();
  pen.fillStyle = colours.real;
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const level = cells[row * side + column]!;
      if (level === 0) continue;
      const [left, right] = [across(column / side), across((column + 1) / side)];
      const [top, bottom] = [up((row + 1) / side), up(row / side)];
      pen.globalAlpha = 0.5 * (level / levels);
      pen.fillRect(left, top, right - left - 1, bottom - top - 1);
    }
  pen.restore();
}
