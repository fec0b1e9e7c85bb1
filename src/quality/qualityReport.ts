/**
 * SDMetrics' QualityReport, figure by figure as version 0.29 computes it, for
 * whoever wants to hold our rows against published ones: the mean of Column
 * Shapes and Column Pair Trends.
 *
 * Two of its habits are not those of `trend`. Since 2026 only pairs count that
 * hang together in the real rows, by default a correlation above ½ or a Cramér's
 * V above 0.3; papers until then counted all, thresholds of 0. And a column of
 * numbers is cut into bins of its own range on each side, so that one far-out
 * synthetic value moves every bin; its largest value shares a bin with the gaps.
 */
import { finish, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Column, Table } from "../table/table.ts";
import { gatedContingency } from "./association.ts";
import { cellsOf, type Cells } from "./contingency.ts";
import { correlation } from "./correlation.ts";
import { isValue, meanOf, type Measured } from "./measured.ts";
import { shape } from "./shape.ts";
import { extremes } from "./valueCoverage.ts";

export interface Thresholds {
  /** Least absolute correlation of the real pair, 0 to 1. */
  readonly correlation: number;
  /** Least Cramér's V of the real pair, 0 to 1. */
  readonly association: number;
}

/** SDMetrics' own since 0.27, and what papers before it used. */
export const currentThresholds: Thresholds = { correlation: 0.5, association: 0.3 };
export const allPairs: Thresholds = { correlation: 0, association: 0 };

export interface PairQuality {
  readonly columns: readonly [string, string];
  readonly measure: "correlation" | "contingency";
  readonly similarity: Measured;
}

export interface QualityReport {
  /** Mean of the two properties, or the one there is; each 0 to 1, 1 best. */
  readonly score: Measured;
  readonly shapes: Measured;
  readonly pairTrends: Measured;
  readonly pairs: readonly PairQuality[];
}

/** Identifier columns are left out. @throws TypeError where a column's kinds differ. */
export function qualityReport(real: Table, synthetic: Table, thresholds = currentThresholds): QualityReport {
  return finish(qualityReportSoon(real, synthetic, thresholds));
}

/** The same in pieces: a piece of work is a pair. */
export function* qualityReportSoon(
  real: Table,
  synthetic: Table,
  thresholds: Thresholds,
): Work<QualityReport> {
  const kept = real.columns.flatMap(({ type }, i) => (type === "identifier" ? [] : [i]));
  const of = (table: Table): Table => ({ ...table, columns: kept.map((i) => table.columns[i]!) });
  const [a, b] = [of(real), of(synthetic)];
  const { error } = shape(a, b);
  const shapes: Measured = isValue(error) ? { value: 1 - error.value } : error;
  const cells = a.columns.map((column, i) => ownCells(column, b.columns[i]!));
  yield 0;
  const pairs: PairQuality[] = [];
  for (let one = 0; one < kept.length; one++)
    for (let other = one + 1; other < kept.length; other++) {
      pairs.push(pairOf(a, b, cells, one, other, thresholds));
      yield one / kept.length;
    }
  const pairTrends = meanOf(
    pairs.map(({ similarity }) => similarity),
    "pairs of columns",
  );
  return { score: meanOf([shapes, pairTrends], "properties"), shapes, pairTrends, pairs };
}

function pairOf(
  real: Table,
  synthetic: Table,
  cells: readonly Cells[],
  one: number,
  other: number,
  thresholds: Thresholds,
): PairQuality {
  const [realA, realB] = [real.columns[one]!, real.columns[other]!];
  const [madeA, madeB] = [synthetic.columns[one]!, synthetic.columns[other]!];
  const columns = [realA.name, realB.name] as const;
  if (!("values" in realA && "values" in realB && "values" in madeA && "values" in madeB))
    return {
      columns,
      measure: "contingency",
      similarity: gatedContingency(cells[one]!, cells[other]!, thresholds.association),
    };
  const before = correlation(realA.values, realB.values);
  const made = correlation(madeA.values, madeB.values);
  return {
    columns,
    measure: "correlation",
    similarity: correlationSimilarity(before, made, thresholds.correlation),
  };
}

function correlationSimilarity(real: number, synthetic: number, threshold: number): Measured {
  if (Number.isNaN(real) || Number.isNaN(synthetic))
    return { why: t`There is no correlation in the ${Number.isNaN(real) ? t`real` : t`synthetic`} rows.` };
  if (threshold > 0 && Math.abs(real) <= threshold)
    return {
      why: t`The real correlation is ${real.toFixed(2)}, and only pairs beyond ±${threshold} count.`,
    };
  return { value: 1 - Math.abs(real - synthetic) / 2 };
}

const BINS = 10;

/** Categories as everywhere; numbers in ten bins of each side's own range, as numpy's digitize counts its eleven edges. */
function ownCells(real: Column, synthetic: Column): Cells {
  if (!("values" in real && "values" in synthetic)) return cellsOf(real, synthetic);
  const cut = (values: Float64Array): Int32Array => {
    const [min, max] = extremes(values);
    const from = min === max ? min - 0.5 : min;
    const step = ((min === max ? max + 0.5 : max) - from) / BINS;
    const edges = Array.from({ length: BINS + 1 }, (_, i) => i * step + from);
    edges[BINS] = min === max ? max + 0.5 : max;
    return Int32Array.from(values, (value) =>
      Number.isNaN(value) ? BINS + 1 : edges.reduce((below, edge) => below + (edge <= value ? 1 : 0), 0),
    );
  };
  return { real: cut(real.values), synthetic: cut(synthetic.values), size: BINS + 2 };
}
