/**
 * The contract between tables and models: an encoded row is a vector of
 * numbers, and spans say which stretch of it means what. A model walks the
 * spans and never learns what a column is.
 */

/**
 * `numeric`: one number, roughly standard normal (or within [-1, 1] where the
 * encoder scales so), emitted through no activation unless `bounded`.
 * `category`: `width` numbers, one-hot in data; a model emits probabilities
 * that sum to 1, and the encoder samples from them when it decodes.
 */
export interface Span {
  readonly kind: "numeric" | "category";
  /** First position in the encoded row. */
  readonly start: number;
  /** 1 for numeric spans, the number of categories (at least 2) otherwise. */
  readonly width: number;
  /** Index of the source column among the encoded (included) columns; one column may own several spans. */
  readonly column: number;
  /** What the stretch stands for, for the inspector: "age", "age: missing or value", … */
  readonly label: string;
  /**
   * Numeric spans beside a state: the position in the encoded row of the category "there is a value". Where it is
   * off, the number means nothing.
   */
  readonly given?: number;
  /** Category spans: the position in the encoded row of "missing", where that is one of the categories. */
  readonly missing?: number;
  /** Numeric spans scaled into [-1, 1] (min-max) may be emitted through tanh. */
  readonly bounded?: boolean;
}

/** Encoded rows, row-major: `values.length === rows * width`. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
}

/** Encoded rows of which some columns are known, for a model to draw the others. */
export interface Given {
  /** Where a column is not known, its numbers mean nothing. */
  readonly rows: Matrix;
  /** 1 where a column (`Span.column`) is known and 0 elsewhere, row-major, [rows, `columns`]. */
  readonly known: Uint8Array;
  readonly columns: number;
  /** No column that is drawn comes out missing: gaps are to be filled, not made. */
  readonly whole?: boolean;
}
