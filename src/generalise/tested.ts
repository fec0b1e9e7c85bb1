/**
 * One model's scores on the test rows, with what a jackknife needs to tell how
 * much they hang on which rows these are: the same scores with each of twenty
 * parts of the test rows left out in turn (B. Efron, The Jackknife, the Bootstrap
 * and Other Resampling Plans, 1982, section 3). Plain data: what is compared
 * with what can be decided elsewhere.
 */
import type { Prediction } from "./prediction.ts";
import { scorer, type Scores } from "./scores.ts";

/** Parts that are left out in turn. */
export const PARTS = 20;

export interface Tested {
  readonly scores: Scores;
  /** In the order of the parts; part i is every `PARTS`-th row of the test table from row i on, whatever model was tested. */
  readonly without: readonly Scores[];
}

/** @param weights by row of the test table. */
export function testedOf(prediction: Prediction, positive?: string, weights?: Float64Array): Tested {
  const score = scorer(prediction, positive);
  const { rows } = prediction;
  const own = Float64Array.from(rows, (row) => weights?.[row] ?? 1);
  return {
    scores: score(own),
    without: Array.from({ length: PARTS }, (_, part) =>
      score(own.map((weight, i) => (rows[i]! % PARTS === part ? 0 : weight))),
    ),
  };
}
