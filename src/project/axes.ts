/** Ranges of the two axes of a scatter plot. */
export interface Ranges {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * Ranges that hold all `points` ([x0, y0, x1, y1, …]) with a margin around
 * them. They are taken from real rows once and kept, so that what moves on the
 * stage is the synthetic rows and never the frame. Points that are not finite
 * are passed over; without any the ranges are [-1, 1].
 *
 * @param margin share of the extent added on each side.
 */
export function rangesOf(points: Float32Array, margin = 0.08): Ranges {
  return { x: rangeOf(points, 0, margin), y: rangeOf(points, 1, margin) };
}

function rangeOf(points: Float32Array, axis: 0 | 1, margin: number): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (!Number.isFinite(points[i]!) || !Number.isFinite(points[i + 1]!)) continue;
    min = Math.min(min, points[i + axis]!);
    max = Math.max(max, points[i + axis]!);
  }
  if (min > max) return [-1, 1];
  // A flat axis still needs a height: one unit, or more where float32 could not tell the ends apart.
  const pad = max > min ? (max - min) * margin : Math.max(1, Math.abs(max) * 0.01);
  return [min - pad, max + pad];
}
