/**
 * Auto-Encoding Variational Bayes. D. P. Kingma, M. Welling, 2014. https://arxiv.org/abs/1312.6114
 *
 * With the tabular likelihoods of L. Xu et al., Modeling Tabular Data using
 * Conditional GAN, 2019 (TVAE, section 4.4): a number is Gaussian around the
 * decoder's mean with a spread learned for each position, a category is drawn
 * from the decoder's probabilities. Unlike the reference code, rows are decoded
 * by sampling, not by taking the likeliest value. β weighs the KL term
 * (I. Higgins et al., β-VAE, 2017). The prior is N(0, I), or a mixture that is
 * learned (`mixture.ts`).
 */
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { owned } from "../engine/net.ts";
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
  step,
  sub,
  sum,
  tensor2d,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor, Variable } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import { mixture } from "./mixture.ts";
import type { GenerativeModel } from "./model.ts";
import { netFor } from "./picture.ts";
import type { Convolutions } from "./picture.ts";
import { own as ownPlaces, placed, rowPlaces } from "./places.ts";

export interface VaeOptions {
  /** Width of the latent z. */
  readonly latent: number;
  /** Hidden layers of the encoder; the decoder mirrors them. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** What convolutions go over; or why they can't, in words; absent where plain units are wanted. */
  readonly convolutions?: Convolutions | string | undefined;
  /** Weight of the KL term. */
  readonly beta: number;
  /** Gaussians that the prior is a mixture of, learned with the rest; 1 is N(0, I) and learns nothing. */
  readonly components: number;
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
export const narrowest = 0.01;

/**
 * A latent dimension that says less of a row than this, in nats, is not in use (J. Lucas et al., Don't Blame the ELBO!,
 * 2019, section 5).
 */
const silent = 0.01;

export function vae(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: VaeOptions,
): GenerativeModel {
  const { latent, hidden, activation, betas, likelihood, convolutions } = options;
  const columns = layout(spans, width);
  const prior = options.components > 1 ? mixture(options.components, latent, random) : undefined;
  const encoder = netFor(
    convolutions,
    "encoder",
    { inputs: width, hidden, outputs: 2 * latent, sees: [0], makes: false },
    random,
    { hidden: activation },
  );
  const decoder = netFor(
    convolutions,
    "decoder",
    { inputs: latent, hidden: hidden.toReversed(), outputs: width, sees: [], makes: true },
    random,
    { hidden: activation },
  );
  const rho: Variable = owned(tensor2d(new Float32Array(width).fill(-1), [1, width]));
  const weights = [
    ...encoder.weights,
    ...decoder.weights,
    ...(likelihood === "columns" ? [rho] : []),
    ...(prior?.weights ?? []),
  ];
  const generative = [
    ...decoder.weights,
    ...(likelihood === "columns" ? [rho] : []),
    ...(prior?.weights ?? []),
  ];
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

  /**
   * Nats that each dimension says of a row: its KL term; under a mixture, which has no such terms, what one Gaussian channel
   * of its spread and noise could carry.
   */
  const saidBy = (terms: Tensor | undefined, mu: Rows, logVariance: Rows): Tensor => {
    if (terms !== undefined) return mean(terms, 0);
    const total = add(sub(mean(square(mu), 0), square(mean(mu, 0))), mean(exp(logVariance), 0));
    return mul(sub(log(total), mean(logVariance, 0)), 0.5);
  };

  return {
    nets: [encoder, decoder],
    placed: [
      ...placed(encoder, rowPlaces(width), ownPlaces("posterior", 2 * latent)),
      ...placed(decoder, ownPlaces("latent", latent), rowPlaces(width), likelihood),
      ...(likelihood === "columns"
        ? [{ name: "spread", weight: rho, axes: [ownPlaces("spread", 1), rowPlaces(width)] }]
        : []),
      ...(prior?.placed ?? []),
    ],
    objectives: [
      {
        name: "loss",
        trains: weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: ["reconstruction", "KL", "dimensions in use"],
        loss(x, noise, note) {
          const [mu, logVariance] = split(encoder.forward(x), 2, 1) as [Rows, Rows]; // q(z|x) = N(μ, σ²)
          const epsilon = noise.normal(x.shape[0], latent);
          const z = add(mu, mul(exp(mul(logVariance, 0.5)), epsilon)) as Rows; // z = μ + σ ⊙ ε
          const reconstruction = reduce(surprise(x, decoder.forward(z)));
          // Appendix B: KL(q(z|x) ‖ N(0, I)) = −½ Σ (1 + log σ² − μ² − σ²)
          const byDimension = mul(sub(sub(add(logVariance, 1), square(mu)), exp(logVariance)), -0.5);
          const kl = reduce(
            prior === undefined
              ? sum(byDimension, 1)
              : sub(sum(mul(add(square(epsilon), logVariance), -0.5), 1), prior.logDensity(z)),
          );
          note("reconstruction", reconstruction);
          note("KL", kl);
          note(
            "dimensions in use",
            sum(step(sub(saidBy(prior === undefined ? byDimension : undefined, mu, logVariance), silent))),
          );
          return add(reconstruction, mul(kl, options.beta)) as Scalar;
        },
      },
    ],
    sample: (n, noise) =>
      tidy(() => {
        const own = averaged.weights();
        const z =
          prior === undefined
            ? noise.normal(n, latent)
            : prior.draw(n, noise, own.slice(-prior.weights.length));
        const y = decoder.forward(z, own.slice(0, decoder.weights.length));
        if (likelihood === "bernoulli") return shared(sigmoid(y));
        const s = mul(add(exp(own[decoder.weights.length]!), narrowest), options.spread);
        const numbers = add(
          columns.numbers(y),
          mul(mul(noise.normal(n, width), s), columns.numericMask),
        ) as Rows;
        return columns.categories === 0 ? numbers : add(numbers, columns.probabilities(y));
      }),
    inside: {
      kind: "latent",
      latent,
      prior: prior === undefined ? "normal" : "mixture",
      encode: (x) => split(encoder.forward(x), 2, 1) as [Rows, Rows],
      decode: (z) =>
        tidy(() => {
          const y = decoder.forward(z, averaged.weights());
          return likelihood === "bernoulli" ? sigmoid(y) : columns.numbers(y);
        }),
    },
    ...(prior && { fitted: { components: options.components } }),
    tune() {},
    dispose() {
      for (const part of [encoder, decoder, rho, averaged, columns, ...(prior ? [prior] : [])])
        part.dispose();
    },
  };
}
