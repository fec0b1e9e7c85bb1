/**
 * Energy distance: how far two samples lie apart as whole rows, not column by
 * column. G. Székely, M. Rizzo, Energy Statistics, 2013, eq. 2.1 and 2.5.
 * https://doi.org/10.1016/j.jspi.2013.03.018
 *
 *   E = 2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖,  H = E / (2 E‖X − Y‖)
 *
 * With means over all pairs but those of a row with itself, H is 0 on average
 * where both samples come from one distribution, a little below by chance, and
 * at most 1. It is cheap, moves with every change of a model and asks for no
 * classifier; it can't say what is wrong.
 */
import type { Matrix } from "../encode/span.ts";

/** What a sample is compared with again and again: what does not change is worked out once. */
export interface EnergyReference {
  /** H of rows of the same width; NaN where there are fewer than two. */
  distance(rows: Matrix): number;
}

/** @param reference at least two rows. */
export function energyTo(reference: Matrix): EnergyReference {
  const within = meanDistance(reference, reference, true);
  return {
    distance(rows) {
      if (rows.rows < 2 || reference.rows < 2) return NaN;
      const between = meanDistance(rows, reference, false);
      if (between === 0) return 0;
      return (2 * between - within - meanDistance(rows, rows, true)) / (2 * between);
    },
  };
}

/** Mean Euclidean distance over pairs; @param same the two are one, so that a row is not its own pair. */
function meanDistance(a: Matrix, b: Matrix, same: boolean): number {
  const { width } = a;
  let sum = 0;
  for (let i = 0; i < a.rows; i++)
    for (let j = same ? i + 1 : 0; j < b.rows; j++) {
      let squares = 0;
      for (let k = 0; k < width; k++) squares += (a.values[i * width + k]! - b.values[j * width + k]!) ** 2;
      sum += Math.sqrt(squares);
    }
  return same ? (2 * sum) / (a.rows * (a.rows - 1)) : sum / (a.rows * b.rows);
}
