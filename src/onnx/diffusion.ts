/** Sampling of `models/diffusion.ts`: Heun's steps along the noise, categories unmasked on the way. */
import { describeLevel, sigmaAt, sigmaMax } from "../models/diffusion.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { netFor } from "./netFor.ts";
import type { Sampling } from "./sampling.ts";
import { waves } from "./waves.ts";

/** Steps that are written once: lists have an entry for each, and a round of the loop takes its own. */
interface Steps {
  readonly sigmas: readonly number[];
  /** The noise levels that they lead to; undefined for the last step, which leads to none. */
  readonly next: readonly number[] | undefined;
  /** Of the categories that are open, the share that is decided. */
  readonly shares: readonly number[];
  by(numbers: readonly number[]): Value;
  /** The network, told noise levels. */
  told(x: Value, levels: readonly (readonly number[])[]): Value;
  /** Uniforms of a step, [rows, 2 · categories]. */
  uniforms(): Value;
}

export const diffusionSampling: Sampling = (request) => {
  const { graph, spans, width, own } = request;
  const { add, sub, mul, div, less, columns: gather } = arithmetic(graph);
  const columns = columnsOf(graph, spans, width);
  const { categories, numericMask } = columns;
  const features = waves(graph, spans, width, own.number("octaves"));
  const clean = own.choice("predicts") === "clean";
  const inputs = features.width + describeLevel(0).length;
  const plan = { inputs, hidden: own.sizes("hidden"), outputs: width, sees: [0], makes: true };
  const net = netFor(request, plan, { hidden: "silu" });
  const steps = own.number("samplingSteps");

  /** F_θ, and D_θ of its numbers, at noise levels of those steps. */
  function denoise(x: Value, known: Value, sigmas: readonly number[], { by, told }: Steps) {
    const c = sigmas.map((sigma) => 1 / Math.sqrt(sigma * sigma + 1));
    const levels = sigmas.map((sigma) => describeLevel(Math.log(sigma) / 4));
    const f = told(features.of(add(mul(x, by(c)), known)), levels);
    const skipped = mul(x, by(c.map((each) => each * each)));
    const row = clean ? f : add(skipped, mul(f, by(c.map((each, i) => each * sigmas[i]!))));
    return { f, d: mul(row, numericMask) };
  }

  /** Noisy numbers, known categories, and 1 at blocks [rows, blocks] that are still open. */
  function advance([x, known, open]: readonly Value[], of: Steps): readonly Value[] {
    const { sigmas, next, shares, by } = of;
    const { f, d } = denoise(x!, known!, sigmas, of);
    let [filled, left] = [known!, open];
    if (categories > 0) {
      const u = of.uniforms();
      const part = (from: number): Value =>
        gather(
          u,
          Array.from({ length: categories }, (_, k) => from + k),
        );
      const now = mul(less(part(categories), by(shares)), open!);
      filled = add(filled, mul(columns.oneHot(columns.drawCodes(f, part(0))), columns.spread(now)));
      left = sub(open!, now);
    }
    const rest = left === undefined ? [filled] : [filled, left];
    if (columns.numeric === 0) return [x!, ...rest];
    const slope = div(sub(x!, d), by(sigmas));
    const way = by(sigmas.map((sigma, i) => (next?.[i] ?? 0) - sigma));
    const euler = add(x!, mul(slope, way));
    if (next === undefined) return [euler, ...rest];
    const ahead = div(sub(euler, denoise(euler, filled, next, of).d), by(next));
    return [add(x!, mul(add(slope, ahead), mul(way, 0.5))), ...rest];
  }

  const times = Array.from({ length: steps + 1 }, (_, i) => 1 - i / steps);
  const sigmas = times.slice(0, -1).map(sigmaAt);
  const shares = sigmas.map((_, i) => (times[i]! - times[i + 1]!) / times[i]!);
  const x = mul(mul(graph.noise("normal", width), sigmaMax), numericMask);
  const nothing = mul(x, 0);
  const all = add(
    gather(
      nothing,
      Array.from({ length: categories }, () => 0),
    ),
    1,
  );
  let state: readonly Value[] = categories > 0 ? [x, nothing, all] : [x, nothing];
  const last = steps - 1;
  if (last > 0) {
    const drawn = categories > 0 ? graph.noiseOf("uniform", 2 * categories, last) : undefined;
    state = graph.loop(last, state, (round, from) =>
      advance(from, {
        sigmas: sigmas.slice(0, last),
        next: sigmas.slice(1),
        shares: shares.slice(0, last),
        by: (numbers) => graph.node("Gather", [graph.constant(numbers, [last]), round], { axis: 0 }),
        told: (input, levels) => net.toldIn(round, input, features.width, levels),
        uniforms: () => drawn!(round),
      }),
    );
  }
  const [end, known] = advance(state, {
    sigmas: sigmas.slice(last),
    next: undefined,
    shares: shares.slice(last),
    by: ([number]) => graph.scalar(number!),
    told: (input, [level]) => net.told(input, features.width, level!),
    uniforms: () => graph.noise("uniform", 2 * categories),
  });
  return add(end!, known!);
};
