import type { Matrix } from "./span.ts";

/** So many rows, evenly from all of them, since a table may be in an order; over again where there are fewer. */
export function evenRows({ values, rows, width }: Matrix, count: number): Matrix {
  const taken = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * rows) / count) * width;
    taken.set(values.subarray(from, from + width), i * width);
  }
  return { values: taken, rows: count, width };
}
