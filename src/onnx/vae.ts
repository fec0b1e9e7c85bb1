/** Sampling of `models/vae.ts`: z through the decoder, with the learned spread around its numbers. */
import type { Activation } from "../engine/net.ts";
import { choiceOf, componentsOf } from "../models/mixture.ts";
import { narrowest } from "../models/vae.ts";
import { columns } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { netFor } from "./netFor.ts";
import type { Sampling, SamplingRequest } from "./sampling.ts";

export const vaeSampling: Sampling = (request) => {
  const { graph, spans, width, own, weights } = request;
  const { add, mul, div } = arithmetic(graph);
  const { categories, numbers, numericMask, probabilities, sums } = columns(graph, spans, width);
  const latent = own.number("latent");
  const hidden = own.sizes("hidden").toReversed();
  const plan = { inputs: latent, hidden, outputs: width, sees: [], makes: true };
  const decoder = netFor(request, plan, { hidden: own.choice("activation") as Activation });
  const pixels = own.choice("likelihood") === "bernoulli";
  const rhos = pixels ? new Float32Array() : weights.take(width);
  const y = decoder.forward(latents(request));
  if (pixels) {
    const p = graph.node("Sigmoid", [y]);
    if (categories === 0) return p;
    return div(p, graph.node("Max", [add(sums(p), numericMask), graph.scalar(1e-12)]));
  }
  const spread = rhos.map((rho) => (Math.exp(rho) + narrowest) * own.number("spread"));
  const drawn = mul(graph.noise("normal", width), graph.constant(spread, [1, width]));
  const rows = add(numbers(y), mul(drawn, numericMask));
  return categories === 0 ? rows : add(rows, probabilities(y));
};

/** z of `models/mixture.ts`. */
function latents({ graph, own, weights, fitted }: SamplingRequest): Value {
  const { add, mul, matMul } = arithmetic(graph);
  const latent = own.number("latent");
  const components = componentsOf(own.number("components"), { state: { weights: [], fitted } });
  const normal = graph.noise("normal", latent);
  if (components === 1) return normal;
  const [means, scales] = [weights.take(components * latent), weights.take(components * latent)];
  const choice = columns(graph, choiceOf(components), components);
  const u = graph.noise("uniform", 1);
  // One row of logits for as many rows as there are of u.
  const logits = add(mul(u, 0), graph.constant(weights.take(components), [1, components]));
  const which = choice.oneHot(choice.drawCodes(logits, u));
  const of = (values: Float32Array): Value => matMul(which, graph.constant(values, [components, latent]));
  return add(of(means), mul(normal, of(scales.map(Math.exp))));
}
