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
  const outWeight = (width + 1) * HIDDEN;
  const outBias = outWeight + outputs * HIDDEN;
  const size = outBias + outputs;
  const w = new Float64Array(size);
  // He's initialisation: a row has one input a column that is not 0.
  const spread = Math.sqrt(2 / Math.max(1, per));
  for (let i = 0; i < width * HIDDEN; i++) w[i] = spread * stream.normal();
  for (let i = outWeight; i < outBias; i++) w[i] = Math.sqrt(1 / HIDDEN) * stream.normal();
  const adam = { m: new Float64Array(size), v: new Float64Array(size), step: 0 };
  const gradient = new Float64Array(size);
  const pass = passOf(outputs);
  const { out } = pass;
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
        forward(w, inputs, row, outputs, width, pass);
        slopeOf(row, out, slope);
        for (let k = 0; k < outputs; k++) slope[k]! /= to - from;
        backward(w, gradient, outputs, width, slope, pass);
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
      forward(w, of, row, outputs, width, pass);
      all.set(out, row * outputs);
    }
    return all;
  };
}

/** What one row leaves behind on its way through the network, for the way back. */
interface Pass {
  readonly out: Float64Array;
  readonly hidden: Float64Array;
  /** The hidden units that are not 0: the first `active` of `units`. Half of them are, and nothing comes back through the others. */
  readonly units: Int32Array;
  active: number;
  /** The row's inputs that are not 0, the first `inputs` of both: where their weights begin, and their values. */
  weights: Int32Array;
  values: Float64Array;
  inputs: number;
  /** The loss's derivative by each active unit. */
  readonly back: Float64Array;
}

function passOf(outputs: number): Pass {
  return {
    out: new Float64Array(outputs),
    hidden: new Float64Array(HIDDEN),
    units: new Int32Array(HIDDEN),
    active: 0,
    weights: new Int32Array(0),
    values: new Float64Array(0),
    inputs: 0,
    back: new Float64Array(HIDDEN),
  };
}

function forward(
  w: Float64Array,
  { at, values: all, width: per }: Inputs,
  row: number,
  outputs: number,
  width: number,
  pass: Pass,
): void {
  const hiddenBias = width * HIDDEN;
  const outWeight = hiddenBias + HIDDEN;
  const outBias = outWeight + outputs * HIDDEN;
  if (pass.weights.length < per) {
    pass.weights = new Int32Array(per);
    pass.values = new Float64Array(per);
  }
  const { hidden, units, out, weights, values } = pass;
  let inputs = 0;
  for (let j = row * per; j < (row + 1) * per; j++) {
    const x = all[j]!;
    if (at[j]! < 0 || x === 0) continue;
    weights[inputs] = at[j]! * HIDDEN;
    values[inputs++] = x;
  }
  for (let u = 0; u < HIDDEN; u++) hidden[u] = w[hiddenBias + u]!;
  let j = 0;
  // Four inputs at a time, in their order: a unit's sum is fetched and put back once for all four.
  for (; j + 3 < inputs; j += 4) {
    const [a, b, c, d] = [weights[j]!, weights[j + 1]!, weights[j + 2]!, weights[j + 3]!];
    const [x, y, z, v] = [values[j]!, values[j + 1]!, values[j + 2]!, values[j + 3]!];
    for (let u = 0; u < HIDDEN; u++)
      hidden[u] = hidden[u]! + w[a + u]! * x + w[b + u]! * y + w[c + u]! * z + w[d + u]! * v;
  }
  for (; j < inputs; j++) {
    const first = weights[j]!;
    const x = values[j]!;
    for (let u = 0; u < HIDDEN; u++) hidden[u]! += w[first + u]! * x;
  }
  let active = 0;
  for (let u = 0; u < HIDDEN; u++) if (hidden[u]! > 0) units[active++] = u;
  for (let k = 0; k < outputs; k++) {
    let sum = w[outBias + k]!;
    const first = outWeight + k * HIDDEN;
    for (let i = 0; i < active; i++) sum += w[first + units[i]!]! * hidden[units[i]!]!;
    out[k] = sum;
  }
  pass.inputs = inputs;
  pass.active = active;
}

/** Adds to the gradient what the row that just went forward has to say. @param slope the loss's derivative by each output. */
function backward(
  w: Float64Array,
  gradient: Float64Array,
  outputs: number,
  width: number,
  slope: Float64Array,
  { hidden, units, active, weights, values, inputs, back }: Pass,
): void {
  const hiddenBias = width * HIDDEN;
  const outWeight = hiddenBias + HIDDEN;
  const outBias = outWeight + outputs * HIDDEN;
  back.fill(0);
  for (let k = 0; k < outputs; k++) {
    const off = slope[k]!;
    const first = outWeight + k * HIDDEN;
    gradient[outBias + k]! += off;
    for (let i = 0; i < active; i++) {
      const u = units[i]!;
      gradient[first + u]! += off * hidden[u]!;
      back[i]! += off * w[first + u]!;
    }
  }
  for (let i = 0; i < active; i++) gradient[hiddenBias + units[i]!]! += back[i]!;
  let j = 0;
  for (; j + 1 < inputs; j += 2) {
    const [a, b] = [weights[j]!, weights[j + 1]!];
    const [x, y] = [values[j]!, values[j + 1]!];
    for (let i = 0; i < active; i++) {
      const u = units[i]!;
      gradient[a + u]! += back[i]! * x;
      gradient[b + u]! += back[i]! * y;
    }
  }
  if (j < inputs) {
    const first = weights[j]!;
    const x = values[j]!;
    for (let i = 0; i < active; i++) gradient[first + units[i]!]! += back[i]! * x;
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
