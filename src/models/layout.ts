/**
 * What models ask of the columns of a row, all at once: one kernel over spans
 * serves every column, where a slice and a softmax each would cost dozens of
 * small operations a step.
 */
import type { Span } from "../encode/span.ts";
import { spanDraw, spanOneHot } from "../engine/fused/spanCodes.ts";
import { spanCrossEntropy } from "../engine/fused/spanCrossEntropy.ts";
import { spanGumbelSoftmax, spanSoftmax } from "../engine/fused/spanSoftmax.ts";
import type { Emission } from "../engine/fused/spanSoftmax.ts";
import { spanDense } from "../engine/fused/spanDense.ts";
import type { Layer } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { spansOf } from "../engine/spans.ts";
import { add, mul, sub, tanh, tensor2d } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";

export interface Layout {
  readonly width: number;
  /** How many spans are numeric, and how many are categories. */
  readonly numeric: number;
  readonly categories: number;
  /** [1, width], 1 at numeric positions and 0 elsewhere; and the reverse. */
  readonly numericMask: Rows;
  readonly categoryMask: Rows;
  /**
   * [categories, width]: row c is 1 over the c-th category span. Spreads one number a span over its positions. Made when
   * first asked for: it grows with the square of the columns.
   */
  readonly spread: Rows;
  /**
   * −Σ t ln p of each category span, [rows, categories], for targets t [rows, width], or codes [rows, categories]
   * of the true categories; each times its weight, [rows, categories], where weights are given.
   */
  crossEntropy(targets: Rows, logits: Rows, weights?: Rows): Rows;
  /** Softmax within each category span; 0 at numeric positions. */
  probabilities(logits: Rows): Rows;
  /** Numeric positions as a model emits them, `bounded` ones through tanh; 0 at category positions. */
  numbers(raw: Rows): Rows;
  /**
   * A relaxed one-hot draw within each category span (Jang et al. 2017), sharper as τ falls. Numeric positions
   * are 0 ("none"), as `numbers` has them ("stated"), or all through tanh.
   */
  gumbelSoftmax(logits: Rows, tau: number, random: TensorRandom, numbers?: Emission): Rows;
  /** Categories drawn by their logits: codes [rows, categories], any where they are not `asked` for, [rows, categories]. */
  drawCodes(logits: Rows, random: TensorRandom, asked?: Rows): Rows;
  /** The same one-hot, 0 at numeric positions. */
  draw(logits: Rows, random: TensorRandom): Rows;
  /** A net's last layer that need not work out but the logits of the categories that are `asked` for, [rows, categories]. */
  logitsOf(asked: Rows): Layer;
  /** One-hot rows of codes, each category times its weight, [rows, categories], where weights are given. */
  oneHot(codes: Rows, weights?: Rows): Rows;
  dispose(): void;
}

/** @param spans of a row of `width` positions, none upon another. */
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
  const kindOf = (span: Span): "oneHot" | "bounded" | "linear" =>
    span.kind === "category" ? "oneHot" : span.bounded ? "bounded" : "linear";
  const of = spansOf(
    width,
    spans.map((span) => ({ kind: kindOf(span), start: span.start, width: span.width })),
  );

  const self: Layout = {
    width,
    numeric: numericSpans.length,
    categories,
    numericMask,
    categoryMask,
    get spread() {
      return of.spread();
    },
    crossEntropy: (targets, logits, weights) => spanCrossEntropy(logits, targets, of, weights),
    probabilities: (logits) => spanSoftmax(logits, of),
    numbers(raw) {
      if (boundedSpans.length === 0) return mul(raw, numericMask);
      const emitted =
        boundedSpans.length === numericSpans.length
          ? tanh(raw)
          : add(mul(tanh(raw), boundedMask), mul(raw, sub(1, boundedMask)));
      return mul(emitted as Rows, numericMask);
    },
    gumbelSoftmax: (logits, tau, noise, numbers = "none") =>
      spanGumbelSoftmax(logits, of, { tau, noise, numbers }),
    drawCodes: (logits, random, asked) =>
      spanDraw(logits, of, random.uniform(logits.shape[0], categories), asked),
    draw: (logits, random) => self.oneHot(self.drawCodes(logits, random)),
    logitsOf: (asked) => (x, w, b) => spanDense(x, w, b, asked, of),
    oneHot: (codes, weights) => spanOneHot(codes, of, weights),
    dispose() {
      for (const part of [numericMask, categoryMask, boundedMask, of]) part.dispose();
    },
  };
  return self;
}
