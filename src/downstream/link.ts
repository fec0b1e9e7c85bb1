/** From scores, any numbers, to probabilities: what boosted trees and logistic regression end in. */

/** Two classes need one score, more need one each. */
export const scoresFor = (classes: number): number => (classes === 2 ? 1 : classes);

/**
 * The logistic function of one score, softmax of more.
 *
 * @param raw row-major [rows, scoresFor(classes)].
 * @returns row-major [rows, classes].
 */
export function probabilitiesOf(raw: Float64Array, classes: number): Float64Array {
  if (classes === 2) {
    const p = new Float64Array(2 * raw.length);
    raw.forEach((score, row) => {
      p[2 * row] = 1 / (1 + Math.exp(score));
      p[2 * row + 1] = 1 / (1 + Math.exp(-score));
    });
    return p;
  }
  const p = new Float64Array(raw.length);
  for (let at = 0; at < raw.length; at += classes) {
    let most = -Infinity;
    for (let k = 0; k < classes; k++) most = Math.max(most, raw[at + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += p[at + k] = Math.exp(raw[at + k]! - most);
    for (let k = 0; k < classes; k++) p[at + k]! /= sum;
  }
  return p;
}
