/** Long loss curves made short enough to draw, and calm enough to read. */

export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Exponential moving average with the start corrected for, so that the first
 * values are not pulled towards zero. `weight` 0 leaves the curve as it is,
 * 0.99 averages over about a hundred values. Gaps (NaN) stay gaps and are not averaged in.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight > 0)) return [...values];
  let mean = 0;
  let mass = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return NaN;
    mean = weight * mean + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return mean / mass;
  });
}

/**
 * At most `limit` points that keep every spike: each bucket of neighbours gives
 * its lowest and its highest value in the order they came. First and last points stay.
 */
export function decimate(x: readonly number[], y: readonly number[], limit: number): Series {
  const n = Math.min(x.length, y.length);
  if (n <= limit) return { x: x.slice(0, n), y: y.slice(0, n) };
  const kept: number[] = [0];
  const buckets = Math.max(1, Math.floor((limit - 2) / 2));
  for (let b = 0; b < buckets; b++) {
    const from = 1 + Math.floor((b * (n - 2)) / buckets);
    const to = 1 + Math.floor(((b + 1) * (n - 2)) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (!(y[i]! >= y[low]!)) low = i;
      if (!(y[i]! <= y[high]!)) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  kept.push(n - 1);
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}
