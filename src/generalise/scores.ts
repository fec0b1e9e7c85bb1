/**
 * How good predictions are where test rows count for more or less: a test under
 * another distribution is the same test with other weights (importance weighting:
 * H. Shimodaira, Improving Predictive Inference under Covariate Shift, 2000).
 * With equal weights all figures are those of `downstream/scores`.
 */
import type { MeasureName } from "../catalog/experiments.ts";
import { mostProbable } from "../downstream/scores.ts";
import type { Prediction } from "./prediction.ts";

/**
 * Of a classifier: AUC (mean over classes where there are more than two) to `f1`, which is of the class looked at. Of a
 * regressor R² and RMSE, which is in the target's own unit, and lower is better.
 */
export type { MeasureName };

/** NaN where a figure is not defined: the recall of a class without a row. */
export type Scores = Readonly<Partial<Record<MeasureName, number>>>;

/** @param weights by tested row, none below 0; all 1 where absent. */
export type Scorer = (weights?: Float64Array) => Scores;

/**
 * Sorts once what every weighing needs sorted.
 * @param positive the class that recall, precision, F1 and average precision are of; none where it is absent or not there.
 */
export function scorer(prediction: Prediction, positive?: string): Scorer {
  return prediction.kind === "values" ? valueScorer(prediction) : classScorer(prediction, positive);
}

function valueScorer({ truth, predicted }: Extract<Prediction, { kind: "values" }>): Scorer {
  const ones = new Float64Array(truth.length).fill(1);
  return (weights = ones) => {
    let [total, sum, off] = [0, 0, 0];
    weights.forEach((weight, row) => {
      total += weight;
      sum += weight * truth[row]!;
      off += weight * (truth[row]! - predicted[row]!) ** 2;
    });
    const mean = sum / total;
    const around = weights.reduce((all, weight, row) => all + weight * (truth[row]! - mean) ** 2, 0);
    return { r2: around > 0 ? 1 - off / around : NaN, rmse: Math.sqrt(off / total) };
  };
}

function classScorer(
  { classes, truth, probabilities }: Extract<Prediction, { kind: "classes" }>,
  positive: string | undefined,
): Scorer {
  const count = classes.length;
  const rare = positive === undefined ? -1 : classes.indexOf(positive);
  const predicted = mostProbable(probabilities, count);
  const ones = new Float64Array(truth.length).fill(1);
  /** Two classes rank rows in one way, more in a way each. */
  const ranked = count === 2 ? [1] : classes.map((_, k) => k);
  const rankings = new Map(
    [...new Set(rare < 0 ? ranked : [...ranked, rare])].map((k) => [
      k,
      rankingOf(
        Float64Array.from(truth, (_, row) => probabilities[row * count + k]!),
        truth.map((label) => (label === k ? 1 : 0)),
      ),
    ]),
  );
  return (weights = ones) => {
    const [right, asked, said] = [0, 1, 2].map(() => new Float64Array(count));
    let [total, hits] = [0, 0];
    truth.forEach((label, row) => {
      const weight = weights[row]!;
      total += weight;
      asked![label]! += weight;
      said![predicted[row]!]! += weight;
      if (predicted[row] !== label) return;
      hits += weight;
      right![label]! += weight;
    });
    const areas = ranked.map((k) => rankings.get(k)!.area(weights)).filter((area) => !Number.isNaN(area));
    const f1s = classes.map((_, k) => (2 * right![k]!) / (asked![k]! + said![k]!));
    const all = { auc: meanOf(areas), macroF1: meanOf(f1s.filter((f1) => !Number.isNaN(f1))), accuracy: hits / total }; // prettier-ignore
    if (rare < 0) return all;
    return {
      ...all,
      averagePrecision: rankings.get(rare)!.averagePrecision(weights),
      recall: right![rare]! / asked![rare]!,
      // Where it is never predicted, nothing of it was right.
      precision: said![rare]! > 0 ? right![rare]! / said![rare]! : 0,
      f1: f1s[rare]!,
    };
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Ranking {
  /** Under the ROC curve: the chance that a positive row scores above a negative one, a tie counting half. */
  area(weights: Float64Array): number;
  /** Mean over positive rows of the precision among all that score as high: what precision and recall come to without a threshold. */
  averagePrecision(weights: Float64Array): number;
}

function rankingOf(scores: Float64Array, positive: Int32Array): Ranking {
  const order = Int32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  /** From the highest score down: weights of the positive and negative rows of each score. */
  const steps = (weights: Float64Array, visit: (hits: number, misses: number) => void): void => {
    for (let from = 0; from < order.length;) {
      const score = scores[order[from]!]!;
      let [hits, misses] = [0, 0];
      while (from < order.length && scores[order[from]!] === score) {
        const row = order[from++]!;
        if (positive[row] === 1) hits += weights[row]!;
        else misses += weights[row]!;
      }
      visit(hits, misses);
    }
  };
  return {
    area(weights) {
      let [above, won, negatives] = [0, 0, 0];
      steps(weights, (hits, misses) => {
        won += misses * (above + hits / 2);
        above += hits;
        negatives += misses;
      });
      return won / (above * negatives);
    },
    averagePrecision(weights) {
      let [hitsSoFar, all, sum] = [0, 0, 0];
      steps(weights, (hits, misses) => {
        hitsSoFar += hits;
        all += hits + misses;
        if (all > 0) sum += (hits * hitsSoFar) / all;
      });
      return sum / hitsSoFar;
    },
  };
}
