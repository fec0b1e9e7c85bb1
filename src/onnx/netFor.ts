/** Networks as `models/picture.ts` builds them, in a graph: of plain units, or of convolutions where rows hold a picture. */
import type { Activation } from "../engine/net.ts";
import { shapeOf, type NetPlan } from "../models/picture.ts";
import { network, type Network } from "./network.ts";
import { pictureNetwork } from "./pictureNetwork.ts";
import type { SamplingRequest } from "./sampling.ts";

export interface NetLook {
  readonly hidden: Activation;
  readonly residual?: boolean;
}

export function netFor(
  { graph, weights, convolutions }: Pick<SamplingRequest, "graph" | "weights" | "convolutions">,
  plan: NetPlan,
  look: NetLook,
): Network {
  if (convolutions === undefined)
    return network(graph, [plan.inputs, ...plan.hidden, plan.outputs], weights, look);
  return pictureNetwork(graph, shapeOf(convolutions, plan), weights, look);
}
