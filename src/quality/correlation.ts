/** How closely two columns of numbers move together, over the rows that have both. */

/**
 * Pearson's correlation.
 *
 * @returns -1 to 1; NaN where fewer than two rows are left or a column does not vary in them.
 */
export function correlation(a: Float64Array, b: Float64Array): number {
  let rows = 0;
  let first = -1;
  // A mean's rounding leaves a constant column with a tiny variance, so the values themselves are asked.
  let [variesA, variesB] = [false, false];
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]!, b[row]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    if (first < 0) first = row;
    rows++;
    if (x !== a[first]!) variesA = true;
    if (y !== b[first]!) variesB = true;
  }
  if (!variesA || !variesB) return NaN;
  let meanA = 0;
  let meanB = 0;
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]!, b[row]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    meanA += x / rows;
    meanB += y / rows;
  }
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]!, b[row]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const offA = x - meanA;
    const offB = y - meanB;
    product += offA * offB;
    squareA += offA * offA;
    squareB += offB * offB;
  }
  return Math.min(1, Math.max(-1, product / Math.sqrt(squareA) / Math.sqrt(squareB)));
}

/**
 * Spearman's correlation: Pearson's of the ranks, so any rising curve counts as a straight line and a far-out value no more
 * than the next one.
 *
 * @returns as `correlation`.
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const rows = rowsWithBoth(a, b);
  const ranked = (values: Float64Array): Float64Array =>
    ranks(Float64Array.from(rows, (row) => values[row]!));
  return correlation(ranked(a), ranked(b));
}

/** Ranks from 1; equal values share their mean rank. */
export function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const rank = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) rank[order[i]!] = (from + 1 + to) / 2;
  }
  return rank;
}

function rowsWithBoth(a: Float64Array, b: Float64Array): Int32Array {
  return Int32Array.from(a, (_, row) => row).filter(
    (row) => !Number.isNaN(a[row]!) && !Number.isNaN(b[row]!),
  );
}
