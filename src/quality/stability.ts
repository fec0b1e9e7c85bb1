/**
 * Whether the same model gives the same rows again: over repeated samples,
 * over seeds, and towards the end of training. A single good table may be luck.
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { spreadOf } from "./bootstrap.ts";
import { meanOf, isValue, type Measured } from "./measured.ts";
import { shape } from "./shape.ts";

export interface Repeated {
  /** By column the mean error between two samples: Kolmogorov–Smirnov or total variation, 0 (alike) to 1. */
  readonly columns: readonly Measured[];
  /** 1 minus their mean. */
  readonly similarity: Measured;
}

/**
 * Every two of several samples, held against each other column by column. Of n rows of one distribution each, KS is about
 * 0.87 √(2 / n) by chance: 0.02 of 4,000.
 *
 * @param samples tables of the same columns, drawn with other seeds or by models trained with other seeds.
 */
export function* repeatedSamples(samples: readonly Table[]): Work<Repeated | { readonly why: string }> {
  const first = samples[0];
  if (first === undefined || samples.length < 2)
    return { why: t`How alike samples are takes two of them: draw rows again, or train with another seed.` };
  const errors: Measured[][] = first.columns.map(() => []);
  const pairs = (samples.length * (samples.length - 1)) / 2;
  let done = 0;
  for (let a = 0; a < samples.length; a++)
    for (let b = a + 1; b < samples.length; b++) {
      shape(samples[a]!, samples[b]!).columns.forEach(({ error }, i) => errors[i]!.push(error));
      yield ++done / pairs;
    }
  const columns = errors.map((of) => meanOf(of, "pairs of samples"));
  const error = meanOf(columns, "columns");
  return { columns, similarity: isValue(error) ? { value: 1 - error.value } : error };
}

/** Mean and standard deviation of a figure over seeds, and 1 - deviation / |mean|, at least 0. */
export interface Steadiness {
  readonly mean: number;
  readonly spread: number;
  readonly steadiness: number;
}

/** @param values the figure, higher is better, of each seed: shape, TSTR, … */
export function steadiness(values: readonly number[]): Steadiness | { readonly why: string } {
  if (values.length < 2) return { why: t`A spread over seeds takes runs with at least two of them.` };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = spreadOf(values);
  return {
    mean,
    spread,
    steadiness: mean === 0 ? Number(spread === 0) : Math.max(0, 1 - spread / Math.abs(mean)),
  };
}

/** Steps of the last fifth of training that its trend is read off; fewer say nothing. */
const FEWEST_LOSSES = 20;

/**
 * Whether training had come to rest: how far the loss's line of best fit runs over the last fifth of the steps, as a share of
 * how far the loss came in all (of its tenth to ninetieth percentile). 1 is at rest, 0 still moving as fast as ever. A GAN's losses
 * measure its two nets against each other, and rest where neither wins: read them with the rows beside them.
 *
 * @param losses one a step, or every so many steps, in order.
 */
export function convergence(losses: ArrayLike<number>): Measured {
  const all = Float64Array.from(losses);
  const wrong = all.findIndex((loss) => !Number.isFinite(loss));
  if (wrong >= 0) return { why: t`The loss was no number at step ${wrong + 1}.` };
  const tail = all.slice(Math.floor(0.8 * all.length));
  if (tail.length < FEWEST_LOSSES)
    return { why: t`The last fifth of training has ${tail.length} losses; a trend takes ${FEWEST_LOSSES}.` };
  const sorted = all.toSorted();
  const range = sorted[Math.floor(0.9 * (all.length - 1))]! - sorted[Math.floor(0.1 * (all.length - 1))]!;
  if (range === 0) return { value: 1 };
  const middle = (tail.length - 1) / 2;
  let slope = 0;
  let squares = 0;
  tail.forEach((loss, i) => {
    slope += (i - middle) * loss;
    squares += (i - middle) ** 2;
  });
  // A loss that fell evenly all along would run over a quarter of its range in its last fifth: 0.2 / 0.8.
  const moved = (Math.abs(slope / squares) * (tail.length - 1)) / range;
  return { value: Math.max(0, 1 - 4 * moved) };
}
