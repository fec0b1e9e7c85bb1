/**
 * Adam: A Method for Stochastic Optimization. D. P. Kingma, J. Ba, 2015.
 * https://arxiv.org/abs/1412.6980
 *
 * All weights are one vector, so a step costs a few operations however many
 * layers there are. The two moments are kept unnormalised,
 *   M = β₁M + g,  V = β₂V + g²,
 * which moves the paper's factors (1 - β) and the bias corrections into two
 * numbers:
 *   θ ← θ - s · M / (√V + ε′),
 *   s = α (1-β₁)/(1-β₁ᵗ) / c,  ε′ = ε / c,  c = √((1-β₂)/(1-β₂ᵗ)).
 *
 * On WebGPU two kernels do it in place: one moves the corrections on, one moves
 * all weights. On WASM one does. Elsewhere a dozen operations on one vector do.
 */
import type { Counter } from "./capture.ts";
import { gatherWeights, placeWgsl } from "./flat.ts";
import { groupsFor, openGpuBackend, overwrite, runKernel, threadWgsl } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";
import { pack, unpack } from "./pack.ts";
import { adamInPlace } from "./simd/install.ts";
import type { Stored } from "./stored.ts";
import {
  add,
  div,
  keep,
  mul,
  scalar,
  sqrt,
  square,
  sub,
  tensor1d,
  tensorFrom,
  tidy,
  variableGrads,
  zeros,
} from "./tf.ts";
import type { Scalar, Tensor, Tensor1D, Variable } from "./tf.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
}

export interface Adam extends Stored {
  /** May be changed between steps, recorded ones too. */
  learningRate: number;
  /** Counted on by replays. */
  readonly steps: Counter;
  /** One descent step; returns the loss before it, which the caller disposes. */
  minimize(loss: () => Scalar): Scalar;
  dispose(): void;
}

const epsilon = 1e-8;

/** An optimizer for `weights`, which it updates in place and does not own. */
export function adam(weights: readonly Variable[], options: AdamOptions): Adam {
  const { beta1 = 0.9, beta2 = 0.999, learningRate } = options;
  const complete = { beta1, beta2, learningRate };
  const gpu = openGpuBackend();
  return gpu === undefined ? adamByOperations(weights, complete) : adamByKernel(gpu, weights, complete);
}

/** The loss, and its gradient by each weight. */
function differentiate(
  loss: () => Scalar,
  weights: readonly Variable[],
): { value: Scalar; gradients: Tensor[] } {
  const { value, grads } = variableGrads(loss, [...weights]);
  return { value, gradients: weights.map((weight) => grads[weight.name] ?? zeros(weight.shape)) };
}

function adamByOperations(weights: readonly Variable[], options: Required<AdamOptions>): Adam {
  const { beta1, beta2 } = options;
  const shapes = weights.map((weight) => weight.shape);
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const decay1 = scalar(beta1);
  const decay2 = scalar(beta2);
  let first: Tensor1D = zeros([size]);
  let second: Tensor1D = zeros([size]);
  const steps: Counter = { value: 0 };

  const assign = (flat: Tensor1D): void =>
    unpack(flat, shapes).forEach((value, i) => weights[i]!.assign(value));

  return {
    learningRate: options.learningRate,
    steps,
    minimize(loss) {
      steps.value++;
      const c = Math.sqrt((1 - beta2) / (1 - beta2 ** steps.value));
      const scale = (this.learningRate * (1 - beta1)) / (1 - beta1 ** steps.value) / c;
      return tidy(() => {
        const { value, gradients } = differentiate(loss, weights);
        if (adamInPlace({ weights, gradients, first, second, beta1, beta2, scale, epsilon: epsilon / c }))
          return value;
        const g = pack(gradients);
        const m = keep(add(mul(first, decay1), g)) as Tensor1D;
        const v = keep(add(mul(second, decay2), square(g))) as Tensor1D;
        first.dispose();
        second.dispose();
        first = m;
        second = v;
        assign(sub(pack(weights as readonly Tensor[]), mul(div(m, add(sqrt(v), epsilon / c)), scale)));
        return value;
      });
    },
    tensors: () => [...weights, first, second],
    count: () => steps.value,
    restore(values, count) {
      tidy(() => {
        weights.forEach((weight, i) => weight.assign(tensorLike(values[i]!, weight)));
      });
      first.dispose();
      second.dispose();
      first = tensor1d(values[weights.length]!);
      second = tensor1d(values[weights.length + 1]!);
      steps.value = count;
    },
    dispose() {
      for (const tensor of [decay1, decay2, first, second]) tensor.dispose();
    },
  };
}

