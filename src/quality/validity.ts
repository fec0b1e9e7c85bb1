/**
 * Whether synthetic cells hold what a real cell could: numbers and dates within
 * the real range, categories that the real column has, keys that name one row
 * each. SDMetrics' BoundaryAdherence, CategoryAdherence and KeyUniqueness, each
 * the share of synthetic cells that do, 0 to 1.
 *
 * A model that repeats a single real row has all of it. See `valueCoverage` for
 * whether everything that real cells hold is made.
 */
import { t } from "../language/words.ts";
import type { CategoryColumn, Column, Table } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import { meanOf, type Measured } from "./measured.ts";

export interface ColumnValidity {
  readonly column: string;
  readonly measure: "boundary" | "category" | "key";
  readonly share: Measured;
}

export interface Validity {
  /** In the order of the tables' columns. */
  readonly columns: readonly ColumnValidity[];
  /** Mean over the columns that have a figure: "Data Validity" of SDMetrics' DiagnosticReport. */
  readonly share: Measured;
}

/** @throws TypeError where a column holds numbers in one table and categories in the other. */
export function validity(real: Table, synthetic: Table): Validity {
  const columns = real.columns.map((column, i): ColumnValidity => {
    const made = synthetic.columns[i]!;
    if (column.type === "identifier" && "codes" in made)
      return { column: column.name, measure: "key", share: keyUniqueness(made) };
    if ("values" in column && "values" in made)
      return { column: column.name, measure: "boundary", share: boundaryAdherence(column, made) };
    return { column: column.name, measure: "category", share: categoryAdherence(column, made) };
  });
  return {
    columns,
    share: meanOf(
      columns.map(({ share }) => share),
      "columns",
    ),
  };
}

/**
 * Share of synthetic values between the smallest and the largest real one. Where the real column has gaps, gaps are left
 * out; where it has none, a gap counts as out of bounds.
 */
function boundaryAdherence(
  { name, values: real }: { readonly name: string; readonly values: Float64Array },
  { values }: { readonly values: Float64Array },
): Measured {
  let min = Infinity;
  let max = -Infinity;
  let gaps = false;
  for (const value of real) {
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) gaps = true;
  }
  let within = 0;
  let counted = 0;
  for (const value of values) {
    if (Number.isNaN(value) && gaps) continue;
    counted++;
    if (value >= min && value <= max) within++;
  }
  if (counted === 0)
    return { why: t`The synthetic rows have no value of "${name}" to hold against the range.` };
  return { value: within / counted };
}

/** Share of synthetic cells whose category the real column has; a gap is right where the real column has gaps. */
function categoryAdherence(real: Column, synthetic: Column): Measured {
  const cells = cellsOf(real, synthetic);
  if (cells.synthetic.length === 0) return { why: t`There are no synthetic rows.` };
  const known = new Uint8Array(cells.size);
  for (const cell of cells.real) known[cell] = 1;
  let right = 0;
  for (const cell of cells.synthetic) right += known[cell]!;
  return { value: right / cells.synthetic.length };
}

/** Share of rows whose key is there and on no row before. */
function keyUniqueness({ codes, levels }: CategoryColumn): Measured {
  if (codes.length === 0) return { why: t`There are no synthetic rows.` };
  const seen = new Uint8Array(levels.length);
  let right = 0;
  for (const code of codes) {
    if (code < 0 || seen[code] === 1) continue;
    seen[code] = 1;
    right++;
  }
  return { value: right / codes.length };
}
