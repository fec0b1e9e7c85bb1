/**
 * What TensorFlow.js 4.22 gets wrong about gradients, put right by registering
 * our own in place of its. Three kinds:
 *
 * 1. An op whose gradient reuses its own *output* (tanh, sigmoid, exp, …) loses
 *    the path through that output when it is differentiated a second time: a
 *    gradient penalty then trains on wrong numbers, silently. Ours save the
 *    input and compute the output again, on the tape.
 * 2. Comparisons have no gradient registered, so the second derivative of
 *    leakyRelu, maximum or elu throws. Theirs is zero.
 * 3. The WASM backend multiplies transposed matrices in scalar code, 10–20
 *    times slower than plain ones, and every gradient of a product is one.
 *    Transposing first and multiplying plainly makes training 6–8x faster.
 *
 * `gradients.gpu.test.ts` checks first and second order against finite differences.
 */
import {
  div,
  exp,
  getBackend,
  getGradient,
  greater,
  cast,
  log,
  matMul,
  max,
  mul,
  registerGradient,
  reshape,
  sigmoid,
  softmax,
  sqrt,
  sub,
  sum,
  tanh,
  transpose,
  unregisterGradient,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { detached } from "./fused/operation.ts";
import { spread } from "./fused/spread.ts";
import { twice } from "./fused/squares.ts";
import { fusedGradients, gate } from "./simd/fused.ts";
import { hasOurKernels } from "./simd/install.ts";

type Attributes = Parameters<GradConfig["gradFunc"]>[2];

function replace(config: GradConfig): void {
  if (getGradient(config.kernelName) !== undefined) unregisterGradient(config.kernelName);
  registerGradient(config);
}

/** Replaces the gradient of a one-input op by `derivative(dy, x)`. */
function elementwise(
  kernelName: string,
  derivative: (dy: Tensor, x: Tensor, attributes: Attributes) => Tensor,
  input = "x",
): void {
  replace({
    kernelName,
    inputsToSave: [input],
    gradFunc: (dy, saved, attributes) => ({ [input]: () => derivative(dy as Tensor, saved[0]!, attributes) }),
  });
}

/** `matMul`, with transposes made explicit where the backend is slow at them. */
export function product(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  if (getBackend() !== "wasm" || hasOurKernels() || (!transposeA && !transposeB))
    return matMul(a, b, transposeA, transposeB);
  return matMul(transposeA ? flip(a) : a, transposeB ? flip(b) : b);
}

/**
 * The logarithm of softmax along the last axis, in operations that have gradients of any order: TensorFlow.js' own keeps
 * its output for its gradient, by an inline rule that can't be registered anew, and is wrong the second time.
 */
export function logSoftmax<T extends Tensor>(logits: T): T {
  // A constant as far as gradients go: what is taken off every logit changes nothing.
  const largest = max(detached(logits), -1, true);
  const shifted = sub(logits, largest);
  return sub(shifted, log(sum(exp(shifted), -1, true)));
}

/** Swaps the last two axes. */
function flip(x: Tensor): Tensor {
  if (x.rank === 2)
    return x.shape[0] === 1 || x.shape[1] === 1 ? reshape(x, [x.shape[1]!, x.shape[0]!]) : transpose(x);
  const order = x.shape.map((_, axis) => axis);
  [order[x.rank - 2], order[x.rank - 1]] = [x.rank - 1, x.rank - 2];
  return transpose(x, order);
}

/** Idempotent: called once by `tf.ts`. */
export function mendGradients(): void {
  elementwise("Tanh", (dy, x) => mul(dy, sub(1, mul(tanh(x), tanh(x)))));
  elementwise("Sigmoid", (dy, x) => {
    const y = sigmoid(x);
    return mul(dy, mul(y, sub(1, y)));
  });
  elementwise("Exp", (dy, x) => mul(dy, exp(x)));
  elementwise("Sqrt", (dy, x) => div(dy, mul(2, sqrt(x))));
  // x > 0: 1, else e^x = elu(x) + 1. Both branches are finite, so their gradients are too.
  elementwise("Elu", (dy, x) => {
    const positive = cast(greater(x, 0), "float32");
    const negative = sub(1, positive);
    return mul(dy, sub(1, mul(negative, sub(1, exp(mul(x, negative))))));
  });
  elementwise("LeakyRelu", (dy, x, attributes) => gate(dy, x, attributes["alpha"] as number));
  elementwise("Square", (dy, x) => (dy.size === x.size ? twice(dy, x) : mul(dy, mul(x, 2))));
  elementwise("Relu", (dy, x) => gate(dy, x));
  fusedGradients.forEach(replace);

  elementwise(
    "Softmax",
    (dy, logits, attributes) => {
      const weighted = mul(dy, softmax(logits, attributes["dim"] as number));
      return sub(
        weighted,
        mul(sum(weighted, attributes["dim"] as number, true), softmax(logits, attributes["dim"] as number)),
      );
    },
    "logits",
  );
  for (const kernelName of ["Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual"])
    replace({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, saved) => ({ a: () => zerosLike(saved[0]!), b: () => zerosLike(saved[1]!) }),
    });

  // The stock gradients of sum and mean build a tensor of ones on the host and upload it.
  const back = (
    dy: Tensor,
    x: Tensor,
    axis: number | readonly number[] | null | undefined,
    times: number,
  ): Tensor => {
    const given = axis === null || axis === undefined ? x.shape.map((_, i) => i) : [axis].flat();
    const axes = (given as number[]).map((a) => (a + x.rank) % x.rank).toSorted((a, b) => a - b);
    return axes.length === 0 ? mul(dy, times) : spread(dy, x.shape, axes, times);
  };
  elementwise("Sum", (dy, x, attributes) => back(dy, x, attributes["axis"] as number[], 1));
  elementwise("Mean", (dy, x, attributes) => back(dy, x, attributes["axis"] as number[], dy.size / x.size));

  replace({
    kernelName: "BatchMatMul",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved, attributes) => {
      const [a, b] = saved as [Tensor, Tensor];
      const g = dy as Tensor;
      const { transposeA, transposeB } = attributes as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      return {
        a: () => (transposeA ? product(b, g, transposeB, true) : product(g, b, false, !transposeB)),
        b: () => (transposeB ? product(g, a, true, transposeA) : product(a, g, !transposeA, false)),
      };
    },
  });
}