function tensorLike(values: Float32Array, like: Tensor): Tensor {
  return tensor1d(values).reshape(like.shape);
}

/** What the kernels are told: 1 - β₁ᵗ and 1 - β₂ᵗ, which they keep up themselves, then α, β₁, β₂. */
const stateWgsl = /* wgsl */ `struct State { c1: f32, c2: f32, rate: f32, beta1: f32, beta2: f32 }`;
const rateAt = 2;

/** 1 - βᵗ⁺¹ = β (1 - βᵗ) + (1 - β): exact enough from the first step on, as 1 - pow(β, t) is not in 32 bits. */
const tickCode = /* wgsl */ `
${stateWgsl}
@group(0) @binding(0) var<storage, read_write> state: State;
@compute @workgroup_size(1) fn main() {
  state.c1 = state.c1 * state.beta1 + (1.0 - state.beta1);
  state.c2 = state.c2 * state.beta2 + (1.0 - state.beta2);
}`;

const stepCode = (size: number, place: string): string => /* wgsl */ `
${stateWgsl}
@group(0) @binding(0) var<storage, read_write> theta: array<f32>;
@group(0) @binding(1) var<storage, read_write> first: array<f32>;
@group(0) @binding(2) var<storage, read_write> second: array<f32>;
@group(0) @binding(3) var<storage, read> gradient: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
${place}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  let g = gradient[i];
  let m = first[i] * state.beta1 + g;
  let v = second[i] * state.beta2 + g * g;
  first[i] = m;
  second[i] = v;
  let c = sqrt((1.0 - state.beta2) / state.c2);
  let scale = state.rate * (1.0 - state.beta1) / state.c1 / c;
  let at = place(i);
  theta[at] = theta[at] - scale * m / (sqrt(v) + ${epsilon} / c);
}`;

function adamByKernel(
  gpu: GpuBackend,
  weights: readonly Variable[],
  { beta1, beta2, learningRate }: Required<AdamOptions>,
): Adam {
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const theta = tensorFrom(gatherWeights(gpu, weights));
  const first: Tensor1D = zeros([size]);
  const second: Tensor1D = zeros([size]);
  const state = tensor1d([0, 0, learningRate, beta1, beta2]);
  const code = stepCode(size, placeWgsl(gpu, weights));
  const steps: Counter = { value: 0 };
  let rate = learningRate;
  return {
    get learningRate() {
      return rate;
    },
    set learningRate(value) {
      rate = value;
      overwrite(gpu, state, new Float32Array([value]), rateAt);
    },
    steps,
    minimize(loss) {
      steps.value++;
      return tidy(() => {
        const { value, gradients } = differentiate(loss, weights);
        const g = pack(gradients);
        runKernel(gpu, { code: tickCode, tensors: [state], groups: [1] });
        runKernel(gpu, { code, tensors: [theta, first, second, g, state], groups: groupsFor(size) });
        return value;
      });
    },
    tensors: () => [...weights, first, second],
    count: () => steps.value,
    restore(values, count) {
      [...weights, first, second].forEach((tensor, i) => overwrite(gpu, tensor, values[i]!));
      overwrite(gpu, state, new Float32Array([1 - beta1 ** count, 1 - beta2 ** count]));
      steps.value = count;
    },
    dispose() {
      for (const tensor of [theta, first, second, state]) tensor.dispose();
    },
  };
}
