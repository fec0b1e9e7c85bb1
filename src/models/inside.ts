/**
 * What a model lets be seen of itself: its networks as they stand, as functions of encoded rows. For models that are best
 * understood by looking at those; all run on the open backend, and tensors that they return belong to whoever asked.
 */
import type { TensorRandom } from "../engine/noise.ts";
import type { Rows } from "../engine/tf.ts";
import type { Jump } from "./jumps.ts";

/** A generator against a discriminator. */
export interface AdversaryInside {
  readonly kind: "adversary";
  readonly latent: number;
  /** "chance": logits of "real"; "score": a critic's scores. */
  readonly says: "chance" | "score";
  /** [n, width] to [n, 1]. */
  judge(x: Rows): Rows;
  /** Noise, [n, latent], to rows without further chance. */
  generate(z: Rows): Rows;
}

/** An encoder to latents and a decoder back. */
export interface LatentInside {
  readonly kind: "latent";
  readonly latent: number;
  /** What latents are drawn from: N(0, I), or a mixture that is learned. */
  readonly prior: "normal" | "mixture";
  /** μ and ln σ² of q(z|x), [n, latent] each. */
  encode(x: Rows): [mu: Rows, logVariance: Rows];
  /** Latents to the most likely numbers, without further chance. */
  decode(z: Rows): Rows;
}

/** A denoiser of Gaussian noise. */
export interface NoiseInside {
  readonly kind: "noise";
  /** σ at the level t in [0, 1]. */
  sigmaAt(level: number): number;
  /** D(x; σ): the mean of the rows that noise of that deviation may have led to x. */
  denoise(x: Rows, sigma: number): Rows;
}

/** Large denoising steps that a generator draws. */
export interface StepsInside {
  readonly kind: "steps";
  readonly steps: number;
  /** What takes a row to x_t, and the posterior of x_t given x_{t+1} and x₀; t = 0 … steps − 1. */
  jump(t: number): Jump;
  /** Guesses at x₀ from x_{t+1}, [n, width], each from noise of its own. */
  guess(noisier: Rows, t: number, noise: TensorRandom): Rows;
}

export type Inside = AdversaryInside | LatentInside | NoiseInside | StepsInside;
