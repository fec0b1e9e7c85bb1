/**
 * The ten signs as pen strokes, before any distortion. Coordinates span [-1, 1]
 * with y downwards, as on a screen; a stroke is a polyline with points close
 * enough together that bending it stays smooth.
 */
import type { Point } from "./plane.ts";

export type Stroke = readonly Point[];

export interface Sign {
  readonly name: string;
  readonly strokes: readonly Stroke[];
}

/** Straight pieces between `corners`, each cut in eight. */
function line(...corners: readonly Point[]): Stroke {
  const points: Point[] = [corners[0]!];
  for (let i = 1; i < corners.length; i++) {
    const [x0, y0] = corners[i - 1]!;
    const [x1, y1] = corners[i]!;
    for (let k = 1; k <= 8; k++) points.push([x0 + ((x1 - x0) * k) / 8, y0 + ((y1 - y0) * k) / 8]);
  }
  return points;
}

/** A curve in polar form around (0, y): `turns` from 0 at the right, clockwise on screen. */
function curve(from: number, to: number, radius: (share: number) => number, y = 0): Stroke {
  const pieces = Math.ceil(Math.abs(to - from) * 24);
  return Array.from({ length: pieces + 1 }, (_, i): Point => {
    const share = i / pieces;
    const angle = 2 * Math.PI * (from + (to - from) * share);
    return [radius(share) * Math.cos(angle), y + radius(share) * Math.sin(angle)];
  });
}

/** Class i is `signs[i]`. */
export const signs: readonly Sign[] = [
  { name: "ring", strokes: [curve(0, 1, () => 0.8)] },
  { name: "cross", strokes: [line([-0.75, -0.75], [0.75, 0.75]), line([0.75, -0.75], [-0.75, 0.75])] },
  { name: "bar", strokes: [line([0, -0.95], [0, 0.95])] },
  { name: "chevron", strokes: [line([-0.45, -0.85], [0.5, 0], [-0.45, 0.85])] },
  {
    name: "zigzag",
    strokes: [line([-0.95, 0.45], [-0.475, -0.45], [0, 0.45], [0.475, -0.45], [0.95, 0.45])],
  },
  { name: "tee", strokes: [line([-0.8, -0.8], [0.8, -0.8]), line([0, -0.8], [0, 0.9])] },
  { name: "ell", strokes: [line([-0.55, -0.9], [-0.55, 0.8], [0.65, 0.8])] },
  { name: "spiral", strokes: [curve(0.15, 1.75, (share) => 0.06 + 0.92 * share)] },
  {
    name: "arrow",
    strokes: [line([0, 0.9], [0, -0.85]), line([-0.6, -0.2], [0, -0.85], [0.6, -0.2])],
  },
  { name: "arc", strokes: [curve(0, 0.5, () => 0.85, -0.45)] },
];
