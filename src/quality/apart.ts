/** How far the rows of two samples lie apart, all with all: worked out once for the measures that ask it one after another. */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import type { Table } from "../table/table.ts";
import { allRows, type Question } from "./compared.ts";
import { squaredDistances } from "./euclidean.ts";
import { thinned } from "./references.ts";

/** Squared distances, row-major [a.rows, b.rows]. */
export interface Squares {
  readonly values: Float64Array;
  /** Rows of `b`: how many squares a row of `a` has. */
  readonly width: number;
}

export interface Apart {
  readonly real: Squares;
  readonly synthetic: Squares;
  readonly across: Squares;
}

/** The rows have the same width. */
export function* apartOf(real: Matrix, synthetic: Matrix): Work<Apart> {
  return {
    real: yield* squaresOf(real, real),
    synthetic: yield* squaresOf(synthetic, synthetic),
    across: yield* squaresOf(real, synthetic),
  };
}

function* squaresOf(a: Matrix, b: Matrix): Work<Squares> {
  const width = b.rows;
  const values = new Float64Array(a.rows * width);
  const away = new Float64Array(width);
  const same = a === b;
  for (let i = 0; i < a.rows; i++) {
    const from = same ? i + 1 : 0;
    squaredDistances(a, i, b, from, away);
    for (let j = from; j < width; j++) {
      const square = away[j - from]!;
      values[i * width + j] = square;
      if (same) values[j * width + i] = square;
    }
    if (i % 16 === 0) yield 0;
  }
  return { values, width };
}

/** Rows of each kind that distances are looked at among. */
const NEAR_ROWS = 1_500;

/** Some rows of a table as numbers, and their distances from each other. */
export interface Sample {
  readonly rows: Matrix;
  readonly squares: Squares;
}

/** @param name one for each of two tables that are compared, so that chance picks other rows of each. */
export function* sampleOf(table: Table, { encode, random }: Question, name: 0 | 1): Work<Sample> {
  const few = thinned(table, NEAR_ROWS, random.fork(`near ${name}`));
  const rows = encode(few, allRows(few));
  return { rows, squares: yield* squaresOf(rows, rows) };
}

/** Samples of two tables, and how far apart they lie. */
export interface Samples {
  readonly real: Matrix;
  readonly synthetic: Matrix;
  readonly apart: Apart;
}

/** @param real `sampleOf` the training rows, 0. */
export function* samplesOf(real: Sample, synthetic: Table, question: Question): Work<Samples> {
  const made = yield* sampleOf(synthetic, question, 1);
  const across = yield* squaresOf(real.rows, made.rows);
  return {
    real: real.rows,
    synthetic: made.rows,
    apart: { real: real.squares, synthetic: made.squares, across },
  };
}
