/** Drawing points on a plane: a frame with axes, and four kinds of marks. Canvas only; no React, no state. */
import { t } from "../../language/words.ts";
import type { Colours } from "./colours.ts";
import { percent } from "./format.ts";
import { jitter } from "./jitter.ts";
import { ticks, type Axis } from "./ticks.ts";
import type { Size } from "./useSize.ts";

/** What is drawn with: a canvas, or what makes an SVG of the same strokes (`svgPen`). */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "save"
  | "restore"
  | "beginPath"
  | "closePath"
  | "moveTo"
  | "lineTo"
  | "rect"
  | "arc"
  | "clip"
  | "fill"
  | "stroke"
  | "fillRect"
  | "fillText"
  | "measureText"
  | "font"
  | "fillStyle"
  | "strokeStyle"
  | "globalAlpha"
  | "lineWidth"
  | "textAlign"
  | "textBaseline"
>;

/** The plot's inside, in CSS pixels, and the way from data to it. */
export interface Plane {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
}

const font = (size: number): string => `${size}px ${getComputedStyle(document.body).fontFamily}`;

/** Free to the right of a plot, in CSS pixels. */
const margin = 16;

/** Lays the axes out; `equal` gives both the same scale, so that a circle is one. */
export function plane(context: Pen, size: Size, x: Axis, y: Axis, equal: boolean): Plane {
  context.font = font(11);
  const widest = Math.max(
    24,
    ...ticks(y, wantedY(size.height)).map((tick) => context.measureText(shorten(tick.label)).width),
  );
  const left = Math.min(size.width * 0.3, Math.ceil(widest) + 28);
  const inside = { left, top: 32, right: size.width - margin, bottom: size.height - 40 };
  if (!equal) return { ...inside, x, y };
  const perPixel = Math.max(
    (x.range[1] - x.range[0]) / Math.max(1, inside.right - inside.left),
    (y.range[1] - y.range[0]) / Math.max(1, inside.bottom - inside.top),
  );
  const widen = (axis: Axis, pixels: number): Axis => {
    const middle = (axis.range[0] + axis.range[1]) / 2;
    return { ...axis, range: [middle - (pixels * perPixel) / 2, middle + (pixels * perPixel) / 2] };
  };
  return { ...inside, x: widen(x, inside.right - inside.left), y: widen(y, inside.bottom - inside.top) };
}

export const toX = (p: Plane, value: number): number =>
  p.left + ((value - p.x.range[0]) / (p.x.range[1] - p.x.range[0])) * (p.right - p.left);
export const toY = (p: Plane, value: number): number =>
  p.bottom - ((value - p.y.range[0]) / (p.y.range[1] - p.y.range[0])) * (p.bottom - p.top);

const wantedX = (width: number): number => Math.max(4, Math.round(width / 110));
const wantedY = (height: number): number => Math.max(4, Math.round(height / 80));
const shorten = (label: string, most = 16): string =>
  label.length > most ? `${label.slice(0, most - 1)}…` : label;

export const axisTitle = (axis: Axis): string =>
  axis.variance === undefined ? axis.label : t`${axis.label} · ${percent(axis.variance)} of variance`;

export function drawAxes(context: Pen, p: Plane, colours: Colours): void {
  context.lineWidth = 1;
  context.font = font(11);
  context.fillStyle = colours.ink2;
  context.textAlign = "center";
  context.textBaseline = "top";
  const marks: Line[] = [];
  const grid: Line[] = [];
  const room = (p.right - p.left) / Math.max(1, p.x.categories?.length ?? 12);
  let written = -Infinity;
  for (const tick of ticks(p.x, wantedX(p.right - p.left))) {
    const at = Math.round(toX(p, tick.at)) + 0.5;
    grid.push([at, p.top, at, p.bottom]);
    marks.push([at, p.bottom, at, p.bottom + 4]);
    const label = p.x.categories ? shorten(tick.label, Math.max(4, Math.floor(room / 6))) : tick.label;
    const half = context.measureText(label).width / 2;
    // A label at the very end is moved in, or the canvas's edge would cut it.
    const centre = Math.min(at, p.right + margin - half);
    if (centre - half < written + 6) continue;
    written = centre + half;
    context.fillText(label, centre, p.bottom + 7);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks(p.y, wantedY(p.bottom - p.top))) {
    const at = Math.round(toY(p, tick.at)) + 0.5;
    grid.push([p.left, at, p.right, at]);
    marks.push([p.left - 4, at, p.left, at]);
    context.fillText(shorten(tick.label), p.left - 8, at);
  }
  context.strokeStyle = colours.grid;
  stroke(context, grid);
  context.strokeStyle = colours.lineStrong;
  marks.push([p.left + 0.5, p.top, p.left + 0.5, p.bottom + 0.5]);
  marks.push([p.left + 0.5, p.bottom + 0.5, p.right, p.bottom + 0.5]);
  stroke(context, marks);

  // Titles lie flat at the far end of their axes, where they need no turned head.
  context.font = font(12);
  context.fillStyle = colours.ink;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillText(fit(context, axisTitle(p.y), p.right - 20), 20, p.top - 14);
  context.textAlign = "right";
  context.fillText(fit(context, axisTitle(p.x), p.right - p.left), p.right, p.bottom + 34);
}

