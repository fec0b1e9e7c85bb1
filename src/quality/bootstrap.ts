/**
 * How much a figure would move with other rows of the same kind: B. Efron,
 * Bootstrap Methods: Another Look at the Jackknife, 1979. The figure is computed
 * again and again on rows drawn from its own with replacement; the spread is the
 * standard deviation of what comes out.
 *
 * It is the chance in *these* tables. That another training run would make other
 * rows is not in it; see `stability`.
 */
import type { Work } from "../downstream/work.ts";
import type { Random } from "../random/random.ts";

/** Draws of every figure: enough for a spread to a fifth of itself. */
export const DRAWS = 15;

/** The figure on each of `DRAWS` resamples of `rows` rows. A piece of work is one of them. */
export function* draws(
  rows: number,
  random: Random,
  figure: (rows: Int32Array) => number,
): Work<readonly number[]> {
  const all: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    all.push(figure(resample(rows, rows, random)));
    yield (draw + 1) / DRAWS;
  }
  return all;
}

/** The same of a share of rows: how many of resampled rows are among them is binomial, so no row need be looked at. */
export function shareDraws(share: number, rows: number, random: Random): readonly number[] {
  return Array.from({ length: DRAWS }, () => {
    let hits = 0;
    for (let row = 0; row < rows; row++) if (random.uniform() < share) hits++;
    return hits / rows;
  });
}

/** `count` of 0..rows-1 with replacement. */
export function resample(count: number, rows: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.integer(rows));
}

/** Standard deviation; NaN of fewer than two draws. */
export function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
