/** How strongly two columns of cells hang together, whatever the cells are. */
import { t } from "../language/words.ts";
import { contingencyDistance, type Cells } from "./contingency.ts";
import type { Measured } from "./measured.ts";

/**
 * Cramér's V: the chi-square of the table of counts in units of its largest
 * possible value, square root taken. H. Cramér, Mathematical Methods of
 * Statistics, 1946, section 21.9. By chance alone it is above 0, the more so
 * the fewer rows and the more cells there are.
 *
 * @param a cell numbers of one column, `b` of the other, row by row.
 * @returns 0 (independent) to 1; NaN where a column has fewer than two kinds of cell.
 */
export function cramersV(a: Int32Array, b: Int32Array): number {
  const [rowTotals, columnTotals, joint] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<number, number>(),
  ];
  const add = (counts: Map<number, number>, key: number): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  const stride = b.reduce((most, cell) => Math.max(most, cell), 0) + 1;
  for (let row = 0; row < a.length; row++) {
    add(rowTotals, a[row]!);
    add(columnTotals, b[row]!);
    add(joint, a[row]! * stride + b[row]!);
  }
  const least = Math.min(rowTotals.size, columnTotals.size);
  if (least < 2) return NaN;
  // χ² / n = Σ n_ij² / (n_i n_j) - 1, so cells without rows need no look.
  let sum = 0;
  for (const [key, count] of joint)
    sum += count ** 2 / (rowTotals.get(Math.floor(key / stride))! * columnTotals.get(key % stride)!);
  return Math.sqrt(Math.min(1, Math.max(0, sum - 1) / (least - 1)));
}

/**
 * Contingency similarity of a pair whose real columns hang together: SDMetrics' ContingencySimilarity with a
 * `real_association_threshold`.
 *
 * @param threshold least Cramér's V of the real pair that counts; 0 lets every pair count.
 */
export function gatedContingency(a: Cells, b: Cells, threshold: number): Measured {
  if (threshold > 0) {
    const association = cramersV(a.real, b.real);
    if (!(association > threshold))
      return {
        why: t`The two columns hardly hang together in the real rows: Cramér's V is ${Number.isNaN(association) ? t`not defined` : association.toFixed(2)}, and only pairs above ${threshold} count.`,
      };
  }
  const distance = contingencyDistance(a, b);
  return Number.isNaN(distance) ? { why: t`One of the two tables has no rows.` } : { value: 1 - distance };
}
