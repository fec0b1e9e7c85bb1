/** How good predicted probabilities are, against the labels that came true. */

/**
 * Area under the ROC curve by ranks (Mann–Whitney): the chance that a positive row
 * scores above a negative one, a tie counting half.
 *
 * @param positive 1 for rows of the positive class, else 0.
 * @returns 0 to 1; NaN where one of the two kinds of rows is absent.
 */
export function auc(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  // Two plain sorts and one walk over both: sorting places by what stands there takes a call for every comparison.
  const of = (kind: number): Float64Array => {
    const some = new Float64Array(scores.length);
    let rows = 0;
    for (let i = 0; i < scores.length; i++) if (positive[i] === kind) some[rows++] = scores[i]!;
    return some.subarray(0, rows).sort();
  };
  const [above, below] = [of(1), of(0)];
  let wins = 0;
  let [less, upTo] = [0, 0];
  for (const score of above) {
    while (less < below.length && below[less]! < score) less++;
    while (upTo < below.length && below[upTo]! <= score) upTo++;
    wins += (less + upTo) / 2;
  }
  return wins / (above.length * below.length);
}

/**
 * AUC of class probabilities: of the second class where there are two, else the
 * mean over classes of each against all others. Classes without a row, or with
 * all of them, have none and are left out.
 *
 * @param probabilities row-major [labels.length, classes].
 */
export function meanAuc(probabilities: Float64Array, labels: Int32Array, classes: number): number {
  const of = (k: number): number =>
    auc(
      Float64Array.from(labels, (_, row) => probabilities[row * classes + k]!),
      labels.map((label) => (label === k ? 1 : 0)),
    );
  if (classes === 2) return of(1);
  const all = Array.from({ length: classes }, (_, k) => of(k)).filter((value) => !Number.isNaN(value));
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

/** The most probable class of each row; the first where several are. */
export function mostProbable(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k;
    return best;
  });
}

/** Share of rows whose class was predicted. */
export function accuracy(predicted: Int32Array, labels: Int32Array): number {
  return labels.reduce((sum, label, row) => sum + (label === predicted[row] ? 1 : 0), 0) / labels.length;
}

/** F1 of one class, the harmonic mean of precision and recall; 0 where it is never rightly predicted, NaN where it occurs on neither side. */
export function f1(predicted: Int32Array, labels: Int32Array, positive: number): number {
  let both = 0;
  let either = 0;
  labels.forEach((label, row) => {
    if (label === positive && predicted[row] === positive) both++;
    either += (label === positive ? 1 : 0) + (predicted[row] === positive ? 1 : 0);
  });
  return (2 * both) / either;
}

/** Mean F1 over the classes that occur among labels or predictions. */
export function macroF1(predicted: Int32Array, labels: Int32Array, classes: number): number {
  const all = Array.from({ length: classes }, (_, k) => f1(predicted, labels, k)).filter(
    (value) => !Number.isNaN(value),
  );
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

/**
 * Coefficient of determination, 1 - Σ (truth - predicted)² / Σ (truth - mean)².
 *
 * @returns 1 (exact) down; 0 is as good as the mean, below it is worse; NaN where the truth does not vary.
 */
export function r2(predicted: Float64Array, truth: Float64Array): number {
  const mean = truth.reduce((sum, value) => sum + value / truth.length, 0);
  const around = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (truth.every((value) => value === truth[0])) return NaN;
  return 1 - truth.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0) / around;
}

/** Root of the mean squared error, in the target's own unit; NaN where there is no row. */
export function rmse(predicted: Float64Array, truth: Float64Array): number {
  return Math.sqrt(truth.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0) / truth.length);
}
