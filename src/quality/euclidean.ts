/** Distances between rows of numbers, for loops that only ask for the nearest. */
import type { Matrix } from "../encode/span.ts";

/**
 * Squared distances of row i of `a` to rows `from` and on of `b`, into `into` from its beginning. Four rows at a time: each sum waits for
 * its last difference, and four of them can wait together.
 */
export function squaredDistances(a: Matrix, i: number, b: Matrix, from: number, into: Float64Array): void {
  const { width } = a;
  const x = a.values;
  const y = b.values;
  const first = i * width;
  let to = 0;
  let j = from;
  for (; j + 3 < b.rows; j += 4, to += 4) {
    let one = 0;
    let two = 0;
    let three = 0;
    let four = 0;
    for (let k = 0, at = j * width; k < width; k++, at++) {
      const own = x[first + k]!;
      const offOne = own - y[at]!;
      const offTwo = own - y[at + width]!;
      const offThree = own - y[at + 2 * width]!;
      const offFour = own - y[at + 3 * width]!;
      one += offOne * offOne;
      two += offTwo * offTwo;
      three += offThree * offThree;
      four += offFour * offFour;
    }
    into[to] = one;
    into[to + 1] = two;
    into[to + 2] = three;
    into[to + 3] = four;
  }
  for (; j < b.rows; j++, to++) {
    let sum = 0;
    for (let k = 0, at = j * width; k < width; k++, at++) {
      const off = x[first + k]! - y[at]!;
      sum += off * off;
    }
    into[to] = sum;
  }
}

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
