/**
 * Generative Adversarial Networks. I. Goodfellow et al., 2014. https://arxiv.org/abs/1406.2661
 *
 * A generator G turns noise z into rows; a discriminator D tells them from real
 * ones. What the two minimise is in `adversarial.ts`.
 *
 * Category spans leave G as relaxed one-hot draws (Gumbel-softmax), so that D
 * sees nearly the same kind of row from both sides and gradients still flow.
 */
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import type { Activation } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { tanh, tidy } from "../engine/tf.ts";
import type { Rows, Tensor } from "../engine/tf.ts";
import { discriminatorLoss, generatorLoss, type AdversarialLoss } from "./adversarial.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";
import { netFor } from "./picture.ts";
import type { Convolutions } from "./picture.ts";
import { own, placed, rowPlaces } from "./places.ts";

export interface GanOptions {
  readonly loss: AdversarialLoss;
  /** Width of the noise z. */
  readonly latent: number;
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly activation: Activation;
  /** What convolutions go over; or why they can't, in words; absent where plain units are wanted. */
  readonly convolutions?: Convolutions | string | undefined;
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

export function gan(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: GanOptions,
): GenerativeModel {
  const { latent, activation, tau, betas, convolutions } = options;
  const columns = layout(spans, width);
  const G = netFor(
    convolutions,
    "generator",
    { inputs: latent, hidden: options.generator, outputs: width, sees: [], makes: true },
    random,
    { hidden: activation },
  );
  const D = netFor(
    convolutions,
    "discriminator",
    { inputs: width, hidden: options.discriminator, outputs: 1, sees: [0], makes: false },
    random,
    { hidden: activation },
  );
  const averaged = average(G.weights, options.average);

  const emitted = (raw: Rows): Rows => (options.output === "tanh" ? tanh(raw) : columns.numbers(raw));
  const generate = (n: number, noise: TensorRandom, weights?: readonly Tensor[]): Rows => {
    const raw = G.forward(noise.normal(n, latent), weights);
    if (columns.categories === 0) return emitted(raw);
    return columns.gumbelSoftmax(raw, tau, noise, options.output === "tanh" ? "tanh" : "stated");
  };

  return {
    nets: [G, D],
    placed: [
      ...placed(G, own("noise", latent), rowPlaces(width)),
      ...placed(D, rowPlaces(width), own("verdict", 1), options.loss),
    ],
    objectives: [
      {
        name: "discriminator",
        trains: D.weights,
        betas,
        repeats: options.criticSteps,
        parts: [],
        loss: (x, noise) =>
          discriminatorLoss(options.loss, D, { real: x, fake: generate(x.shape[0], noise) }, noise, options),
      },
      {
        name: "generator",
        trains: G.weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: [],
        loss: (x, noise) => generatorLoss(options.loss, D.forward(generate(x.shape[0], noise))),
      },
    ],
    sample: (n, noise) => tidy(() => generate(n, noise, averaged.weights())),
    inside: {
      kind: "adversary",
      latent,
      says: options.loss === "wgan-gp" ? "score" : "chance",
      judge: (x) => D.forward(x),
      generate: (z) => tidy(() => emitted(G.forward(z, averaged.weights()))),
    },
    tune() {},
    dispose() {
      for (const part of [G, D, averaged, columns]) part.dispose();
    },
  };
}