type Line = readonly [x0: number, y0: number, x1: number, y1: number];

function stroke(context: Pen, lines: readonly Line[]): void {
  context.beginPath();
  for (const [x0, y0, x1, y1] of lines) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
}

function fit(context: Pen, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length - 1;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

/** Marks shrink and thin out as they get many or the plot gets small, so that density stays readable. */
export function markStyle(many: number, p: Plane): { readonly size: number; readonly alpha: number } {
  const { size, alpha } = styleFor(many);
  const side = Math.sqrt((p.right - p.left) * (p.bottom - p.top));
  return { size: size * Math.min(1, Math.max(0.72, side / 520)), alpha };
}

function styleFor(many: number): { readonly size: number; readonly alpha: number } {
  if (many <= 400) return { size: 3.2, alpha: 0.75 };
  if (many <= 1_000) return { size: 2.8, alpha: 0.62 };
  if (many <= 2_500) return { size: 2.4, alpha: 0.5 };
  return { size: 1.9, alpha: 0.38 };
}

export type Mark = "circle" | "diamond" | "square" | "ring";

/** Calls back with the pixel position of every point that has one; category axes are jittered. */
export function eachPoint(
  p: Plane,
  points: Float32Array,
  visit: (x: number, y: number, i: number) => void,
): void {
  const xScale = (p.right - p.left) / (p.x.range[1] - p.x.range[0]);
  const yScale = (p.bottom - p.top) / (p.y.range[1] - p.y.range[0]);
  const jitterX = p.x.categories !== undefined;
  const jitterY = p.y.categories !== undefined;
  for (let i = 0; i < points.length / 2; i++) {
    const x = points[2 * i]! + (jitterX ? jitter(i, 0) : 0);
    const y = points[2 * i + 1]! + (jitterY ? jitter(i, 1) : 0);
    if (Number.isFinite(x) && Number.isFinite(y))
      visit(p.left + (x - p.x.range[0]) * xScale, p.bottom - (y - p.y.range[0]) * yScale, i);
  }
}

/**
 * Filled marks are laid one over the other, so that dense places turn darker; they
 * stand still and are drawn once. Diamonds travel: one path, one stroke a frame.
 */
export function drawMarks(context: Pen, p: Plane, points: Float32Array, mark: Mark, colour: string): void {
  const { size, alpha } = markStyle(points.length / 2, p);
  context.save();
  context.beginPath();
  context.rect(p.left, p.top - 4, p.right - p.left + 4, p.bottom - p.top + 4);
  context.clip();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (mark === "diamond") {
    const reach = size * 1.3;
    context.globalAlpha = Math.min(1, alpha + 0.3);
    context.lineWidth = size > 2.2 ? 1.3 : 1;
    context.beginPath();
    eachPoint(p, points, (x, y) => {
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    });
    context.stroke();
  } else if (mark === "ring") {
    context.globalAlpha = Math.min(1, alpha + 0.1);
    context.lineWidth = 1;
    context.beginPath();
    eachPoint(p, points, (x, y) => {
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    });
    context.stroke();
  } else {
    context.globalAlpha = alpha;
    eachPoint(p, points, (x, y) => {
      if (mark === "square") context.fillRect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
      else {
        context.beginPath();
        context.arc(x, y, size, 0, 2 * Math.PI);
        context.fill();
      }
    });
  }
  context.restore();
}

/** A ring around each point, or those of the numbers in `only`, wide enough to be seen around a mark. */
export function drawRings(
  context: Pen,
  p: Plane,
  points: Float32Array,
  colour: string,
  only?: ReadonlySet<number>,
): void {
  const reach = markStyle(400, p).size + 3;
  context.save();
  context.beginPath();
  context.rect(p.left, p.top - 4, p.right - p.left + 4, p.bottom - p.top + 4);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  eachPoint(p, points, (x, y, i) => {
    if (only?.has(i) === false) return;
    context.moveTo(x + reach, y);
    context.arc(x, y, reach, 0, 2 * Math.PI);
  });
  context.stroke();
  context.restore();
}

/** Index of the point nearest to a pixel position within `reach`, or -1. */
export function nearest(p: Plane, points: Float32Array, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach * reach;
  eachPoint(p, points, (px, py, i) => {
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}

/**
 * Sizes a canvas for the screen's own pixels and returns its cleared context.
 *
 * @param scale how much larger than `size`, in which all is drawn, the canvas is on screen.
 */
export function prepare(
  canvas: HTMLCanvasElement,
  size: Size,
  scale = 1,
): CanvasRenderingContext2D | undefined {
  const ratio = scale * Math.min(3, window.devicePixelRatio || 1);
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  return context;
}
