/** What is drawn inside a plane: fields as colour, arrows, nets of lines. Canvas only; no React, no state. */
import type { FieldSeen, LinesSeen } from "../../protocol/inside.ts";
import type { Colours } from "../kit/colours.ts";
import { toX, toY, type Plane } from "../kit/scatter.ts";

export type Range = readonly [number, number];
type Canvas = CanvasRenderingContext2D;

/** Draws inside the plot only. */
export function inside(context: Canvas, p: Plane, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(p.left, p.top, p.right - p.left, p.bottom - p.top);
  context.clip();
  draw();
  context.restore();
}

const channels = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);

/** Values of 0 to 1 over two ranges: the synthetic colour at 0, none at ½, the real one at 1. */
export function drawField(
  context: Canvas,
  p: Plane,
  { side, values }: FieldSeen,
  x: Range,
  y: Range,
  colours: Colours,
): void {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = side;
  const pen = sheet.getContext("2d");
  if (pen === null) return;
  const image = pen.createImageData(side, side);
  const [low, high] = [channels(colours.synthetic), channels(colours.real)];
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const value = Math.min(1, Math.max(0, values[row * side + column]!));
      const colour = value < 0.5 ? low : high;
      // The canvas counts rows from the top.
      const at = 4 * ((side - 1 - row) * side + column);
      for (let k = 0; k < 3; k++) image.data[at + k] = colour[k]!;
      image.data[at + 3] = Math.round(150 * Math.abs(2 * value - 1));
    }
  pen.putImageData(image, 0, 0);
  // A value stands for the middle of its cell, so the sheet reaches half a cell beyond the first and last.
  const [dx, dy] = [(x[1] - x[0]) / (side - 1) / 2, (y[1] - y[0]) / (side - 1) / 2];
  const [left, right] = [toX(p, x[0] - dx), toX(p, x[1] + dx)];
  const [top, bottom] = [toY(p, y[1] + dy), toY(p, y[0] - dy)];
  inside(context, p, () => context.drawImage(sheet, left, top, right - left, bottom - top));
}

/** An arrow at each place; the longest has `longest` pixels, and shorter ones are drawn by the root of their length. */
export function drawArrows(
  context: Canvas,
  p: Plane,
  places: Float32Array,
  vectors: Float32Array,
  colour: string,
  longest: number,
): void {
  let most = 0;
  for (let i = 0; i < vectors.length; i += 2) most = Math.max(most, Math.hypot(vectors[i]!, vectors[i + 1]!));
  if (!(most > 0)) return;
  inside(context, p, () => {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 0; i < places.length; i += 2) {
      const length = Math.hypot(vectors[i]!, vectors[i + 1]!);
      const reach = longest * Math.sqrt(length / most);
      if (!(reach >= 1.5)) continue;
      const [ux, uy] = [vectors[i]! / length, -vectors[i + 1]! / length];
      const [x, y] = [toX(p, places[i]!), toY(p, places[i + 1]!)];
      const [tx, ty] = [x + ux * reach, y + uy * reach];
      const head = Math.min(4, reach / 2);
      context.moveTo(x, y);
      context.lineTo(tx, ty);
      context.moveTo(tx - head * (ux + 0.6 * uy), ty - head * (uy - 0.6 * ux));
      context.lineTo(tx, ty);
      context.lineTo(tx - head * (ux - 0.6 * uy), ty - head * (uy + 0.6 * ux));
    }
    context.stroke();
  });
}

/** Lines of `across` points each. */
export function drawLines(
  context: Canvas,
  p: Plane,
  { across, points }: LinesSeen,
  colour: string,
  { alpha = 1, width = 1 }: { readonly alpha?: number; readonly width?: number } = {},
): void {
  inside(context, p, () => {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.beginPath();
    for (let i = 0; i < points.length / 2; i++) {
      const [x, y] = [toX(p, points[2 * i]!), toY(p, points[2 * i + 1]!)];
      if (i % across === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.stroke();
  });
}

/** Ellipses around points, by their half axes in data units. */
export function drawEllipses(
  context: Canvas,
  p: Plane,
  centres: Float32Array,
  reaches: Float32Array,
  colour: string,
  alpha: number,
): void {
  inside(context, p, () => {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = 1;
    for (let i = 0; i < centres.length; i += 2) {
      const [x, y] = [toX(p, centres[i]!), toY(p, centres[i + 1]!)];
      context.beginPath();
      context.ellipse(
        x,
        y,
        Math.abs(toX(p, centres[i]! + reaches[i]!) - x),
        Math.abs(toY(p, centres[i + 1]! + reaches[i + 1]!) - y),
        0,
        0,
        2 * Math.PI,
      );
      context.stroke();
    }
  });
}

/** A cross, for the one point that is looked at. */
export function drawCross(context: Canvas, p: Plane, at: readonly [number, number], colour: string): void {
  const [x, y] = [toX(p, at[0]), toY(p, at[1])];
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 6, y);
  context.lineTo(x + 6, y);
  context.moveTo(x, y - 6);
  context.lineTo(x, y + 6);
  context.stroke();
  context.restore();
}
