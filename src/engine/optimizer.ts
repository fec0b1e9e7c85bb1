/**
 * Adam: A Method for Stochastic Optimization. D. P. Kingma, J. Ba, 2015. https://arxiv.org/abs/1412.6980
 * AdamW: Decoupled Weight Decay Regularization. I. Loshchilov, F. Hutter, 2019. https://arxiv.org/abs/1711.05101
 * Clipping: On the Difficulty of Training Recurrent Neural Networks. R. Pascanu, T. Mikolov, Y. Bengio, 2013.
 * https://arxiv.org/abs/1211.5063
 *
 * All weights are one vector, so a step costs a few operations however many
 * layers there are. The two moments are kept unnormalised,
 *   M = β₁M + g,  V = β₂V + g²,
 * which moves the paper's factors (1 - β) and the bias corrections into two
 * numbers:
 *   θ ← (1 - α λ) θ - s · M / (√V + ε′),
 *   s = α (1-β₁)/(1-β₁ᵗ) / c,  ε′ = ε / c,  c = √((1-β₂)/(1-β₂ᵗ)).
 *
 * On WebGPU kernels do it in place (`adamKernel.ts`), on WASM one does.
 * Elsewhere a dozen operations on one vector do.
 */
import { adamByKernel } from "./adamKernel.ts";
import type { Counter } from "./capture.ts";
import { differentiate, epsilon } from "./descent.ts";
import type { Adam, AdamSettings } from "./descent.ts";
import { openGpuBackend } from "./gpu.ts";
import { pack, unpack } from "./pack.ts";
import { adamInPlace, sumOfSquares } from "./simd/install.ts";
import {
  add,
  div,
  fill,
  keep,
  maximum,
  mul,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  tensor1d,
  tidy,
  zeros,
} from "./tf.ts";
import type { Tensor, Tensor1D, Variable } from "./tf.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  /** λ of AdamW (its algorithm 2, line 12): each step takes a share α λ off a weight, whatever its gradient. */
  readonly weightDecay?: number;
  /**
   * λ of plain L2 (ibid., line 6): λ θ is added to the gradient, and goes through the moments with it. It is what
   * PyTorch's Adam calls weight_decay, and so what papers that used that mean.
   */
  readonly l2?: number;
  /** Which weights decay, by either; all matrices where absent: to shrink biases does not make a net simpler. */
  readonly decayed?: readonly Variable[];
  /** The gradient of all weights together is scaled down to this norm where it is longer. */
  readonly maxNorm?: number;
}

/** An optimizer for `weights`, which it updates in place and does not own. */
export function adam(weights: readonly Variable[], options: AdamOptions): Adam {
  const { decayed = weights.filter((weight) => weight.rank > 1) } = options;
  const byWeight = (lambda = 0): number[] => weights.map((weight) => (decayed.includes(weight) ? lambda : 0));
  const settings: AdamSettings = {
    learningRate: options.learningRate,
    beta1: options.beta1 ?? 0.9,
    beta2: options.beta2 ?? 0.999,
    weightDecay: byWeight(options.weightDecay),
    l2: byWeight(options.l2),
    maxNorm: options.maxNorm ?? Infinity,
  };
  const gpu = openGpuBackend();
  return gpu === undefined ? adamByOperations(weights, settings) : adamByKernel(gpu, weights, settings);
}

function adamByOperations(weights: readonly Variable[], settings: AdamSettings): Adam {
  const { beta1, beta2, maxNorm } = settings;
  const shapes = weights.map((weight) => weight.shape);
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const decay1 = scalar(beta1);
  const decay2 = scalar(beta2);
  let first: Tensor1D = zeros([size]);
  let second: Tensor1D = zeros([size]);
  const steps: Counter = { value: 0 };

  const assign = (flat: Tensor1D): void =>
    unpack(flat, shapes).forEach((value, i) => weights[i]!.assign(value));
  /** Each weight's number at all of its places. */
  const spread = (numbers: readonly number[]): Tensor1D =>
    pack(weights.map(({ shape }, i) => fill(shape, numbers[i]!)));
  const clipped = (g: Tensor1D): Tensor1D =>
    maxNorm === Infinity ? g : mul(g, div(maxNorm, maximum(sqrt(sum(square(g))), maxNorm)));
  const regularized = (g: Tensor1D, theta: Tensor1D): Tensor1D =>
    settings.l2.some(Boolean) ? add(g, mul(theta, spread(settings.l2))) : g;
  const shrunk = (theta: Tensor1D, rate: number): Tensor1D =>
    settings.weightDecay.some(Boolean)
      ? mul(theta, spread(settings.weightDecay.map((lambda) => 1 - rate * lambda)))
      : theta;

  return {
    learningRate: settings.learningRate,
    steps,
    minimize(loss) {
      steps.value++;
      const c = Math.sqrt((1 - beta2) / (1 - beta2 ** steps.value));
      const scale = (this.learningRate * (1 - beta1)) / (1 - beta1 ** steps.value) / c;
      return tidy(() => {
        const { value, gradients } = differentiate(loss, weights);
        const squares = maxNorm === Infinity ? 0 : sumOfSquares(gradients);
        const done =
          squares !== undefined &&
          adamInPlace({
            weights,
            gradients,
            first,
            second,
            beta1,
            beta2,
            scale,
            epsilon: epsilon / c,
            clip: maxNorm === Infinity ? 1 : maxNorm / Math.max(Math.sqrt(squares), maxNorm),
            l2: settings.l2,
            kept: settings.weightDecay.map((lambda) => 1 - this.learningRate * lambda),
          });
        if (done) return value;
        const theta = pack(weights as readonly Tensor[]);
        const g = regularized(clipped(pack(gradients)), theta);
        const m = keep(add(mul(first, decay1), g)) as Tensor1D;
        const v = keep(add(mul(second, decay2), square(g))) as Tensor1D;
        first.dispose();
        second.dispose();
        first = m;
        second = v;
        const moved = mul(div(m, add(sqrt(v), epsilon / c)), scale);
        assign(sub(shrunk(theta, this.learningRate), moved));
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
