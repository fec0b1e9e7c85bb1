/** Sampling of `models/ddgan.ts`: its few steps, one after another. */
import { jumps, type Schedule } from "../models/jumps.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { netFor } from "./netFor.ts";
import type { Sampling } from "./sampling.ts";
import { waves } from "./waves.ts";

export const ddganSampling: Sampling = (request) => {
  const { graph, spans, width, own } = request;
  const { add, sub, mul, concat } = arithmetic(graph);
  const columns = columnsOf(graph, spans, width);
  const { categories, categoryMask } = columns;
  const [steps, latent, tau] = [own.number("steps"), own.number("latent"), own.number("tau")];
  const features = waves(graph, spans, width, own.number("octaves"));
  const inputs = features.width + steps + latent;
  const plan = { inputs, hidden: own.sizes("generator"), outputs: width, sees: [0], makes: true };
  const G = netFor(request, plan, { hidden: "silu", residual: true });
  const schedule = jumps(steps, own.choice("schedule") as Schedule);

  /** The guess at x₀ from x_{t+1}; the last one draws categories themselves. */
  function generate(x: Value, t: number): Value {
    const z = graph.noise("normal", latent);
    const when = Array.from({ length: steps }, (_, k) => (k === t ? 1 : 0));
    const raw = G.told(concat(features.of(x), z), features.width, when);
    const numbers = columns.numbers(raw);
    if (categories === 0) return numbers;
    const drawn =
      t === 0
        ? columns.oneHot(columns.drawCodes(raw, graph.noise("uniform", categories)))
        : columns.relaxed(raw, graph.noise("gumbel", width), tau);
    // Categories are diffused at −1 and +1.
    return sub(mul(add(numbers, drawn), add(categoryMask, 1)), categoryMask);
  }

  let x = graph.noise("normal", width);
  for (let t = steps - 1; t >= 0; t--) {
    const { fromClean, fromNoisy, spread } = schedule[t]!;
    const clean = generate(x, t);
    x =
      t === 0
        ? clean
        : add(add(mul(clean, fromClean), mul(x, fromNoisy)), mul(graph.noise("normal", width), spread));
  }
  if (categories === 0) return x;
  const half = mul(categoryMask, 0.5);
  return add(mul(x, sub(1, half)), half);
};
