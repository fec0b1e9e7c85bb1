/** Sampling of `models/gan.ts`: one pass from noise to rows. */
import type { Sampling } from "./sampling.ts";
import { columns } from "./columns.ts";
import { netFor } from "./netFor.ts";
import type { Activation } from "../engine/net.ts";

export const ganSampling: Sampling = (request) => {
  const { graph, spans, width, own } = request;
  const { categories, numbers, relaxed } = columns(graph, spans, width);
  const latent = own.number("latent");
  const plan = { inputs: latent, hidden: own.sizes("generator"), outputs: width, sees: [], makes: true };
  const G = netFor(request, plan, { hidden: own.choice("activation") as Activation });
  const raw = G.forward(graph.noise("normal", latent));
  const emitted = numbers(raw, own.choice("output") === "tanh" ? "all" : "bounded");
  if (categories === 0) return emitted;
  return graph.node("Add", [emitted, relaxed(raw, graph.noise("gumbel", width), own.number("tau"))]);
};
