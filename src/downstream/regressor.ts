/** What every model of a number here is: fitted on a table without its target, asked for values of another. */
import type { Table } from "../table/table.ts";
import type { Work } from "./work.ts";

export interface Regressor {
  /** A value a row. The table has the columns that were fitted, in their order. */
  predict(table: Table): Float64Array;
}

/** Fits a regressor to rows and their values, none of them NaN. Same input, same regressor. */
export type FitValues = (table: Table, values: Float64Array) => Work<Regressor>;

/** @throws RangeError where there is no row, or a row without a value. */
export function checkValues(table: Table, values: Float64Array): void {
  if (table.rows === 0 || values.length !== table.rows)
    throw new RangeError(
      `A regressor needs a value for each of at least one row: ${values.length} for ${table.rows}.`,
    );
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw new RangeError(`Row ${row + 1} has no value to learn from.`);
}
