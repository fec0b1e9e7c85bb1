/** Sampling of `models/diffusion.ts`: Heun's steps along the noise, categories unmasked on the way. */
import { describeLevel, sigmaAt, sigmaMax } from "../models/diffusion.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling } from "./sampling.ts";
import { waves } from "./waves.ts";

export const diffusionSampling: Sampling = ({ graph, spans, width, own, weights }) => {
  const { add, sub, mul, div, less } = arithmetic(graph);
  const columns = columnsOf(graph, spans, width);
  const { numericMask } = columns;
  const features = waves(graph, spans, width, own.number("octaves"));
  const clean = own.choice("predicts") === "clean";
  const sizes = [features.width + describeLevel(0).length, ...own.sizes("hidden"), width];
  const net = network(graph, sizes, weights, { hidden: "silu" });
  const steps = own.number("samplingSteps");

  /** F_θ and D_θ at a noise level. @param known categories, where any is decided yet. */
  function denoise(at: Value, known: Value | undefined, sigma: number): { f: Value; d: Value } {
    const c = 1 / Math.sqrt(sigma * sigma + 1);
    const seen = mul(at, c);
    const input = features.of(known === undefined ? seen : add(seen, known));
    const f = net.told(input, features.width, describeLevel(Math.log(sigma) / 4));
    const row = clean ? f : add(mul(at, c * c), mul(f, sigma * c));
    return { f, d: mul(row, numericMask) };
  }

  let x = mul(mul(graph.noise("normal", width), sigmaMax), numericMask);
  let known: Value | undefined;
  /** 1 at blocks that are not decided, [rows, blocks]; all of them at first. */
  let open: Value | undefined;

  function decide(logits: Value, share: number): void {
    const codes = columns.drawCodes(logits, graph.noise("uniform", columns.categories));
    const decided = less(graph.noise("uniform", columns.categories), share);
    const now = open === undefined ? decided : mul(decided, open);
    const filled = mul(columns.oneHot(codes), columns.spread(now));
    known = known === undefined ? filled : add(known, filled);
    open = sub(open ?? 1, now);
  }

  for (let i = 0; i < steps; i++) {
    const [t, s] = [1 - i / steps, 1 - (i + 1) / steps];
    const sigmaT = sigmaAt(t);
    const sigmaS = i === steps - 1 ? 0 : sigmaAt(s);
    const { f, d } = denoise(x, known, sigmaT);
    if (columns.categories > 0) decide(f, (t - s) / t);
    if (columns.numeric === 0) continue;
    const slope = div(sub(x, d), sigmaT);
    const euler = add(x, mul(slope, sigmaS - sigmaT));
    if (sigmaS === 0) x = euler;
    else {
      const ahead = div(sub(euler, denoise(euler, known, sigmaS).d), sigmaS);
      x = add(x, mul(add(slope, ahead), (sigmaS - sigmaT) / 2));
    }
  }
  return known === undefined ? x : add(x, known);
};
