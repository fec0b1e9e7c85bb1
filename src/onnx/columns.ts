/**
 * What `models/layout.ts` does with all columns of a row at once, in a graph.
 * Blocks of categories differ in width; filled up to the widest they are one
 * tensor [rows, blocks, widest], so that a softmax is one node for any number
 * of columns.
 */
import type { Span } from "../encode/span.ts";
import { arithmetic, type Graph, type Value } from "./graph.ts";

export interface Columns {
  /** How many spans are categories, and how many numbers. */
  readonly categories: number;
  readonly numeric: number;
  /** [1, width], 1 at numbers and 0 elsewhere; and the reverse. */
  readonly numericMask: Value;
  readonly categoryMask: Value;
  /** Numbers as a model emits them, 0 at categories; all through tanh, or only those that are bounded. */
  numbers(raw: Value, tanh?: "bounded" | "all"): Value;
  /** Softmax within each block; 0 at numbers. There must be a block, here and below. */
  probabilities(logits: Value): Value;
  /** The same of (logits + gumbel) / τ: a relaxed draw. @param gumbel [rows, width]. */
  relaxed(logits: Value, gumbel: Value, tau: number): Value;
  /** Codes [rows, blocks] drawn by their logits. @param u uniform on [0, 1), [rows, blocks]. */
  drawCodes(logits: Value, u: Value): Value;
  /** One-hot rows of codes, 0 at numbers. */
  oneHot(codes: Value): Value;
  /** One number a block, [rows, blocks], at every position of it; 0 at numbers. */
  spread(perBlock: Value): Value;
  /** Each block's sum at every position of it; 0 at numbers. */
  sums(of: Value): Value;
}

/** A logit that no other is below: its probability is 0. */
const nothing = -1e30;

export function columns(graph: Graph, spans: readonly Span[], width: number): Columns {
  const { add, sub, mul, matMul, less, columns: gather } = arithmetic(graph);
  const blocks = spans.filter(({ kind }) => kind === "category").toSorted((a, b) => a.start - b.start);
  const numbers = spans.filter(({ kind }) => kind === "numeric");
  const widest = Math.max(0, ...blocks.map((block) => block.width));
  const row = (of: readonly Span[]): Value => {
    const values = new Float32Array(width);
    for (const { start, width: own } of of) values.fill(1, start, start + own);
    return graph.constant(values, [1, width]);
  };
  /** For each position its block, and its place within it; −1 and block 0 at numbers. */
  const blockOf = Array.from({ length: width }, () => 0);
  const placeOf = Array.from({ length: width }, () => -1);
  blocks.forEach(({ start, width: own }, b) => {
    for (let k = 0; k < own; k++) [blockOf[start + k], placeOf[start + k]] = [b, k];
  });
  const [numericMask, categoryMask] = [row(numbers), row(blocks)];
  const onlyCategories = (of: Value): Value => (numbers.length === 0 ? of : mul(of, categoryMask));

  /** Probabilities [rows, blocks, widest]. */
  const softmax = (logits: Value): Value => {
    const filled = graph.node("Pad", [logits, graph.integers([0, 0, 0, 1]), graph.scalar(nothing)]);
    const places = blocks.flatMap(({ start, width: own }) =>
      Array.from({ length: widest }, (_, k) => (k < own ? start + k : width)),
    );
    const cube = graph.node("Reshape", [gather(filled, places), graph.integers([-1, blocks.length, widest])]);
    return graph.node("Softmax", [cube], { axis: 2 });
  };
  const probabilities = (logits: Value): Value => {
    const flat = graph.node("Reshape", [softmax(logits), graph.integers([-1, blocks.length * widest])]);
    const places = placeOf.map((k, at) => (k < 0 ? 0 : blockOf[at]! * widest + k));
    return onlyCategories(gather(flat, places));
  };

  const spread = (perBlock: Value): Value => onlyCategories(gather(perBlock, blockOf));

  return {
    categories: blocks.length,
    numeric: numbers.length,
    numericMask,
    categoryMask,
    numbers(raw, through = "bounded") {
      const bounded = through === "all" ? numbers : numbers.filter((span) => span.bounded);
      if (bounded.length === 0) return mul(raw, numericMask);
      const tanh = graph.node("Tanh", [raw]);
      if (bounded.length === numbers.length) return mul(tanh, numericMask);
      return add(mul(tanh, row(bounded)), mul(raw, row(numbers.filter((span) => !bounded.includes(span)))));
    },
    probabilities,
    relaxed: (logits, gumbel, tau) => probabilities(mul(add(logits, gumbel), 1 / tau)),
    drawCodes(logits, u) {
      const upTo = graph.node("CumSum", [softmax(logits), graph.node("Squeeze", [graph.integers([2])])]);
      // The last category takes what is left, whatever sums have lost to rounding.
      const beyond = graph.constant(
        blocks.flatMap(({ width: own }) => Array.from({ length: widest }, (_, k) => (k < own - 1 ? 0 : 2))),
        [1, blocks.length, widest],
      );
      const share = graph.node("Unsqueeze", [u, graph.integers([2])]);
      const passed = sub(1, less(share, add(upTo, beyond)));
      return graph.node("ReduceSum", [passed, graph.integers([2])], { keepdims: 0 });
    },
    oneHot(codes) {
      const own = gather(codes, blockOf);
      const same = graph.node("Equal", [own, graph.constant(placeOf, [1, width])]);
      return graph.node("Cast", [same], { to: 1 });
    },
    spread,
    sums(of) {
      const within = new Float32Array(width * blocks.length);
      blocks.forEach(({ start, width: own }, b) => {
        for (let k = 0; k < own; k++) within[(start + k) * blocks.length + b] = 1;
      });
      return spread(matMul(of, graph.constant(within, [width, blocks.length])));
    },
  };
}
