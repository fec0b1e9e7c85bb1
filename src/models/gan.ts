/**
 * Generative Adversarial Networks. I. Goodfellow et al., 2014. https://arxiv.org/abs/1406.2661
 *
 * A generator G turns noise z into rows; a discriminator D tells them from real
 * ones. Two losses on offer:
 *
 * - "non-saturating": the paper's, with G maximising log D(G(z)) (its section 3), on logits; optionally with
 *   the R1 penalty of L. Mescheder et al., Which Training Methods for GANs do actually Converge?, 2018.
 * - "wgan-gp": I. Gulrajani et al., Improved Training of Wasserstein GANs, 2017. https://arxiv.org/abs/1704.00028
 *
 * Category spans leave G as relaxed one-hot draws (Gumbel-softmax), so that D
 * sees nearly the same kind of row from both sides and gradients still flow.
 */
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { mlp } from "../engine/net.ts";
import type { Activation } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  concat,
  grad,
  mean,
  mul,
  neg,
  softplus,
  split,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";

export interface GanOptions {
  readonly loss: "non-saturating" | "wgan-gp";
  /** Width of the noise z. */
  readonly latent: number;
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly activation: Activation;
  /** "columns": each span as the encoder states it; "tanh": every number through tanh. */
  readonly output: "columns" | "tanh";
  /** Discriminator steps for each generator step. */
  readonly criticSteps: number;
  /** Weight of R1 (non-saturating) or λ (WGAN-GP). */
  readonly r1: number;
  readonly lambda: number;
  /** Temperature of the Gumbel-softmax. */
  readonly tau: number;
  /** Decay of the generator's weight average; 0 samples with the weights themselves. */
  readonly average: number;
  readonly betas: readonly [number, number];
}

/** −log σ(logits), averaged: how surprised D is by "real". */
const minusLog = (logits: Tensor): Scalar => mean(softplus(neg(logits)));

export function gan(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: GanOptions,
): GenerativeModel {
  const { latent, activation, tau, betas } = options;
  const columns = layout(spans, width);
  const G = mlp("generator", [latent, ...options.generator, width], random, { hidden: activation });
  const D = mlp("discriminator", [width, ...options.discriminator, 1], random, { hidden: activation });
  const averaged = average(G.weights, options.average);

  const generate = (n: number, noise: TensorRandom, weights?: readonly Tensor[]): Rows => {
    const raw = G.forward(noise.normal(n, latent), weights);
    if (columns.categories === 0) return options.output === "tanh" ? tanh(raw) : columns.numbers(raw);
    return columns.gumbelSoftmax(raw, tau, noise, options.output === "tanh" ? "tanh" : "stated");
  };

  /** ‖∇ₓ D(x)‖² for each row, shape [rows]. */
  const squaredSlope = (x: Rows): Tensor =>
    sum(square(grad((at: Tensor) => sum(D.forward(at as Rows)))(x)), 1);

  /** D of real and fake rows in one pass, [2 · batch, 1]. */
  const verdicts = (x: Rows, fake: Rows): [real: Rows, fake: Rows] =>
    split(D.forward(concat([x, fake], 0) as Rows), 2, 0) as [Rows, Rows];

  const discriminatorLoss = {
    /** Eq. 1 of the GAN paper, as a loss, plus R1 = γ/2 E‖∇D(x)‖² on real rows. */
    "non-saturating"(x: Rows, fake: Rows): Scalar {
      const [onReal, onFake] = verdicts(x, fake);
      const loss = add(minusLog(onReal), minusLog(neg(onFake))) as Scalar;
      return options.r1 === 0 ? loss : (add(loss, mul(mean(squaredSlope(x)), options.r1 / 2)) as Scalar);
    },
    /** Eq. 3 of the WGAN-GP paper: E D(x̃) − E D(x) + λ E(‖∇D(x̂)‖ − 1)², x̂ on the line between x and x̃. */
    "wgan-gp"(x: Rows, fake: Rows, noise: TensorRandom): Scalar {
      const [onReal, onFake] = verdicts(x, fake);
      const mixed = add(x, mul(sub(fake, x), noise.uniform(x.shape[0], 1))) as Rows;
      const slope = sqrt(add(squaredSlope(mixed), 1e-12));
      return add(sub(mean(onFake), mean(onReal)), mul(mean(square(sub(slope, 1))), options.lambda)) as Scalar;
    },
  }[options.loss];

  return {
    nets: [G, D],
    objectives: [
      {
        name: "discriminator",
        trains: D.weights,
        betas,
        repeats: options.criticSteps,
        parts: [],
        loss: (x, noise) => discriminatorLoss(x, generate(x.shape[0], noise), noise),
      },
      {
        name: "generator",
        trains: G.weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: [],
        loss(x, noise) {
          const verdict = D.forward(generate(x.shape[0], noise));
          return options.loss === "wgan-gp" ? (neg(mean(verdict)) as Scalar) : minusLog(verdict);
        },
      },
    ],
    sample: (n, noise) => tidy(() => generate(n, noise, averaged.weights())),
    tune() {},
    dispose() {
      for (const part of [G, D, averaged, columns]) part.dispose();
    },
  };
}
