/**
 * How far one synthetic column lies from its real one: the two distances that
 * SDMetrics' Column Shapes are made of. Both ignore missing cells, as it does.
 */

/** Present values in ascending order, rounded to 14 decimals as SDMetrics does before scipy's ks_2samp. */
export function sortedValues(values: ArrayLike<number>): Float64Array {
  const present = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  for (let i = 0; i < present.length; i++) {
    const value = present[i]!;
    // From 90 on, neighbouring doubles already lie more than 1e-14 apart.
    if (Math.abs(value) < 90) present[i] = Math.round(value * 1e14) / 1e14;
  }
  return present.sort();
}

/**
 * Kolmogorov–Smirnov statistic, sup |F_a - F_b|, between two samples that
 * `sortedValues` has prepared, once for one real column against many synthetic ones.
 *
 * @returns 0 (same distribution function) to 1; NaN where a side is empty.
 */
export function ksSorted(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return NaN;
  let i = 0;
  let j = 0;
  let most = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! === value) i++;
    while (j < b.length && b[j]! === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/**
 * Total variation distance, ½ Σ |p_a - p_b|, between two vectors of counts over
 * the same categories.
 *
 * @returns 0 to 1; NaN where a side counts nothing.
 */
export function tvDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let totalA = 0;
  let totalB = 0;
  for (let i = 0; i < a.length; i++) totalA += a[i]!;
  for (let i = 0; i < b.length; i++) totalB += b[i]!;
  if (totalA === 0 || totalB === 0) return NaN;
  let sum = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++)
    sum += Math.abs((a[i] ?? 0) / totalA - (b[i] ?? 0) / totalB);
  return sum / 2;
}
