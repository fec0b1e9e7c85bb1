/** A multilayer perceptron of `engine/net.ts` in a graph, from the weights that a saved model has. */
import type { Activation } from "../engine/net.ts";
import { Unfit } from "../models/state.ts";
import type { Graph, Value } from "./graph.ts";

/** Reads packed weights in the order in which they were packed. */
export interface Packed {
  /** The next so many. @throws Unfit where there are fewer. */
  take(count: number): Float32Array;
  /** @throws Unfit where some are left. */
  end(): void;
}

/** @param sets those of one network after another. */
export function packed(...sets: readonly Float32Array[]): Packed {
  const values = new Float32Array(sets.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const set of sets) {
    values.set(set, end);
    end += set.length;
  }
  let at = 0;
  const wrong = (): Unfit => new Unfit(`These ${values.length} weights are not of such a model.`);
  return {
    take(count) {
      if (at + count > values.length) throw wrong();
      return values.subarray(at, (at += count));
    },
    end() {
      if (at !== values.length) throw wrong();
    },
  };
}

export interface NetworkOptions {
  readonly hidden: Activation;
  readonly output?: Activation;
  readonly residual?: boolean;
}

export interface Network {
  /** [rows, in] to [rows, out]. */
  forward(x: Value): Value;
  /**
   * The same where, from input `from` on, inputs are `numbers` in every row: `x` has the others. What they bring is a
   * change of the first bias, so it costs nothing.
   */
  told(x: Value, from: number, numbers: readonly number[]): Value;
  /** The same in a loop, told other numbers in each `round`. */
  toldIn(round: Value, x: Value, from: number, numbers: readonly (readonly number[])[]): Value;
}

/** @param sizes as those of the net: [in, hidden…, out]. */
export function network(
  graph: Graph,
  sizes: readonly number[],
  weights: Packed,
  options: NetworkOptions,
): Network {
  const { hidden, output = "linear", residual = false } = options;
  const last = sizes.length - 2;
  const layers = sizes.slice(1).map((to, layer) => {
    const from = sizes[layer]!;
    return { w: weights.take(from * to), b: weights.take(to), from, to };
  });
  const values = layers.map(({ w, b, from, to }, layer) =>
    // The first layer comes in as many forms as it is told things.
    layer === 0 ? undefined : { w: graph.constant(w, [from, to]), b: graph.constant(b, [to]) },
  );
  const matrices = new Map<string, Value>();

  /** The first layer's weights without those of `count` inputs. */
  function without(from: number, count: number): Value {
    const key = `${from} ${count}`;
    const known = matrices.get(key);
    if (known !== undefined) return known;
    const { w, from: inputs, to } = layers[0]!;
    const left = new Float32Array((inputs - count) * to);
    left.set(w.subarray(0, from * to));
    left.set(w.subarray((from + count) * to), from * to);
    const made = graph.constant(left, [inputs - count, to]);
    matrices.set(key, made);
    return made;
  }

  function biasTold(from: number, numbers: readonly number[]): Float64Array {
    const { w, b, to } = layers[0]!;
    const sums = Float64Array.from(b);
    numbers.forEach((number, i) => {
      for (let k = 0; k < to; k++) sums[k]! += number * w[(from + i) * to + k]!;
    });
    return sums;
  }

  function through(x: Value, first: () => { readonly w: Value; readonly b: Value }): Value {
    let h = x;
    for (let layer = 0; layer <= last; layer++) {
      const { w, b } = values[layer] ?? first();
      const out = activated(graph, graph.node("Gemm", [h, w, b]), layer === last ? output : hidden);
      const same = residual && layer > 0 && layer < last && sizes[layer] === sizes[layer + 1];
      h = same ? graph.node("Add", [h, out]) : out;
    }
    return h;
  }

  const width = layers[0]!.to;
  const told = (x: Value, from: number, numbers: readonly number[]): Value =>
    through(x, () => ({
      w: without(from, numbers.length),
      b: graph.constant(biasTold(from, numbers), [width]),
    }));
  return {
    told,
    forward: (x) => told(x, 0, []),
    toldIn: (round, x, from, numbers) =>
      through(x, () => {
        const biases = numbers.flatMap((each) => [...biasTold(from, each)]);
        const table = graph.constant(biases, [numbers.length, width]);
        return { w: without(from, numbers[0]!.length), b: graph.node("Gather", [table, round], { axis: 0 }) };
      }),
  };
}

export function activated(graph: Graph, x: Value, activation: Activation): Value {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return graph.node("Relu", [x]);
    case "leakyRelu":
      return graph.node("LeakyRelu", [x], { alpha: { float: 0.2 } });
    case "tanh":
      return graph.node("Tanh", [x]);
    case "sigmoid":
      return graph.node("Sigmoid", [x]);
    case "silu":
      return graph.node("Mul", [x, graph.node("Sigmoid", [x])]);
    default:
      activation satisfies never;
      return x;
  }
}
