/** Distances between rows of numbers, for loops that only ask for the nearest. */
import type { Matrix } from "../encode/span.ts";

/** Squared distance of row i of `a` to row j of `b`: exact up to `enough`; beyond it, any number above it. */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number, enough: number): number {
  const { width } = a;
  const x = a.values;
  const y = b.values;
  let sum = 0;
  for (let at = i * width, to = j * width, end = at + width; at < end;) {
    // Whether to go on is asked once in a while: asking costs as much as a difference.
    for (const stop = Math.min(end, at + 16); at < stop; at++, to++) {
      const off = x[at]! - y[to]!;
      sum += off * off;
    }
    if (sum > enough) return sum;
  }
  return sum;
}
