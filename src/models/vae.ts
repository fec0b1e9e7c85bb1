/**
 * Auto-Encoding Variational Bayes. D. P. Kingma, M. Welling, 2014. https://arxiv.org/abs/1312.6114
 *
 * With the tabular likelihoods of L. Xu et al., Modeling Tabular Data using
 * Conditional GAN, 2019 (TVAE, section 4.4): a number is Gaussian around the
 * decoder's mean with a spread learned for each position, a category is drawn
 * from the decoder's probabilities. Unlike the reference code, rows are decoded
 * by sampling, not by taking the likeliest value. β weighs the KL term
 * (I. Higgins et al., β-VAE, 2017).
 */
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { mlp, owned } from "../engine/net.ts";
import type { Activation } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  div,
  exp,
  log,
  matMul,
  maximum,
  mean,
  mul,
  sigmoid,
  softplus,
  split,
  square,
  sub,
  sum,
  tensor2d,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor, Variable } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";

export interface VaeOptions {
  /** Width of the latent z. */
  readonly latent: number;
  /** Hidden layers of the encoder; the decoder mirrors them. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Weight of the KL term. */
  readonly beta: number;
  /**
   * "columns": Gaussian numbers and categories; "bernoulli": every position through a sigmoid, with
   * cross-entropy (as for pixels in [0, 1]).
   */
  readonly likelihood: "columns" | "bernoulli";
  /** Whether the loss is the mean over the batch or the sum. Adam takes the same steps for both. */
  readonly reduction: "mean" | "sum";
  /** How much of the learned spread is drawn when sampling numbers: 0 gives means, 1 the model's own spread. */
  readonly spread: number;
  readonly average: number;
  readonly betas: readonly [number, number];
}

/** The learned spread is s = 0.01 + e^ρ: never so small that one row's error dwarfs all others. */
const narrowest = 0.01;

export function vae(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: VaeOptions,
): GenerativeModel {
  const { latent, hidden, activation, betas, likelihood } = options;
  const columns = layout(spans, width);
  const encoder = mlp("encoder", [width, ...hidden, 2 * latent], random, { hidden: activation });
  const decoder = mlp("decoder", [latent, ...hidden.toReversed(), width], random, { hidden: activation });
  const rho: Variable = owned(tensor2d(new Float32Array(width).fill(-1), [1, width]));
  const weights = [...encoder.weights, ...decoder.weights, ...(likelihood === "columns" ? [rho] : [])];
  const generative = likelihood === "columns" ? [...decoder.weights, rho] : decoder.weights;
  const averaged = average(generative, options.average);
  const reduce = (perRow: Tensor): Scalar =>
    (options.reduction === "sum" ? sum(perRow) : mean(perRow)) as Scalar;

  /** −log p(x|z) for each row, up to a constant. */
  const surprise = {
    columns(x: Rows, y: Rows): Tensor {
      const s = add(exp(rho), narrowest);
      const error = div(sub(x, columns.numbers(y)), s);
      const gaussian = mul(add(mul(square(error), 0.5), log(s)), columns.numericMask);
      if (columns.categories === 0) return sum(gaussian, 1);
      return add(sum(gaussian, 1), sum(columns.crossEntropy(x, y), 1));
    },
    /** Cross-entropy on logits, log(1 + eʸ) − x·y: defined, if not sensible, for x outside [0, 1] too. */
    bernoulli: (x: Rows, y: Rows): Tensor => sum(sub(softplus(y), mul(x, y)), 1),
  }[likelihood];

  /** Each position is a coin of its own to a Bernoulli likelihood; the places of one category still share a sum of 1. */
  const shared = (p: Rows): Rows => {
    if (columns.categories === 0) return p;
    const sums = matMul(matMul(p, columns.spread, false, true), columns.spread);
    return div(p, maximum(add(sums, columns.numericMask), 1e-12)) as Rows;
  };

  return {
    nets: [encoder, decoder],
    objectives: [
      {
        name: "loss",
        trains: weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: ["reconstruction", "KL"],
        loss(x, noise, note) {
          const [mu, logVariance] = split(encoder.forward(x), 2, 1) as [Rows, Rows]; // q(z|x) = N(μ, σ²)
          const z = add(mu, mul(exp(mul(logVariance, 0.5)), noise.normal(x.shape[0], latent))) as Rows; // z = μ + σ ⊙ ε
          const reconstruction = reduce(surprise(x, decoder.forward(z)));
          // Appendix B: KL(q(z|x) ‖ N(0, I)) = −½ Σ (1 + log σ² − μ² − σ²)
          const kl = reduce(mul(sum(sub(sub(add(logVariance, 1), square(mu)), exp(logVariance)), 1), -0.5));
          note("reconstruction", reconstruction);
          note("KL", kl);
          return add(reconstruction, mul(kl, options.beta)) as Scalar;
        },
      },
    ],
    sample: (n, noise) =>
      tidy(() => {
        const own = averaged.weights();
        const y = decoder.forward(noise.normal(n, latent), own);
        if (likelihood === "bernoulli") return shared(sigmoid(y));
        const s = mul(add(exp(own.at(-1)!), narrowest), options.spread);
        const numbers = add(
          columns.numbers(y),
          mul(mul(noise.normal(n, width), s), columns.numericMask),
        ) as Rows;
        return columns.categories === 0 ? numbers : add(numbers, columns.probabilities(y));
      }),
    tune() {},
    dispose() {
      for (const part of [encoder, decoder, rho, averaged, columns]) part.dispose();
    },
  };
}
