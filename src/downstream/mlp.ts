/**
 * A small multilayer perceptron, one hidden layer of 64 ReLUs (D. E. Rumelhart
 * et al., Learning Representations by Back-Propagating Errors, 1986), trained by
 * Adam (D. P. Kingma, J. Ba, 2015) on mini-batches, with weight decay. Inputs
 * are those of the linear models, standardised: a category is one position, so
 * its weights are looked up, not multiplied.
 *
 * On plain arrays: a network this small spends longer in a tensor library's calls
 * than in its sums, and scoring stays free of any backend.
 */
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { fitPresent, type Classifier, type Labels } from "./classifier.ts";
import { fitDesign, momentsOf, type Design } from "./design.ts";
import { probabilitiesOf } from "./link.ts";
import { checkValues, type Regressor } from "./regressor.ts";
import type { Work } from "./work.ts";

const HIDDEN = 64;
const BATCH = 128;
/** However many rows there are; few rows are not passed over more than so often. */
const STEPS = 1_200;
const MOST_EPOCHS = 150;
const RATE = 3e-3;
/** Of the squared weights, a row's share; scikit-learn's `alpha` is a tenth of it. */
const DECAY = 1e-3;

/** A piece of work is a thousand rows, each looked at once. Chance is seeded by the task alone. */
export function* fitMlp(table: Table, labels: Labels): Work<Classifier> {
  return yield* fitPresent(table, labels, function* ({ codes, classes }): Work<Classifier> {
    const net = yield* train(table, classes, (row, out, slope) => {
      let most = -Infinity;
      for (const score of out) most = Math.max(most, score);
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += slope[k] = Math.exp(out[k]! - most);
      for (let k = 0; k < classes; k++) slope[k] = slope[k]! / sum - (codes[row] === k ? 1 : 0);
    });
    return { probabilities: (other) => softmax(net(other), classes) };
  });
}

/** As `fitMlp`, for a number. */
export function* fitMlpValues(table: Table, values: Float64Array): Work<Regressor> {
  checkValues(table, values);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const unit = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0)) || 1;
  const net = yield* train(table, 1, (row, out, slope) => {
    slope[0] = out[0]! - (values[row]! - mean) / unit;
  });
  return { predict: (other) => net(other).map((value) => mean + unit * value) };
}

/** Two classes have a score each here, and `probabilitiesOf` wants one: their difference. */
function softmax(scores: Float64Array, classes: number): Float64Array {
  if (classes > 2) return probabilitiesOf(scores, classes);
  const one = Float64Array.from(
    { length: scores.length / 2 },
    (_, row) => scores[2 * row + 1]! - scores[2 * row]!,
  );
  return probabilitiesOf(one, 2);
}

/** Writes into `slope` the loss's derivative by each of a row's outputs. */
type Slope = (row: number, out: Float64Array, slope: Float64Array) => void;

/** @returns a function from a table to its outputs, row-major [rows, outputs]. */
function* train(table: Table, outputs: number, slopeOf: Slope): Work<(table: Table) => Float64Array> {
  const stream = random(0);
  const design = fitDesign(table);
  yield 0;
  const columns = design.columns(table);
  yield 0;
  const { rows } = table;
  const { centres, deviations } = momentsOf(columns, rows, design.width);
  const read = inputReader(design, centres, deviations);
  const inputs = read(table);
  const per = inputs.width;
  const { width } = design;
  // One stretch of parameters: hidden weights by input, hidden biases, output weights by hidden unit, output biases.
  const [hiddenBias, outWeight, outBias, size] = offsets(width, outputs);
  const w = new Float64Array(size);
  // He's initialisation: a row has one input a column that is not 0.
  const spread = Math.sqrt(2 / Math.max(1, per));
  for (let i = 0; i < width * HIDDEN; i++) w[i] = spread * stream.normal();
  for (let i = outWeight; i < outBias; i++) w[i] = Math.sqrt(1 / HIDDEN) * stream.normal();
  const adam = { m: new Float64Array(size), v: new Float64Array(size), step: 0 };
  const gradient = new Float64Array(size);
  const hidden = new Float64Array(HIDDEN);
  const back = new Float64Array(HIDDEN);
  const out = new Float64Array(outputs);
  const slope = new Float64Array(outputs);
  const epochs = Math.min(MOST_EPOCHS, Math.ceil(STEPS / Math.ceil(rows / BATCH)));
  const steps = epochs * Math.ceil(rows / BATCH);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = stream.permutation(rows);
    for (let from = 0; from < rows; from += BATCH) {
      const to = Math.min(rows, from + BATCH);
      gradient.fill(0);
      for (let i = from; i < to; i++) {
        const row = order[i]!;
        forward(w, inputs, row, outputs, width, hidden, out);
        slopeOf(row, out, slope);
        back.fill(0);
        for (let k = 0; k < outputs; k++) {
          const off = slope[k]! / (to - from);
          gradient[outBias + k]! += off;
          for (let u = 0; u < HIDDEN; u++) {
            gradient[outWeight + k * HIDDEN + u]! += off * hidden[u]!;
            back[u]! += off * w[outWeight + k * HIDDEN + u]!;
          }
        }
        for (let u = 0; u < HIDDEN; u++) {
          if (hidden[u]! <= 0) back[u] = 0;
          gradient[hiddenBias + u]! += back[u]!;
        }
        for (let j = row * per; j < (row + 1) * per; j++) {
          const input = inputs.at[j]!;
          const x = inputs.values[j]!;
          if (input < 0 || x === 0) continue;
          for (let u = 0; u < HIDDEN; u++) gradient[input * HIDDEN + u]! += back[u]! * x;
        }
      }
      // The rate falls to nothing over the run: the last steps average the noise of the batches out.
      descend(w, gradient, adam, RATE * (1 - adam.step / steps));
      if (adam.step % 8 === 0) yield adam.step / steps;
    }
    yield (epoch + 1) / epochs;
  }
  return (other) => {
    const of = read(other);
    const all = new Float64Array(other.rows * outputs);
    for (let row = 0; row < other.rows; row++) {
      forward(w, of, row, outputs, width, hidden, out);
      all.set(out, row * outputs);
    }
    return all;
  };
}

