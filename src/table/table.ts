/**
 * What a table is here, in two layers.
 *
 * `TextTable` is the file as it stood: every cell's own characters, one
 * dictionary a column, nothing interpreted and nothing lost. `Table` is one
 * reading of it: each column typed, missing values marked. Changing a column's
 * type re-reads the text; it never converts a conversion.
 */

/** One column's characters: row i holds `levels[codes[i]]`. */
export interface TextColumn {
  readonly name: string;
  readonly codes: Int32Array;
  /** Distinct cell texts in order of first appearance. */
  readonly levels: readonly string[];
}

export interface TextTable {
  readonly columns: readonly TextColumn[];
  readonly rows: number;
}

/** How a person reads a column. The last three are off by default. */
export type ColumnType = "number" | "category" | "boolean" | "datetime" | "identifier" | "text" | "constant";

/** How a column writes its numbers, so that they can be written back the same way. */
export interface NumberFormat {
  /** Most digits seen after the decimal mark; 0 means every value is an integer. */
  readonly decimals: number;
  /** Fewest digits seen after the mark, reached with zeros: 2 of 2 writes "1.50", 1 of 2 "1.0" and "1.25". Absent: 0. */
  readonly minDecimals?: number;
  readonly decimalMark: "." | ",";
  /** Mark between groups of three digits, or "" where none is used. */
  readonly thousandsMark: "" | "," | "." | " " | "'";
  /** Text before and after the digits, such as "$" or " %"; usually "". */
  readonly prefix: string;
  readonly suffix: string;
}

/** A date pattern such as "yyyy-MM-dd HH:mm:ss"; tokens are listed in `table/date.ts`. */
export type DatePattern = string;

interface ColumnBase {
  readonly name: string;
  /** How this column writes a missing cell ("" unless the file said NA, ? …). */
  readonly missingMark: string;
}

export interface NumberColumn extends ColumnBase {
  readonly type: "number";
  /** NaN marks a missing cell. */
  readonly values: Float64Array;
  readonly format: NumberFormat;
}

export interface DatetimeColumn extends ColumnBase {
  readonly type: "datetime";
  /** Milliseconds since 1970-01-01T00:00Z; NaN marks a missing cell. */
  readonly values: Float64Array;
  readonly pattern: DatePattern;
}

/** Categories in the file's own spelling. Identifier, text and constant columns are held the same way. */
export interface CategoryColumn extends ColumnBase {
  readonly type: "category" | "boolean" | "identifier" | "text" | "constant";
  /** Index into `levels`; -1 marks a missing cell. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | DatetimeColumn | CategoryColumn;

/** Typed columns of equal length. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: number;
}
