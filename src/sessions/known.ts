/**
 * What has to be known of training rows to ask for others like them: the rows
 * themselves or, of a run that was saved without them, each column by itself.
 */
import type { CategoryState } from "../encode/category.ts";
import { openEncoder, type Encoder, type EncoderState } from "../encode/encoder.ts";
import { openScale } from "../encode/numeric.ts";
import { normalQuantile } from "../encode/normal.ts";
import { toGrid, type QuantityState } from "../encode/quantity.ts";
import type { Column, Table } from "../table/table.ts";

export interface Known {
  readonly encoder: Encoder;
  readonly table: Table;
  /** Rows of the table that were learned from. */
  readonly train: Int32Array;
  /** A row of the table is a real row; if not, only each column's values are, and what stands beside them means nothing. */
  readonly joint: boolean;
}

/** Of a column's values so many, evenly by rank; each category and each frequent value at least once. */
const mostRows = 10_000;

/**
 * A table of which every column has the values and frequencies that it had in training, up to a sample of 10,000. With
 * other scales only the ends and perhaps the moments were kept: values then lie evenly, or as a normal distribution has them.
 */
export function knownFrom(state: EncoderState): Known {
  const encoder = openEncoder(state);
  const columns = state.columns.map((each) =>
    each.kind === "category" ? categoriesOf(each) : valuesOf(each),
  );
  const rows = Math.max(...columns.map(lengthOf));
  const table = { columns: columns.map((column) => stretched(column, rows)), rows };
  return { encoder, table, train: Int32Array.from({ length: rows }, (_, row) => row), joint: false };
}

const lengthOf = (column: Column): number => ("values" in column ? column.values : column.codes).length;

/** The column repeated to `rows` rows. */
function stretched(column: Column, rows: number): Column {
  const own = lengthOf(column);
  // In an order that keeps frequencies: row r of `rows` takes the value at its share of the column.
  const at = (row: number): number => Math.floor((row * own) / rows);
  return "values" in column
    ? { ...column, values: Float64Array.from({ length: rows }, (_, row) => column.values[at(row)]!) }
    : { ...column, codes: Int32Array.from({ length: rows }, (_, row) => column.codes[at(row)]!) };
}

/** How often each of some counts is to stand in a table of at most so many rows. */
function times(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = Math.min(1, mostRows / total);
  return counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.round(count * share))));
}

function categoriesOf({ name, type, missingMark, levels, counts, missing }: CategoryState): Column {
  const codes = times([...counts, missing]).flatMap((many, code) =>
    Array.from({ length: many }, () => (code < levels.length ? code : -1)),
  );
  return { name, type, missingMark, levels, codes: Int32Array.from(codes) };
}

function valuesOf({ heading, grid, scale: kept, states, min, max }: QuantityState): Column {
  const [ordinary = 0, missing = 0, ...atoms] = times([
    states.ordinary,
    states.missing,
    ...states.atomCounts,
  ]);
  const scale = kept && openScale(kept);
  const code = (p: number): number =>
    // Pixels and textbook models: the range is all that is known.
    kept?.kind === "minmax" ? 2 * p - 1 : kept?.kind === "none" ? min + p * (max - min) : normalQuantile(p);
  const values = Array.from({ length: scale === undefined ? 0 : ordinary }, (_, i) =>
    Math.min(max, Math.max(min, toGrid(grid, scale!.value(Math.fround(code((i + 0.5) / ordinary)))))),
  );
  atoms.forEach((many, i) => values.push(...Array.from({ length: many }, () => states.atoms[i]!)));
  values.push(...Array.from({ length: missing }, () => NaN));
  // What is at the ends was seen, though a sample of ranks may miss it.
  if (ordinary > 1 && scale !== undefined) [values[0], values[ordinary - 1]] = [min, max];
  return { ...heading, values: Float64Array.from(values) };
}
