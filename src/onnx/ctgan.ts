/** Sampling of `models/ctgan.ts`: from noise and a condition to rows, each the last of a chain of `models/metropolis.ts`. */
import type { Span } from "../encode/span.ts";
import { fittedOf } from "../models/ctgan.ts";
import { modal, type Modal } from "../models/modal.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Choice, type Graph, type Value } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling } from "./sampling.ts";

export const ctganSampling: Sampling = ({ graph, spans, width: rowWidth, own, weights, fitted }) => {
  const { add, sub, mul, less, concat, columns: columnsAt } = arithmetic(graph);
  const { modes, counts } = fittedOf(
    spans,
    rowWidth,
    { state: { weights: [], fitted } },
    own.number("modes"),
  );
  const rewritten = modal(spans, rowWidth, modes);
  const { width } = rewritten;
  const columns = columnsOf(graph, rewritten.spans, width);
  const { categories } = columns;
  const [latent, chain] = [own.number("latent"), own.number("chain")];
  const sizes = [latent + width, ...own.sizes("generator"), width];
  const G = network(graph, sizes, weights, { hidden: "relu", residual: true });
  const nothing = Array.from({ length: width }, () => 0);
  const told = categories === 0 ? undefined : toldOf(graph, rewritten, counts, rowWidth);

  /** A row of the noise z and of as many uniform numbers as there are categories. */
  const made = (z: Value, u: Value | undefined): Value => {
    if (told === undefined || u === undefined) return columns.numbers(G.told(z, latent, nothing));
    const logits = G.forward(concat(z, told));
    return add(columns.numbers(logits), columns.oneHot(columns.drawCodes(logits, u)));
  };
  const first = made(
    graph.noise("normal", latent),
    told === undefined ? undefined : graph.noise("uniform", categories),
  );
  if (chain === 0) return decoded(graph, rewritten, rowWidth, first);

  const R = network(graph, [2 * width, ...own.sizes("ratio"), 1], weights, { hidden: "leakyRelu" });
  const ratioOf = (x: Value): Value =>
    told === undefined ? R.told(x, width, nothing) : R.forward(concat(x, told));
  const z = graph.noiseOf("normal", latent, chain);
  const uniforms = graph.noiseOf("uniform", categories + 1, chain);
  const [rows] = graph.loop(chain, [first, ratioOf(first)], (round, [last, lastRatio]) => {
    const u = uniforms(round);
    const drawing = categories === 0 ? undefined : columnsAt(u, Array.from({ length: categories }, (_, c) => c)); // prettier-ignore
    const next = made(z(round), drawing);
    const ratio = ratioOf(next);
    const atLeast = graph.node("Log", [graph.node("Max", [columnsAt(u, [categories]), graph.scalar(1e-7)])]);
    const taken = less(atLeast, sub(ratio, lastRatio!));
    const either = (one: Value, other: Value): Value => add(mul(taken, one), mul(sub(1, taken), other));
    return [either(next, last!), either(ratio, lastRatio!)];
  });
  return decoded(graph, rewritten, rowWidth, rows!);
};

/** What each row is told, one-hot: [rows, width]. */
function toldOf(
  graph: Graph,
  rewritten: Modal,
  counts: readonly (readonly number[])[],
  rowWidth: number,
): Value {
  const { width } = rewritten;
  const categories = rewritten.spans.filter(({ kind }) => kind === "category");
  const positions = categories.flatMap((span) =>
    Array.from({ length: span.width }, (_, k) => span.start + k),
  );
  const told = new Float32Array(positions.length * width);
  positions.forEach((at, choice) => (told[choice * width + at] = 1));
  const condition = graph.condition(choicesOf(categories, counts, rewritten, rowWidth));
  return graph.node("Gather", [graph.constant(told, [positions.length, width]), condition]);
}

/** Each category as likely as it comes up where a column is picked first, and then one of its categories by frequency. */
function choicesOf(
  categories: readonly Span[],
  counts: readonly (readonly number[])[],
  { copied }: Modal,
  rowWidth: number,
): readonly Choice[] {
  return categories.flatMap(({ start, column }, c) => {
    const total = counts[c]!.reduce((sum, count) => sum + count, 0);
    return counts[c]!.map((count, k): Choice => {
      const row = copied.subarray((start + k) * rowWidth, (start + k + 1) * rowWidth);
      const position = row.indexOf(1);
      return {
        probability: count / total / categories.length,
        column,
        is: position < 0 ? { mode: k } : { position },
      };
    });
  });
}

/** Rows of the model's own spans as encoded rows. */
function decoded(graph: Graph, rewritten: Modal, rowWidth: number, y: Value): Value {
  const { add, mul, matMul } = arithmetic(graph);
  const { width, copied, means, places, deviations } = rewritten;
  // No number was split, so nothing was rewritten.
  if (!places.some((value) => value !== 0)) return y;
  const back = (matrix: Float32Array): Value => matMul(y, graph.constant(matrix, [width, rowWidth]));
  const whole = copied.map((value, i) => value + means[i]!);
  return add(back(whole), mul(back(places), back(deviations)));
}
