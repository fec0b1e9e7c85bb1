/** Sampling of `models/vae.ts`: z through the decoder, with the learned spread around its numbers. */
import type { Activation } from "../engine/net.ts";
import { narrowest } from "../models/vae.ts";
import { columns } from "./columns.ts";
import { arithmetic } from "./graph.ts";
import { netFor } from "./netFor.ts";
import type { Sampling } from "./sampling.ts";

export const vaeSampling: Sampling = (request) => {
  const { graph, spans, width, own, weights } = request;
  const { add, mul, div } = arithmetic(graph);
  const { categories, numbers, numericMask, probabilities, sums } = columns(graph, spans, width);
  const latent = own.number("latent");
  const hidden = own.sizes("hidden").toReversed();
  const plan = { inputs: latent, hidden, outputs: width, sees: [], makes: true };
  const decoder = netFor(request, plan, { hidden: own.choice("activation") as Activation });
  const y = decoder.forward(graph.noise("normal", latent));
  if (own.choice("likelihood") === "bernoulli") {
    const p = graph.node("Sigmoid", [y]);
    if (categories === 0) return p;
    return div(p, graph.node("Max", [add(sums(p), numericMask), graph.scalar(1e-12)]));
  }
  const spread = weights.take(width).map((rho) => (Math.exp(rho) + narrowest) * own.number("spread"));
  const drawn = mul(graph.noise("normal", width), graph.constant(spread, [1, width]));
  const rows = add(numbers(y), mul(drawn, numericMask));
  return categories === 0 ? rows : add(rows, probabilities(y));
};
