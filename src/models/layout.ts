/**
 * Spans as matrices, so that one product serves all columns at once: walking
 * the spans with a slice and a softmax each would cost dozens of small
 * operations a step.
 */
import type { Span } from "../encode/span.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  clipByValue,
  customGrad,
  div,
  exp,
  keep,
  log,
  matMul,
  mul,
  step,
  sub,
  tanh,
  tensor2d,
  tidy,
  transpose,
} from "../engine/tf.ts";
import type { Rows, Tensor } from "../engine/tf.ts";

export interface Layout {
  readonly width: number;
  /** How many spans are numeric, and how many are categories. */
  readonly numeric: number;
  readonly categories: number;
  /** [1, width], 1 at numeric positions and 0 elsewhere; and the reverse. */
  readonly numericMask: Rows;
  readonly categoryMask: Rows;
  /** [categories, width]: row c is 1 over the c-th category span. Spreads one number a span over its positions. */
  readonly spread: Rows;
  /** ln softmax within each category span; 0 at numeric positions. */
  logProbabilities(logits: Rows): Rows;
  /** Softmax within each category span; 0 at numeric positions. */
  probabilities(logits: Rows): Rows;
  /** Numeric positions as a model emits them, `bounded` ones through tanh; 0 at category positions. */
  numbers(raw: Rows): Rows;
  /** A relaxed one-hot draw within each category span (Jang et al. 2017), sharper as τ falls. */
  gumbelSoftmax(logits: Rows, tau: number, random: TensorRandom): Rows;
  /** One-hot draws from `probabilities`; 0 at numeric positions. */
  draw(probabilities: Rows, random: TensorRandom): Rows;
  dispose(): void;
}

/** Logits beyond this are certainties; e^40 and its sums are still far inside float32. */
const certain = 40;

/** Clamps the value and lets the gradient through, so that a saturated logit can still come back. */
const clamp = customGrad((x) => ({
  value: clipByValue(x as Tensor, -certain, certain),
  gradFunc: (dy: Tensor) => dy,
})) as (x: Tensor) => Rows;

export function layout(spans: readonly Span[], width: number): Layout {
  const categorySpans = spans.filter((span) => span.kind === "category");
  const numericSpans = spans.filter((span) => span.kind === "numeric");
  const mask = (of: readonly Span[]): Rows => {
    const values = new Float32Array(width);
    for (const span of of) values.fill(1, span.start, span.start + span.width);
    return tensor2d(values, [1, width]);
  };
  const numericMask = mask(numericSpans);
  const categoryMask = mask(categorySpans);
  const boundedSpans = numericSpans.filter((span) => span.bounded);
  const boundedMask = mask(boundedSpans);

  const categories = categorySpans.length;
  const spreadValues = new Float32Array(Math.max(1, categories) * width);
  categorySpans.forEach((span, c) =>
    spreadValues.fill(1, c * width + span.start, c * width + span.start + span.width),
  );
  const spread = tensor2d(spreadValues, [Math.max(1, categories), width]);
  const gather = tidy(() => keep(transpose(spread))) as Rows;
  /** Sums within a span, back at every position of it; 1 at numeric positions, so that it can divide. */
  const totals = (x: Rows): Rows => add(matMul(matMul(x, gather), spread), numericMask);

  /** Column j sums its span's positions up to and with j; made when first drawn from. */
  let running: Rows | undefined;
  const cumulate = (): Rows => {
    if (running === undefined) {
      const values = new Float32Array(width * width);
      for (const { start, width: k } of categorySpans)
        for (let i = start; i < start + k; i++) values.fill(1, i * width + i, i * width + start + k);
      running = keep(tensor2d(values, [width, width]));
    }
    return running;
  };

  const self: Layout = {
    width,
    numeric: numericSpans.length,
    categories,
    numericMask,
    categoryMask,
    spread,
    logProbabilities(logits) {
      const held = clamp(logits);
      return mul(sub(held, log(totals(exp(held)))), categoryMask);
    },
    probabilities(logits) {
      const weights = exp(clamp(logits));
      return mul(div(weights, totals(weights)), categoryMask);
    },
    numbers(raw) {
      if (boundedSpans.length === 0) return mul(raw, numericMask);
      const emitted =
        boundedSpans.length === numericSpans.length
          ? tanh(raw)
          : add(mul(tanh(raw), boundedMask), mul(raw, sub(1, boundedMask)));
      return mul(emitted as Rows, numericMask);
    },
    gumbelSoftmax(logits, tau, random) {
      const gumbel = random.gumbel(logits.shape[0], width);
      // Softmax of (ln p) / τ: starting from log-probabilities, no exponent is above 0.
      const sharpened = exp(mul(self.logProbabilities(add(logits, gumbel) as Rows), 1 / tau)) as Rows;
      return mul(div(sharpened, totals(mul(sharpened, categoryMask))), categoryMask);
    },
    draw(probabilities, random) {
      const rows = probabilities.shape[0];
      const upTo = matMul(probabilities, cumulate());
      // Below 1 by more than rounding, so that the last category always reaches it.
      const u = add(mul(random.uniform(rows, Math.max(1, categories)), 0.9999), 5e-5) as Rows;
      const threshold = matMul(u, spread);
      const reached = step(sub(upTo, threshold));
      const reachedBefore = step(sub(sub(upTo, probabilities), threshold));
      return mul(sub(reached, reachedBefore), categoryMask);
    },
    dispose() {
      for (const tensor of [numericMask, categoryMask, boundedMask, spread, gather]) tensor.dispose();
      running?.dispose();
    },
  };
  return self;
}
