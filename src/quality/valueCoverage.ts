/**
 * Whether all that real cells hold is made: SDMetrics' RangeCoverage of number
 * and date columns and CategoryCoverage of the others, 0 to 1. The range hangs
 * on the two outermost rows, and a category counts as covered from one row on,
 * so both say nothing of how often; see `shape` for that.
 */
import { t } from "../language/words.ts";
import type { Column, Table } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import { meanOf, type Measured } from "./measured.ts";

export interface ColumnCoverage {
  readonly column: string;
  readonly measure: "range" | "category";
  readonly share: Measured;
}

export interface ValueCoverage {
  /** In the order of the tables' columns. */
  readonly columns: readonly ColumnCoverage[];
  /** Mean over the columns of numbers and dates. */
  readonly range: Measured;
  /** Mean over the other columns. */
  readonly category: Measured;
}

/** @throws TypeError where a column holds numbers in one table and categories in the other. */
export function valueCoverage(real: Table, synthetic: Table): ValueCoverage {
  const columns = real.columns.map((column, i): ColumnCoverage => {
    const made = synthetic.columns[i]!;
    return "values" in column && "values" in made
      ? {
          column: column.name,
          measure: "range",
          share: rangeCoverage(column.name, column.values, made.values),
        }
      : { column: column.name, measure: "category", share: categoryCoverage(column, made) };
  });
  const mean = (measure: ColumnCoverage["measure"], what: string): Measured =>
    meanOf(
      columns.filter((column) => column.measure === measure).map(({ share }) => share),
      what,
    );
  return {
    columns,
    range: mean("range", "columns of numbers"),
    category: mean("category", "columns of categories"),
  };
}

/** 1 minus what of the real range is missed below and above; more than all of it counts as all. */
function rangeCoverage(name: string, real: Float64Array, synthetic: Float64Array): Measured {
  const [low, high] = extremes(real);
  const [from, to] = extremes(synthetic);
  if (!(high > low))
    return { why: t`"${name}" does not vary in the real rows, so it has no range to cover.` };
  if (!(to >= from)) return { why: t`Every cell of "${name}" is missing in the synthetic rows.` };
  const missed = Math.max(0, (from - low) / (high - low)) + Math.max(0, (high - to) / (high - low));
  return { value: Math.max(0, 1 - missed) };
}

/** Share of the real column's categories that a synthetic row has. */
function categoryCoverage(real: Column, synthetic: Column): Measured {
  const cells = cellsOf(real, synthetic);
  const missing = cells.size - 1;
  const made = new Set(cells.synthetic);
  const there = [...new Set(cells.real)].filter((cell) => cell !== missing);
  if (there.length === 0) return { why: t`Every cell of "${real.name}" is missing in the real rows.` };
  return { value: there.filter((cell) => made.has(cell)).length / there.length };
}

/** Smallest and largest value; Infinity and -Infinity where there is none. */
export function extremes(values: Float64Array): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}
