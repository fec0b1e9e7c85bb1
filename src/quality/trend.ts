/**
 * How far the columns' dependence on one another is off, pair by pair, as in
 * SDMetrics' Column Pair Trends: two columns of numbers or dates by their
 * correlation, any other pair by the joint distribution of its cells. All pairs
 * count, as in the field's papers (SDMetrics' own report has since 2026 left out
 * weakly dependent ones).
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { cellsOf, contingencyDistance } from "./contingency.ts";
import { correlation } from "./correlation.ts";
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

/** A piece of work is a pair. @throws TypeError where a column's kinds differ. */
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
          ? { why: t`One of the two tables has no rows.` }
          : { value: distance };
        pairs.push({ columns: [a, b], measure: "contingency", error });
      }
      yield (b - 1 + (a + 1) / b) / cells.length;
    }
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
      why: t`In the real table one of the two columns does not vary, so there is no correlation to keep.`,
    };
  if (Number.isNaN(synthetic))
    return { why: t`In the synthetic table one of the two columns does not vary, so it has no correlation.` };
  return { value: Math.abs(real - synthetic) / 2 };
}
