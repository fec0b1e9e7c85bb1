import type { Random } from "../random/random.ts";
import type { Column } from "../table/table.ts";
import type { Span } from "./span.ts";

/** A column's own stretch of an encoded matrix: cell (row, k) is `values[row * stride + start + k]`. */
export interface Block {
  readonly values: Float32Array;
  readonly rows: number;
  readonly stride: number;
  readonly start: number;
}

/** A span as its column sees it: `start`, `given` and `missing` count from the column's first position. */
export type PartSpan = Omit<Span, "column">;

/**
 * What an encoder does to one column. A coder is built from plain data (its
 * state) and remembers nothing between calls.
 */
export interface ColumnCoder {
  /** Empty for a column that never varies. */
  readonly spans: readonly PartSpan[];
  /** Numbers per row, the sum of the spans' widths. */
  readonly width: number;
  /**
   * What each position stands for, told alike by every fit of a column: "number"; of a category or a state "value",
   * "missing", "rarer" or, after "=", the spelling or the number itself.
   */
  readonly places: readonly string[];
  /** Writes `rows` of `column` into `block`. Without `random` nothing is drawn: see `Encoder.encode`. */
  encode(column: Column, rows: Int32Array, block: Block, random: Random | undefined): void;
  /** Reads a whole column out of `block`, drawing categories from their probabilities. */
  decode(block: Block, random: Random): Column;
}
