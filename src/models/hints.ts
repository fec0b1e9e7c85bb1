/**
 * Columns that a generator is told while it learns, so that it can be asked for rows by any of them afterwards: for some
 * rows of a batch a random choice of columns, as many as any, for the others none.
 */
import type { Given, Span } from "../encode/span.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { matMul, mul, step, sub, tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { Place } from "./places.ts";

export interface Hints {
  /** How many columns there are to be told. */
  readonly columns: number;
  readonly places: readonly Place[];
  /** Which are told of each row: 1 for each such column, [n, columns], and for each of its positions, [n, width]. */
  draw(n: number, noise: TensorRandom): { readonly columns: Rows; readonly positions: Rows };
  /** Row-major [n, columns]: those that are given, if any. */
  of(n: number, given: Given | undefined): Float32Array;
  dispose(): void;
}

/** @param share of rows that are told something. */
export function hints(spans: readonly Span[], width: number, share: number): Hints {
  const columns = [...new Set(spans.map(({ column }) => column))];
  const values = new Float32Array(columns.length * width);
  for (const { column, start, width: size } of spans) {
    const row = columns.indexOf(column) * width;
    values.fill(1, row + start, row + start + size);
  }
  const spread = tensor2d(values, [columns.length, width]);
  return {
    columns: columns.length,
    places: columns.map((at) => ({ of: "column", at, what: "told" })),
    draw(n, noise) {
      // Below 0 for rows that are told nothing, and uniform on 0 … 1 for the others.
      const odds = mul(sub(noise.uniform(n, 1), 1 - share), 1 / share);
      const told = step(sub(odds, noise.uniform(n, columns.length))) as Rows;
      return { columns: told, positions: matMul(told, spread) };
    },
    of(n, given) {
      const told = new Float32Array(n * columns.length);
      if (given !== undefined)
        for (let row = 0; row < n; row++)
          columns.forEach((column, i) => {
            told[row * columns.length + i] = given.known[row * given.columns + column]!;
          });
      return told;
    },
    dispose: () => spread.dispose(),
  };
}
