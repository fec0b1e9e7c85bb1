/** Sampling of `models/autoencoder.ts`: the net's answer to pure noise. */
import type { Activation } from "../engine/net.ts";
import { columns } from "./columns.ts";
import { arithmetic } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling } from "./sampling.ts";

export const autoencoderSampling: Sampling = ({ graph, spans, width, own, weights }) => {
  const { add, mul } = arithmetic(graph);
  const { categories, numericMask, probabilities } = columns(graph, spans, width);
  const sizes = [width, ...own.sizes("hidden"), width];
  const output = own.choice("output") as Activation;
  const answer = network(graph, sizes, weights, { hidden: "relu", output }).forward(
    graph.noise("normal", width),
  );
  return categories === 0 ? answer : add(mul(answer, numericMask), probabilities(answer));
};
