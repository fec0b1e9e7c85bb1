/** A brush that sprays points along a stroke, within the square [-1, 1] x [-1, 1]. */

/** Points a stroke leaves per unit of length, and how far from its middle line they fall. */
const density = 150;
const spread = 0.045;
export const mostPoints = 5_000;

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Points sprayed from `from` to `to`, at least one; `random` gives numbers in [0, 1). */
export function spray(from: Spot, to: Spot, random: () => number): number[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const many = Math.max(1, Math.round(length * density));
  const points: number[] = [];
  for (let i = 0; i < many; i++) {
    const t = (i + random()) / many;
    const angle = random() * 2 * Math.PI;
    const radius = spread * Math.sqrt(random());
    points.push(
      clamp(from.x + (to.x - from.x) * t + radius * Math.cos(angle)),
      clamp(from.y + (to.y - from.y) * t + radius * Math.sin(angle)),
    );
  }
  return points;
}

const clamp = (value: number): number => Math.min(1, Math.max(-1, value));
