/**
 * Every column on its own: each is drawn, whole, from a training row picked for
 * it alone. Every column is right by itself and nothing depends on anything:
 * the floor that a model of dependence must rise above. (Fisher's permutation
 * idea: R. A. Fisher, The Design of Experiments, 1935.)
 */
import * as v from "valibot";
import { lastAtMost } from "../encode/numeric.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { tensor2d } from "../engine/tf.ts";
import type { GenerativeModel } from "./model.ts";
import { fitting } from "./state.ts";

/**
 * One column's distinct cells, each `size` numbers, and how many training rows have them. In ascending order: that of the
 * rows would put them together again.
 */
export type ColumnCells = { readonly cells: Float32Array; readonly counts: readonly number[] };

/** Spans of one source column (a value and its "missing" flag) stay together. */
const columnsOf = (spans: readonly Span[]): readonly (readonly Span[])[] =>
  [...new Set(spans.map(({ column }) => column))].map((column) =>
    spans.filter((span) => span.column === column),
  );
const sizeOf = (column: readonly Span[]): number => column.reduce((sum, { width }) => sum + width, 0);

export function fitIndependent(
  spans: readonly Span[],
  { values, rows, width }: Matrix,
): readonly ColumnCells[] {
  return columnsOf(spans).map((column) => {
    const positions = column.flatMap(({ start, width: size }) =>
      Array.from({ length: size }, (_, k) => start + k),
    );
    const compare = (a: number, b: number): number => {
      for (const at of positions) {
        const difference = values[a * width + at]! - values[b * width + at]!;
        if (difference !== 0) return difference;
      }
      return 0;
    };
    const order = Int32Array.from({ length: rows }, (_, row) => row).sort(compare);
    const distinct = order.filter((row, i) => i === 0 || compare(row, order[i - 1]!) !== 0);
    const counts: number[] = [];
    order.forEach((row, i) => {
      if (i > 0 && compare(row, order[i - 1]!) === 0) counts[counts.length - 1]! += 1;
      else counts.push(1);
    });
    const cells = new Float32Array(distinct.length * positions.length);
    distinct.forEach((row, i) =>
      positions.forEach((at, k) => (cells[i * positions.length + k] = values[row * width + at]!)),
    );
    return { cells, counts };
  });
}

const column = v.object({
  cells: v.instance(Float32Array),
  counts: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** What was saved. @throws Unfit where it is not of these spans. */
export function readIndependent(spans: readonly Span[], saved: unknown): readonly ColumnCells[] {
  const sizes = columnsOf(spans).map(sizeOf);
  const columns = v.pipe(
    v.array(column),
    v.length(sizes.length),
    v.check((all) => all.every(({ cells, counts }, i) => cells.length === counts.length * sizes[i]!)),
  );
  return fitting(columns, saved);
}

export function independent(
  spans: readonly Span[],
  width: number,
  fitted: readonly ColumnCells[],
): GenerativeModel {
  const columns = columnsOf(spans).map((own, i) => {
    const { cells, counts } = fitted[i]!;
    const upTo = new Float64Array(counts.length);
    let rows = 0;
    counts.forEach((count, cell) => {
      upTo[cell] = rows;
      rows += count;
    });
    return { own, size: sizeOf(own), cells, upTo, rows };
  });
  return {
    nets: [],
    placed: [],
    objectives: [],
    fitted,
    sample(n, random) {
      const drawn = new Float32Array(n * width);
      for (const { own, size, cells, upTo, rows } of columns) {
        const picks = random.integers(n, rows);
        for (let i = 0; i < n; i++) {
          let from = lastAtMost(upTo, picks[i]!) * size;
          for (const { start, width: length } of own) {
            drawn.set(cells.subarray(from, from + length), i * width + start);
            from += length;
          }
        }
      }
      return tensor2d(drawn, [n, width]);
    },
    tune() {},
    dispose() {},
  };
}
