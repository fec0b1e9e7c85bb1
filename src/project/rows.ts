/**
 * Rows of numbers, row-major: `values.length === rows * width`. What the
 * encoder makes (its `Matrix`) fits as it is; a projection need not know that.
 */
export interface Rows {
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
}

/** What a projection asks of a span of the encoder's: which positions are one category's. */
export interface RowSpan {
  readonly kind: "numeric" | "category";
  readonly start: number;
  readonly width: number;
}
