/**
 * Pearson's chi-square between the categories of a real and a synthetic column,
 * twice: as the field's articles use it, and as it is meant.
 *
 * SDMetrics' CSTest hands *relative* frequencies to the test. They sum to 1, so
 * the test believes in a single row, whatever the table's size: its p is near 1
 * for almost anything. (½, 3/10, 1/5) against (1/5, 3/10, ½) has p = 0.73; on a
 * thousand rows of each it should be 1e-56. It is here to be held
 * against published figures, and for nothing else.
 *
 * The proper test counts rows: are both columns draws from one distribution? Of
 * many rows it finds every difference, however small, so its p says whether
 * there is one and Cramér's V how large.
 */
import { t } from "../language/words.ts";
import type { Column } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import type { Measured, Uncomputable } from "./measured.ts";
import { upperGamma } from "./gamma.ts";

/** What SDMetrics takes a category for that real rows lack, in rows. */
const UNSEEN = 1e-6;

/**
 * SDMetrics' CSTest: p of the relative frequencies, 0 to 1. A gap is a category.
 *
 * @throws TypeError where a column holds numbers in one table and categories in the other.
 */
export function csTest(real: Column, synthetic: Column): Measured {
  const { before, made } = countsOf(real, synthetic);
  const used = before.flatMap((_, cell) => (before[cell]! + made[cell]! > 0 ? [cell] : []));
  const expected = used.map((cell) => before[cell]! || UNSEEN);
  const realRows = expected.reduce((sum, count) => sum + count, 0);
  const madeRows = made.reduce((sum, count) => sum + count, 0);
  if (!before.some((count) => count > 0) || madeRows === 0)
    return { why: t`One of the two tables has no rows.` };
  // Where all synthetic cells are missing, the reference takes each gap for a category of its own that real rows lack.
  if (made[made.length - 1] === madeRows) return { value: 0 };
  if (used.length < 2) return { value: 1 };
  const chi = used.reduce((sum, cell, i) => {
    const share = expected[i]! / realRows;
    return sum + (made[cell]! / madeRows - share) ** 2 / share;
  }, 0);
  return { value: upperGamma((used.length - 1) / 2, chi / 2) };
}

export interface Homogeneity {
  /** Chance of a difference at least as large between two samples of one distribution. */
  readonly p: number;
  readonly chi: number;
  readonly degrees: number;
  /** Size of the difference, 0 to 1, whatever the number of rows. */
  readonly cramersV: number;
}

/**
 * Chi-square test of homogeneity on the counts of both columns; a gap is a category.
 *
 * @throws TypeError as `csTest` does.
 */
export function homogeneity(real: Column, synthetic: Column): Homogeneity | Uncomputable {
  const { before, made } = countsOf(real, synthetic);
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const [realRows, madeRows] = [sum(before), sum(made)];
  if (realRows === 0 || madeRows === 0) return { why: t`One of the two tables has no rows.` };
  const all = realRows + madeRows;
  let chi = 0;
  let used = 0;
  before.forEach((count, cell) => {
    const both = count + made[cell]!;
    if (both === 0) return;
    used++;
    for (const [seen, rows] of [
      [count, realRows],
      [made[cell]!, madeRows],
    ] as const) {
      const expected = (both * rows) / all;
      chi += (seen - expected) ** 2 / expected;
    }
  });
  const degrees = used - 1;
  return {
    chi,
    degrees,
    p: degrees === 0 ? 1 : upperGamma(degrees / 2, chi / 2),
    cramersV: degrees === 0 ? 0 : Math.sqrt(chi / all),
  };
}

function countsOf(real: Column, synthetic: Column): { before: readonly number[]; made: readonly number[] } {
  const cells = cellsOf(real, synthetic);
  const count = (of: Int32Array): readonly number[] => {
    const counts = new Array<number>(cells.size).fill(0);
    for (const cell of of) counts[cell]!++;
    return counts;
  };
  return { before: count(cells.real), made: count(cells.synthetic) };
}
