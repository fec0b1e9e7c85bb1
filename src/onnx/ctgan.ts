/** Sampling of `models/ctgan.ts`: one pass from noise and a condition to rows. */
import type { Span } from "../encode/span.ts";
import { fittedOf } from "../models/ctgan.ts";
import { modal, type Modal } from "../models/modal.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Choice, type Graph, type Value } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling } from "./sampling.ts";

export const ctganSampling: Sampling = ({ graph, spans, width: rowWidth, own, weights, fitted }) => {
  const { add, concat } = arithmetic(graph);
  const { modes, counts } = fittedOf(
    spans,
    rowWidth,
    { state: { weights: [], fitted } },
    own.number("modes"),
  );
  const rewritten = modal(spans, rowWidth, modes);
  const { width } = rewritten;
  const columns = columnsOf(graph, rewritten.spans, width);
  const latent = own.number("latent");
  const sizes = [latent + width, ...own.sizes("generator"), width];
  const G = network(graph, sizes, weights, { hidden: "relu", residual: true });
  const z = graph.noise("normal", latent);

  if (columns.categories === 0) {
    const nothing = Array.from({ length: width }, () => 0);
    return decoded(graph, rewritten, rowWidth, columns.numbers(G.told(z, latent, nothing)));
  }
  const categories = rewritten.spans.filter(({ kind }) => kind === "category");
  const positions = categories.flatMap((span) =>
    Array.from({ length: span.width }, (_, k) => span.start + k),
  );
  const told = new Float32Array(positions.length * width);
  positions.forEach((at, choice) => (told[choice * width + at] = 1));
  const condition = graph.condition(choicesOf(categories, counts, rewritten, rowWidth));
  const which = graph.node("Gather", [graph.constant(told, [positions.length, width]), condition]);
  const logits = G.forward(concat(z, which));
  const codes = columns.drawCodes(logits, graph.noise("uniform", columns.categories));
  return decoded(graph, rewritten, rowWidth, add(columns.numbers(logits), columns.oneHot(codes)));
};

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
