/**
 * How far the columns' dependence on one another is off, pair by pair, as in
 * SDMetrics' Column Pair Trends: two columns of numbers or dates by their
 * correlation, any other pair by the joint distribution of its cells. All pairs
 * count, as in the field's papers (SDMetrics' own report has since 2026 left out
 * weakly dependent ones).
 */
import type { Work } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";
import { cellsOf, contingencyDistance } from "./contingency.ts";
import { meanOf, type Measured } from "./measured.ts";

export interface PairTrend {
  /** Column numbers, the first below the second. */
  readonly columns: readonly [number, number];
  readonly measure: "correlation" | "contingency";
  /** 1 minus SDMetrics' similarity: 0 (alike) to 1. */
  readonly error: Measured;
}

export interface Trend {
  readonly pairs: readonly PairTrend[];
  /** Mean over the pairs that can be compared. */
  readonly error: Measured;
}

/** A piece of work is all pairs of one column with earlier ones. @throws TypeError where a column's kinds differ. */
export function* trend(real: Table, synthetic: Table): Work<Trend> {
  const cells = real.columns.map((column, i) => cellsOf(column, synthetic.columns[i]!));
  const pairs: PairTrend[] = [];
  for (let b = 1; b < cells.length; b++) {
    for (let a = 0; a < b; a++) {
      const [realA, realB] = [real.columns[a]!, real.columns[b]!];
      const [synthA, synthB] = [synthetic.columns[a]!, synthetic.columns[b]!];
      if ("values" in realA && "values" in realB && "values" in synthA && "values" in synthB)
        pairs.push({
          columns: [a, b],
          measure: "correlation",
          error: correlationError(
            correlation(realA.values, realB.values),
            correlation(synthA.values, synthB.values),
          ),
        });
      else {
        const distance = contingencyDistance(cells[a]!, cells[b]!);
        const error = Number.isNaN(distance)
          ? { why: "One of the two tables has no rows." }
          : { value: distance };
        pairs.push({ columns: [a, b], measure: "contingency", error });
      }
    }
    yield b / cells.length;
  }
  return {
    pairs,
    error: meanOf(
      pairs.map(({ error }) => error),
      "pairs of columns",
    ),
  };
}

function correlationError(real: number, synthetic: number): Measured {
  if (Number.isNaN(real))
    return {
      why: "In the real table one of the two columns does not vary, so there is no correlation to keep.",
    };
  if (Number.isNaN(synthetic))
    return { why: "In the synthetic table one of the two columns does not vary, so it has no correlation." };
  return { value: Math.abs(real - synthetic) / 2 };
}

/**
 * Pearson's correlation over the rows that have both values.
 *
 * @returns -1 to 1; NaN where fewer than two rows are left or a column does not vary in them.
 */
export function correlation(a: Float64Array, b: Float64Array): number {
  const rows = Int32Array.from(a, (_, row) => row).filter(
    (row) => !Number.isNaN(a[row]!) && !Number.isNaN(b[row]!),
  );
  // A mean's rounding leaves a constant column with a tiny variance, so the values themselves are asked.
  const varies = (values: Float64Array): boolean => rows.some((row) => values[row] !== values[rows[0]!]);
  if (!varies(a) || !varies(b)) return NaN;
  let meanA = 0;
  let meanB = 0;
  for (const row of rows) {
    meanA += a[row]! / rows.length;
    meanB += b[row]! / rows.length;
  }
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (const row of rows) {
    const offA = a[row]! - meanA;
    const offB = b[row]! - meanB;
    product += offA * offB;
    squareA += offA * offA;
    squareB += offB * offB;
  }
  return Math.min(1, Math.max(-1, product / Math.sqrt(squareA) / Math.sqrt(squareB)));
}
