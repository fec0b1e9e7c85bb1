/** The Fourier features of `models/waves.ts` in a graph. */
import type { Span } from "../encode/span.ts";
import { frequencies } from "../models/waves.ts";
import { arithmetic, type Graph, type Value } from "./graph.ts";

export interface Waves {
  readonly width: number;
  of(x: Value): Value;
}

export function waves(graph: Graph, spans: readonly Span[], width: number, octaves: number): Waves {
  const { values, count } = frequencies(spans, width, octaves);
  if (count === 0) return { width, of: (x) => x };
  const { matMul, concat } = arithmetic(graph);
  const matrix = graph.constant(values, [width, count]);
  return {
    width: width + 2 * count,
    of(x) {
      const phases = matMul(x, matrix);
      return concat(x, graph.node("Sin", [phases]), graph.node("Cos", [phases]));
    },
  };
}
