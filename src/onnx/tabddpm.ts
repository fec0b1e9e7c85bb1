/** Sampling of `models/tabddpm.ts`: from level to level, the noise of numbers taken away and categories changed back. */
import { featuresOf, furthest, keptShares, nearlyNever } from "../models/tabddpm.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling } from "./sampling.ts";

/** From level t to s, shares of a row that is left there, in the paper's letters ᾱ_t and ᾱ_s. */
interface Visit {
  readonly features: readonly number[];
  readonly now: number;
  readonly before: number;
}

/** Visits that are written once: lists have an entry for each, and a round of the loop takes its own. */
interface Visits {
  readonly all: readonly Visit[];
  by(numbers: readonly number[]): Value;
  told(x: Value): Value;
  /** Normals [rows, width], for all but the last visit; uniforms [rows, categories]. */
  readonly normal: Value | undefined;
  readonly uniform: Value | undefined;
}

export const tabDdpmSampling: Sampling = ({ graph, spans, width, own, weights }) => {
  const { add, sub, mul, div } = arithmetic(graph);
  const columns = columnsOf(graph, spans, width);
  const { categories, numericMask, categoryMask } = columns;
  const T = own.number("levels");
  const kept = keptShares(T);
  const count = Math.min(own.number("samplingSteps"), T);
  const visits = Array.from({ length: count }, (_, i): Visit => {
    const [t, s] = [0, 1].map((k) => Math.round((T * (count - i - k)) / count)) as [number, number];
    return { features: featuresOf(t / T), now: kept[t]!, before: kept[s]! };
  });
  const sizes = [width + visits[0]!.features.length, ...own.sizes("hidden"), width];
  const net = network(graph, sizes, weights, { hidden: "silu", residual: true });
  const evenly = graph.constant(evenShares(), [1, width]);
  const drawn = (logits: Value, u: Value): Value => columns.oneHot(columns.drawCodes(logits, u));

  /** 1/K over a category of K values, 0 at numbers. */
  function evenShares(): Float32Array {
    const shares = new Float32Array(width);
    for (const { kind, start, width: values } of spans)
      if (kind === "category") shares.fill(1 / values, start, start + values);
    return shares;
  }

  function visit(x: Value, { all, by, told, normal, uniform }: Visits): Value {
    const each = (of: (visit: Visit) => number): Value => by(all.map(of));
    const f = told(x);
    const guess = div(
      sub(
        x,
        mul(
          f,
          each(({ now }) => Math.sqrt(1 - now)),
        ),
      ),
      each(({ now }) => Math.sqrt(now)),
    );
    const start = graph.node("Clip", [guess, graph.scalar(-furthest), graph.scalar(furthest)]);
    const alpha = ({ now, before }: Visit): number => now / before;
    const middle = add(
      mul(
        start,
        each((of) => (Math.sqrt(of.before) * (1 - alpha(of))) / (1 - of.now)),
      ),
      mul(
        x,
        each((of) => (Math.sqrt(alpha(of)) * (1 - of.before)) / (1 - of.now)),
      ),
    );
    const spread = each((of) => Math.sqrt(((1 - alpha(of)) * (1 - of.before)) / (1 - of.now)));
    const fresh = normal === undefined ? middle : add(middle, mul(normal, spread));
    const numbers = mul(fresh, numericMask);
    if (uniform === undefined) return numbers;
    /** Where a category may have come from (eq. 8), before it is scaled to 1. */
    const mixed = (of: Value, share: (visit: Visit) => number): Value =>
      add(mul(of, each(share)), mul(evenly, each((visit) => 1 - share(visit)))); // prettier-ignore
    const p = mul(
      mixed(mul(x, categoryMask), alpha),
      mixed(columns.probabilities(f), ({ before }) => before),
    );
    const logits = graph.node("Log", [graph.node("Max", [p, graph.scalar(nearlyNever)])]);
    return add(numbers, drawn(logits, uniform));
  }

  const noise = mul(graph.noise("normal", width), numericMask);
  let x = categories === 0 ? noise : add(noise, drawn(mul(noise, 0), graph.noise("uniform", categories)));
  const last = count - 1;
  if (last > 0) {
    const all = visits.slice(0, last);
    const normals = graph.noiseOf("normal", width, last);
    const uniforms = categories === 0 ? undefined : graph.noiseOf("uniform", categories, last);
    const told = all.map(({ features }) => features);
    [x] = graph.loop(last, [x], (round, [from]) => [
      visit(from!, {
        all,
        by: (numbers) => graph.node("Gather", [graph.constant(numbers, [last]), round], { axis: 0 }),
        told: (at) => net.toldIn(round, at, width, told),
        normal: normals(round),
        uniform: uniforms?.(round),
      }),
    ]) as [Value];
  }
  return visit(x, {
    all: visits.slice(last),
    by: ([number]) => graph.scalar(number!),
    told: (at) => net.told(at, width, visits[last]!.features),
    normal: undefined,
    uniform: categories === 0 ? undefined : graph.noise("uniform", categories),
  });
};