/** Where hidden biases, output weights and output biases begin, and where all end. */
function offsets(width: number, outputs: number): readonly [number, number, number, number] {
  const hiddenBias = width * HIDDEN;
  const outWeight = hiddenBias + HIDDEN;
  const outBias = outWeight + outputs * HIDDEN;
  return [hiddenBias, outWeight, outBias, outBias + outputs];
}

function forward(
  w: Float64Array,
  { at, values, width: per }: Inputs,
  row: number,
  outputs: number,
  width: number,
  hidden: Float64Array,
  out: Float64Array,
): void {
  const [hiddenBias, outWeight, outBias] = offsets(width, outputs);
  for (let u = 0; u < HIDDEN; u++) hidden[u] = w[hiddenBias + u]!;
  for (let j = row * per; j < (row + 1) * per; j++) {
    const first = at[j]! * HIDDEN;
    const x = values[j]!;
    if (first < 0 || x === 0) continue;
    for (let u = 0; u < HIDDEN; u++) hidden[u]! += w[first + u]! * x;
  }
  for (let u = 0; u < HIDDEN; u++) if (hidden[u]! < 0) hidden[u] = 0;
  for (let k = 0; k < outputs; k++) {
    let sum = w[outBias + k]!;
    for (let u = 0; u < HIDDEN; u++) sum += w[outWeight + k * HIDDEN + u]! * hidden[u]!;
    out[k] = sum;
  }
}

function descend(
  w: Float64Array,
  gradient: Float64Array,
  adam: { m: Float64Array; v: Float64Array; step: number },
  rate: number,
): void {
  adam.step++;
  const first = 1 - 0.9 ** adam.step;
  const second = 1 - 0.999 ** adam.step;
  for (let i = 0; i < w.length; i++) {
    const g = gradient[i]! + DECAY * w[i]!;
    const m = (adam.m[i] = 0.9 * adam.m[i]! + 0.1 * g);
    const v = (adam.v[i] = 0.999 * adam.v[i]! + 0.001 * g * g);
    w[i]! -= (rate * (m / first)) / (Math.sqrt(v / second) + 1e-8);
  }
}

/** A row's inputs that may not be 0, one a column: which input, -1 for none, and its value. Row-major [rows, width]. */
interface Inputs {
  readonly at: Int32Array;
  readonly values: Float64Array;
  readonly width: number;
}

function inputReader(
  design: Design,
  centres: Float64Array,
  deviations: Float64Array,
): (table: Table) => Inputs {
  return (table) => {
    const columns = design.columns(table);
    const width = columns.length;
    const at = new Int32Array(table.rows * width);
    const values = new Float64Array(table.rows * width).fill(1);
    columns.forEach(({ start, cells }, c) => {
      for (let row = 0; row < table.rows; row++) {
        const to = row * width + c;
        if (cells.kind === "numbers") {
          at[to] = start;
          // A value far outside training's range is brought to its edge: a network knows nothing out there.
          values[to] = Math.max(
            -10,
            Math.min(10, (cells.values[row]! - centres[start]!) / deviations[start]!),
          );
        } else at[to] = cells.positions[row]! < 0 ? -1 : start + cells.positions[row]!;
      }
    });
    return { at, values, width };
  };
}
