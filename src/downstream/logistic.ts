/**
 * Logistic regression (D. R. Cox, The Regression Analysis of Binary Sequences,
 * 1958), with softmax for more than two classes and a squared penalty on the
 * weights, C = 1, of robustly scaled inputs: what scikit-learn's
 * LogisticRegression minimises in SDMetrics' LogisticDetection.
 *
 * It is linear, so it sees what each column holds and nothing of how columns
 * hang together.
 */
import type { Table } from "../table/table.ts";
import { fitPresent, type Classifier, type Labels } from "./classifier.ts";
import { fitDesign, momentsOf, type DesignColumn } from "./design.ts";
import { minimise } from "./lbfgs.ts";
import { probabilitiesOf, scoresFor } from "./link.ts";
import type { Work } from "./work.ts";

const MOST_STEPS = 200;
/** Steepest slope of the summed loss that counts as flat. */
const FLAT = 1e-5;
/** The same a row, where a third digit of the weights is enough: its scores rank rows alike, in a fifth of the steps. */
const FLAT_A_ROW = 1e-4;

/** `fitLogistic`, ended early: for figures that hang on how rows rank. */
export function fitLogisticSoon(table: Table, labels: Labels): Work<Classifier> {
  return fitLogistic(table, labels, FLAT_A_ROW * table.rows);
}

/** A piece of work is one step of the optimiser. @param flat steepest slope of the summed loss that ends it. */
export function* fitLogistic(table: Table, labels: Labels, flat = FLAT): Work<Classifier> {
  const design = fitDesign(table);
  yield 0;
  const columns = design.columns(table);
  yield 0;
  const { rows } = table;
  return yield* fitPresent(table, labels, function* ({ codes, classes }): Work<Classifier> {
    const scores = scoresFor(classes);
    const { width } = design;
    // Weights by input, then the intercept, a stretch a score.
    const stride = width + 1;
    // The optimiser moves weights of standardised inputs, which takes few steps; the penalty stays on the robust ones.
    const { centres, deviations } = momentsOf(columns, rows, width);
    const penalties = deviations.map((deviation, i) => (design.scales[i]! / deviation) ** 2);
    const plain = (weights: Float64Array): Float64Array => {
      const out = weights.slice();
      for (let k = 0; k < scores; k++)
        for (let i = 0; i < width; i++) {
          const at = k * stride + i;
          out[at]! /= deviations[i]!;
          out[k * stride + width]! -= out[at]! * centres[i]!;
        }
      return out;
    };
    const raw = new Float64Array(rows * scores);
    const loss = (weights: Float64Array, gradient: Float64Array): number => {
      scoreRows(columns, rows, plain(weights), scores, raw);
      const p = probabilitiesOf(raw, classes);
      let value = 0;
      for (let row = 0; row < rows; row++) {
        const label = codes[row]!;
        value -= Math.log(Math.max(1e-300, p[row * classes + label]!));
        for (let k = 0; k < scores; k++) {
          const own = classes - scores + k; // the class that score k speaks for
          raw[row * scores + k] = p[row * classes + own]! - (label === own ? 1 : 0);
        }
      }
      sumInputs(columns, rows, raw, scores, gradient);
      for (let k = 0; k < scores; k++)
        for (let i = 0; i < width; i++) {
          const at = k * stride + i;
          // What standardising takes off an input, the intercept's slope knows.
          gradient[at] = (gradient[at]! - centres[i]! * gradient[k * stride + width]!) / deviations[i]!;
          gradient[at]! += penalties[i]! * weights[at]!;
          value += 0.5 * penalties[i]! * weights[at]! ** 2;
        }
      return value;
    };
    const weights = new Float64Array(scores * stride);
    let step = 0;
    for (const _ of minimise(loss, weights, flat, MOST_STEPS)) yield ++step / MOST_STEPS;
    const fitted = plain(weights);
    return {
      probabilities(other) {
        const out = new Float64Array(other.rows * scores);
        scoreRows(design.columns(other), other.rows, fitted, scores, out);
        return probabilitiesOf(out, classes);
      },
    };
  });
}

/** Intercept plus weighted inputs of every row and score, into `out`, row-major [rows, scores]. */
function scoreRows(
  columns: readonly DesignColumn[],
  rows: number,
  weights: Float64Array,
  scores: number,
  out: Float64Array,
): void {
  const stride = weights.length / scores;
  for (let k = 0; k < scores; k++) {
    for (let row = 0; row < rows; row++) out[row * scores + k] = weights[(k + 1) * stride - 1]!;
    for (const { start, cells } of columns) {
      const first = k * stride + start;
      if (cells.kind === "numbers") {
        const weight = weights[first]!;
        for (let row = 0; row < rows; row++) out[row * scores + k]! += weight * cells.values[row]!;
      } else
        for (let row = 0; row < rows; row++) {
          const position = cells.positions[row]!;
          if (position >= 0) out[row * scores + k]! += weights[first + position]!;
        }
    }
  }
}

/** The transpose of `scoreRows`: sums of the inputs, and of 1 for the intercept, weighted by row. */
function sumInputs(
  columns: readonly DesignColumn[],
  rows: number,
  byRow: Float64Array,
  scores: number,
  out: Float64Array,
): void {
  out.fill(0);
  const stride = out.length / scores;
  for (let k = 0; k < scores; k++) {
    for (let row = 0; row < rows; row++) out[(k + 1) * stride - 1]! += byRow[row * scores + k]!;
    for (const { start, cells } of columns) {
      const first = k * stride + start;
      if (cells.kind === "numbers")
        for (let row = 0; row < rows; row++) out[first]! += byRow[row * scores + k]! * cells.values[row]!;
      else
        for (let row = 0; row < rows; row++) {
          const position = cells.positions[row]!;
          if (position >= 0) out[first + position]! += byRow[row * scores + k]!;
        }
    }
  }
}
