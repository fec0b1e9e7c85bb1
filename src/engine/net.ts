/** A multilayer perceptron, built from its list of sizes. */
import { dense } from "./fused/dense.ts";
import { silu } from "./fused/silu.ts";
import type { TensorRandom } from "./noise.ts";
import { add, leakyRelu, relu, sigmoid, tanh, tensor1d, tensor2d, variable } from "./tf.ts";
import type { Rows, Tensor, Tensor1D, Variable } from "./tf.ts";

export type Activation = "linear" | "relu" | "leakyRelu" | "tanh" | "sigmoid" | "silu";

/** From what comes in, [rows, in], a layer's weights [in, out] and its bias: [rows, out] before its activation. */
export type Layer = (x: Rows, w: Rows, b: Tensor1D) => Rows;

/** What stands in for a dense layer at either end of a net, where most of what goes in or comes out plays no part. */
export interface Ends {
  readonly first?: Layer;
  readonly last?: Layer;
}

/** `channels` square pictures of side · side numbers each. */
export interface FeatureMaps {
  readonly side: number;
  readonly channels: number;
}

export interface Net {
  readonly name: string;
  /** The whole architecture: [in, hidden…, out]. */
  readonly sizes: readonly number[];
  /** Of a net with convolutions, by size: what it is a stack of, or undefined for plain units. */
  readonly maps?: readonly (FeatureMaps | undefined)[];
  /** In a sentence, what a person should know of why it is built so. */
  readonly note?: string;
  /** Of the hidden layers, and of the output. */
  readonly hidden: Activation;
  readonly output: Activation;
  readonly parameters: number;
  /** W₁ [in, out], b₁ [out], W₂, b₂, … */
  readonly weights: readonly Variable[];
  /**
   * [rows, in] to [rows, out]; with other weights of the same shapes where given, e.g. averaged ones. Where a layer
   * takes the place of the first, `x` is what that takes.
   */
  forward(x: Rows, weights?: readonly Tensor[], ends?: Ends): Rows;
  dispose(): void;
}

export interface NetOptions {
  readonly hidden: Activation;
  readonly output?: Activation;
  /** Scales the first guess of the output layer; small values start the net near zero. */
  readonly outputGain?: number;
  /** Adds to each hidden layer that is as wide as the one before it what came in (He et al. 2016). */
  readonly residual?: boolean;
}

/** Hears what each layer of a net puts out, as it is worked out; the tensor is the net's own. */
type Listener = (net: string, layer: number, out: Rows) => void;
let listener: Listener | undefined;

/** Does some work while somebody hears what the layers of perceptrons put out. @returns what the work does. */
export function overheard<T>(hear: Listener, work: () => T): T {
  const before = listener;
  listener = hear;
  try {
    return work();
  } finally {
    listener = before;
  }
}

export function activate(x: Rows, activation: Activation): Rows {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return relu(x);
    case "leakyRelu":
      return leakyRelu(x, 0.2);
    case "tanh":
      return tanh(x);
    case "sigmoid":
      return sigmoid(x);
    case "silu":
      return silu(x);
    default:
      activation satisfies never;
      return x;
  }
}

/** Standard deviation of first weights that keeps signals at the same scale from layer to layer. */
export function initialScale(activation: Activation, fanIn: number, fanOut: number): number {
  const rectified = activation === "relu" || activation === "leakyRelu" || activation === "silu";
  return rectified ? Math.sqrt(2 / fanIn) : Math.sqrt(2 / (fanIn + fanOut)); // He et al. 2015; Glorot, Bengio 2010
}

/** @param sizes at least two; the first is the width of the input. */
export function mlp(name: string, sizes: readonly number[], random: TensorRandom, options: NetOptions): Net {
  const { hidden, output = "linear", outputGain = 1, residual = false } = options;
  const last = sizes.length - 2;
  const activationOf = (layer: number): Activation => (layer === last ? output : hidden);
  const weights = sizes.slice(1).flatMap((fanOut, layer) => {
    const fanIn = sizes[layer]!;
    const scale = initialScale(activationOf(layer), fanIn, fanOut) * (layer === last ? outputGain : 1);
    const values = random.normals(fanIn * fanOut).map((value) => value * scale);
    return [owned(tensor2d(values, [fanIn, fanOut])), owned(tensor1d(new Float32Array(fanOut)))];
  });
  return {
    name,
    sizes,
    hidden,
    output,
    parameters: weights.reduce((sum, weight) => sum + weight.size, 0),
    weights,
    forward(x, own = weights, { first, last: final } = {}) {
      let h = x;
      for (let layer = 0; layer <= last; layer++) {
        const activation = activationOf(layer);
        const [w, b] = [own[2 * layer] as Rows, own[2 * layer + 1] as Tensor1D];
        const instead = layer === last && final !== undefined ? final : layer === 0 ? first : undefined;
        const out =
          instead !== undefined
            ? activate(instead(h, w, b), activation)
            : activation === "relu" || activation === "leakyRelu" || activation === "linear"
              ? dense(h, w, b, activation)
              : activate(dense(h, w, b, "linear"), activation);
        h = residual && layer > 0 && layer < last && sizes[layer] === sizes[layer + 1] ? add(h, out) : out;
        listener?.(name, layer, h);
      }
      return h;
    },
    dispose: () => weights.forEach((weight) => weight.dispose()),
  };
}

/** A variable that starts from `initial` and takes it over: `variable()` alone would leak it. */
export function owned<T extends Tensor>(initial: T): Variable {
  const made = variable(initial);
  initial.dispose();
  return made as Variable;
}
