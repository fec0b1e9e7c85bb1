/**
 * Whether cells are missing as often, together, and for the same kind of row
 * as in the real table. Sprinkling gaps at random gets the first right and the
 * other two wrong.
 */
import { t } from "../language/words.ts";
import type { Column, Table } from "../table/table.ts";
import { cellsOf, contingencyDistance, type Cells } from "./contingency.ts";
import { meanOf, type Measured } from "./measured.ts";

export interface MissingSimilarity {
  /** By column 1 - |share missing in real rows - in synthetic ones|: SDMetrics' MissingValueSimilarity. */
  readonly rates: readonly number[];
  /** 1 minus the total variation distance between the distributions of a row's whole pattern of gaps. */
  readonly pattern: Measured;
  /**
   * Contingency similarity of each column's gaps with every other column, averaged: 1 where gaps come with the same values
   * as in the real table. Columns without gaps on either side have none to compare.
   */
  readonly dependence: Measured;
  /** The least of them: the one pair of columns whose gaps are least like the real ones. */
  readonly worst: Measured;
}

/** @throws TypeError where a column holds numbers in one table and categories in the other. */
export function missingSimilarity(real: Table, synthetic: Table): MissingSimilarity {
  const gaps = real.columns.map((column, i) => gapsOf(column, synthetic.columns[i]!));
  const cells = real.columns.map((column, i) => cellsOf(column, synthetic.columns[i]!));
  const rates = gaps.map((gap) => 1 - Math.abs(shareOf(gap.real) - shareOf(gap.synthetic)));
  const patternDistance = contingencyDistance(
    patternsOf(gaps, real.rows, synthetic.rows),
    constant(real, synthetic),
  );
  const similarities = gaps.flatMap((gap, a) =>
    gap.real.includes(1) || gap.synthetic.includes(1)
      ? cells.flatMap((other, b): Measured[] =>
          a === b ? [] : [{ value: 1 - contingencyDistance(gap, other) }],
        )
      : [],
  );
  return {
    rates,
    pattern: Number.isNaN(patternDistance)
      ? { why: t`One of the two tables has no rows.` }
      : { value: 1 - patternDistance },
    ...(similarities.length === 0
      ? { dependence: noGaps, worst: noGaps }
      : { dependence: meanOf(similarities, "gaps"), worst: leastOf(similarities) }),
  };
}

const noGaps: Measured = { why: t`No cell is missing.` };

const leastOf = (similarities: readonly Measured[]): Measured => {
  const values = similarities.flatMap((each) => ("value" in each ? [each.value] : []));
  return values.length === 0 ? similarities[0]! : { value: Math.min(...values) };
};

/** 1 where the cell is missing, else 0. */
function gapsOf(real: Column, synthetic: Column): Cells {
  const flags = (column: Column): Int32Array =>
    "values" in column
      ? Int32Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0))
      : column.codes.map((code) => (code < 0 ? 1 : 0));
  return { real: flags(real), synthetic: flags(synthetic), size: 2 };
}

/** Each row's pattern of gaps as one number; the patterns are numbered as they come. */
function patternsOf(gaps: readonly Cells[], realRows: number, syntheticRows: number): Cells {
  const numbers = new Map<string, number>();
  const number = (side: "real" | "synthetic", row: number): number => {
    const pattern = gaps.map((gap) => gap[side][row]).join("");
    const known = numbers.get(pattern) ?? numbers.size;
    numbers.set(pattern, known);
    return known;
  };
  const real = Int32Array.from({ length: realRows }, (_, row) => number("real", row));
  const synthetic = Int32Array.from({ length: syntheticRows }, (_, row) => number("synthetic", row));
  return { real, synthetic, size: numbers.size };
}

const constant = (real: Table, synthetic: Table): Cells => ({
  real: new Int32Array(real.rows),
  synthetic: new Int32Array(synthetic.rows),
  size: 1,
});

const shareOf = (flags: Int32Array): number => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
