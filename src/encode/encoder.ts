/**
 * Table to rows of numbers and back. An encoder is fitted on training rows
 * only; what it learned is plain data (`state`), so it can be posted to a
 * worker or saved in a file, and `openEncoder` makes it work again.
 */
import type { Random } from "../random/random.ts";
import type { Column, Table } from "../table/table.ts";
import { fitCategory, openCategory, type CategoryState } from "./category.ts";
import type { Block, ColumnCoder } from "./coder.ts";
import type { NumericScaling } from "./numeric.ts";
import { fitQuantity, observedIn, openQuantity, type QuantityState } from "./quantity.ts";
import type { Matrix, Span } from "./span.ts";

export interface EncodeOptions {
  readonly numeric: NumericScaling;
  /**
   * Categories seen in fewer training rows than this share one position. Default: one in 2,000 rows, at least 2, in
   * columns of more than ten categories.
   */
  readonly rareCount?: number;
  /** Most positions of a category column, the shared one and "missing" included. Default 50, at least 3. */
  readonly maxCategories?: number;
  /** With `minmax`: one range for all number columns, as pixels want it, instead of each column's own. */
  readonly sharedRange?: boolean;
}

export type ColumnState = CategoryState | QuantityState;

/** Plain data: survives both structured clone and JSON. Holds values of the training table, one column at a time. */
export interface EncoderState {
  readonly version: 1;
  readonly columns: readonly ColumnState[];
}

export interface Encoder {
  readonly state: EncoderState;
  readonly spans: readonly Span[];
  /** Numbers in an encoded row; 0 where no column varies. */
  readonly width: number;
  /** Names of the encoded columns; `Span.column` indexes them. */
  readonly columns: readonly string[];
  /** By position of an encoded row, what of its column it stands for; see `ColumnCoder.places`. */
  readonly places: readonly string[];
  /**
   * Encodes `rows` of a table with the columns that were fitted (TypeError
   * otherwise). Categories and values that training never saw go to the nearest
   * thing known.
   *
   * With `random`, as models want it: the number of a cell without a value is
   * drawn from other rows, and equal values are spread over their own stretch
   * of the quantile scale. Without, as pictures and distances want it: empty
   * numbers stand at the centre and equal values coincide.
   */
  encode(table: Table, rows: Int32Array, random?: Random): Matrix;
  /**
   * Rows of a table from rows of numbers, real or generated: categories are
   * drawn from their probabilities, never taken at their maximum; numbers come
   * back rounded and within the training bounds. A NaN reads as "in the middle".
   * RangeError where the width differs.
   */
  decode(matrix: Matrix, random: Random): Table;
}

/** Reference values that the quantile scales of all columns may keep together, and each at most and at least. */
const ALL_REFERENCES = 500_000;
const MOST_REFERENCES = 10_000;
const FEWEST_REFERENCES = 500;

/**
 * @param table the included columns, all rows.
 * @param trainRows rows to learn from; no other row is looked at.
 * @throws RangeError where there is no column or no row to learn from.
 */
export function fitEncoder(table: Table, trainRows: Int32Array, options: EncodeOptions): Encoder {
  return openEncoder({ version: 1, columns: [...fitColumns(table, trainRows, options)] });
}

/**
 * The same a column at a time, for whoever has to answer somebody meanwhile: a
 * wide table takes many seconds. What comes out is `columns` of an `EncoderState`.
 * @throws RangeError as `fitEncoder` does, at the first column.
 */
export function* fitColumns(
  table: Table,
  trainRows: Int32Array,
  options: EncodeOptions,
): Generator<ColumnState, void> {
  if (table.columns.length === 0)
    throw new RangeError("There is no column to learn from: include at least one column.");
  if (trainRows.length === 0)
    throw new RangeError(
      "There is no row to learn from: the table needs at least one row outside the holdout.",
    );
  const references = Math.min(
    MOST_REFERENCES,
    Math.max(FEWEST_REFERENCES, Math.floor(ALL_REFERENCES / table.columns.length)),
  );
  const maxCategories = Math.max(3, options.maxCategories ?? 50);
  const range = options.sharedRange ? rangeOf(table, trainRows) : undefined;
  for (const column of table.columns) {
    switch (column.type) {
      case "number":
        yield fitQuantity(column, trainRows, options.numeric, references, range);
        break;
      case "datetime":
        yield fitQuantity(column, trainRows, options.numeric, references);
        break;
      default:
        yield fitCategory(column, trainRows, options.rareCount, maxCategories);
    }
  }
}

/** The encoder of a state that `fitEncoder` made. */
export function openEncoder(state: EncoderState): Encoder {
  const coders = state.columns.map(openColumn);
  const names = state.columns.map((column) =>
    column.kind === "category" ? column.name : column.heading.name,
  );
  const starts: number[] = [];
  let width = 0;
  const spans: Span[] = [];
  coders.forEach((coder, column) => {
    starts.push(width);
    for (const span of coder.spans)
      spans.push({
        ...span,
        start: width + span.start,
        column,
        ...(span.given !== undefined && { given: width + span.given }),
        ...(span.missing !== undefined && { missing: width + span.missing }),
      });
    width += coder.width;
  });
  const blockOf = (matrix: Matrix, column: number): Block => ({
    values: matrix.values,
    rows: matrix.rows,
    stride: width,
    start: starts[column]!,
  });

  return {
    state,
    spans,
    width,
    columns: names,
    places: coders.flatMap((coder) => coder.places),
    encode(table, rows, random) {
      checkColumns(table.columns, names);
      const stream = random && branch(random);
      const matrix = { values: new Float32Array(rows.length * width), rows: rows.length, width };
      coders.forEach((coder, i) =>
        coder.encode(table.columns[i]!, rows, blockOf(matrix, i), stream?.fork(i)),
      );
      return matrix;
    },
    decode(matrix, random) {
      if (matrix.width !== width || matrix.values.length !== matrix.rows * width)
        throw new RangeError(
          `These rows do not fit the encoder: ${matrix.rows} rows of ${matrix.width} numbers, where each row should have ${width}.`,
        );
      const stream = branch(random);
      return {
        columns: coders.map((coder, i) => coder.decode(blockOf(matrix, i), stream.fork(i))),
        rows: matrix.rows,
      };
    },
  };
}

function openColumn(state: ColumnState): ColumnCoder {
  return state.kind === "category" ? openCategory(state) : openQuantity(state);
}

/**
 * One stream a column, so that a column more or less changes no other column's
 * draws; and another set of streams at every call, because `fork` alone would
 * give the same ones again.
 */
function branch(random: Random): Random {
  return random.fork(random.integer(2 ** 32));
}

function checkColumns(columns: readonly Column[], names: readonly string[]): void {
  if (columns.length !== names.length)
    throw new TypeError(
      `The encoder was fitted on ${names.length} columns and this table has ${columns.length}.`,
    );
  const other = columns.findIndex((column, i) => column.name !== names[i]);
  if (other >= 0)
    throw new TypeError(
      `Column ${other + 1} of this table is "${columns[other]!.name}" where the encoder was fitted on "${names[other]}".`,
    );
}

/** Smallest and largest training value over all number columns; undefined where there is none. */
function rangeOf(table: Table, rows: Int32Array): readonly [number, number] | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const column of table.columns) {
    if (column.type !== "number") continue;
    for (const value of observedIn(column, rows)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? [min, max] : undefined;
}
