/**
 * What every model is to the trainer.
 *
 * A GAN has two losses over different weights, so the unit is not the model's
 * loss but the *objective*: one line of the paper's algorithm box.
 */
import type { Given, Matrix, Span } from "../encode/span.ts";
import type { Average } from "../engine/average.ts";
import type { Net } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import type { Rows, Scalar, Variable } from "../engine/tf.ts";
import type { SettingValue } from "../catalog/setting.ts";
import type { Matching } from "../encode/matching.ts";
import type { Inside } from "./inside.ts";
import type { Placed } from "./places.ts";

/** Data that a file can hold. */
export type Plain =
  null | boolean | number | string | Float32Array | readonly Plain[] | { readonly [key: string]: Plain };

/** What a model knows of its training rows: with spans and settings, all that it takes to draw rows again. */
export interface ModelState {
  /** What sampling uses of the networks: by objective with an average, its weights. */
  readonly weights: readonly Float32Array[];
  /** See `GenerativeModel`; null where the weights are all there is. */
  readonly fitted: Plain;
}

export type Heeding = "all" | "one";

/** Another model of the kind, of another table, whose weights are to be carried over. */
export interface Prior {
  readonly spans: readonly Span[];
  readonly fitted: Plain;
  /** From its encoded rows to those of the model that is built. */
  readonly matching: Pick<Matching, "positions" | "columns">;
}

/** What a model is built from: the training rows, or what was known of them when it was kept. */
export type Source = { readonly rows: Matrix; readonly prior?: Prior } | { readonly state: ModelState };

/**
 * A generative model, as its paper states it: some networks, the losses that
 * train them, and a way to draw rows. It owns weights, never an optimizer, a
 * loop, a clock or a message port: those belong to the trainer.
 */
export interface GenerativeModel {
  /** The networks in reading order; the architecture panel draws exactly these. Empty for instant models. */
  readonly nets: readonly Net[];
  /** What to minimise, in the order of the paper's algorithm box. Empty for instant models. */
  readonly objectives: readonly Objective[];
  /** All weights that are trained, with what they stand for; empty for instant models. */
  readonly placed: readonly Placed[];
  /** What batches are made of, where that is not encoded rows themselves: made of encoded rows, those it was fitted to or versions of them. */
  learns?(rows: Matrix): Matrix;
  /** What was fitted to the training rows at once and not learned: from this it is built again without them. */
  readonly fitted?: Plain;
  /**
   * Draws `n` encoded rows, shape [n, width]; the caller disposes them. Numeric
   * spans hold values, category spans probabilities that sum to 1 (or one-hot draws).
   */
  sample(n: number, random: TensorRandom): Rows;
  /**
   * Draws whole rows, as `sample` does, one for each row of `given`, in the light of its known columns. Absent where a
   * model can't: then whoever wants such rows picks them out of many.
   */
  complete?(given: Given, random: TensorRandom): Rows;
  /** What `complete` keeps to: all that is known of a row, or one category of it; absent with `complete`. */
  readonly heeds?: Heeding;
  /** Its networks as functions, for whoever wants to look at them; absent where there is nothing of the kind, or nothing simple. */
  readonly inside?: Inside;
  /** Takes a live setting other than the learning rate; ignores keys that it has no use for. */
  tune(key: string, value: SettingValue): void;
  dispose(): void;
}

/** "Descend this loss with respect to these weights." */
export interface Objective {
  /** Names the loss curve: "loss", "discriminator", "generator". */
  readonly name: string;
  readonly trains: readonly Variable[];
  /** Adam's decay rates for this objective. */
  readonly betas: readonly [number, number];
  /** How often it is minimised in one training step, each time on a fresh batch. */
  readonly repeats: number;
  /** Follows the weights and is what sampling uses. */
  readonly average?: Average;
  /** Further curves that `loss` notes, e.g. the two terms of an ELBO. */
  readonly parts: readonly string[];
  /** Runs inside tidy and must be differentiable in `trains`. `x` is [batch, width] of the rows or of what it `learns`. */
  loss(x: Rows, random: TensorRandom, note: (part: string, value: Scalar) => void): Scalar;
}
