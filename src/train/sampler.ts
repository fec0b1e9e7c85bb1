/** A model that was trained elsewhere and is asked for rows only. */
import type { Given, Matrix, Span } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { buildModel } from "../models/index.ts";
import type { Heeding, ModelState } from "../models/model.ts";
import type { RunConfig } from "../protocol/run.ts";
import { random } from "../random/random.ts";
import { draws } from "./draws.ts";

export interface Sampler {
  /** As a trainer's. */
  readonly heeds: Heeding | undefined;
  /** `n` rows in pieces: those that the trainer whose state this is makes with that seed on this backend. */
  sample(n: number, seed: number, given?: Given): AsyncGenerator<Matrix>;
  dispose(): void;
}

export interface SamplerRequest {
  readonly spans: readonly Span[];
  /** Numbers in an encoded row. */
  readonly width: number;
  readonly config: Pick<RunConfig, "model" | "settings" | "seed">;
  readonly state: ModelState;
}

/**
 * Builds the model on the open backend; `dispose` frees it.
 * @throws Error in plain words for unusable settings; Unfit where the state is not of such a model.
 */
export function sampler({ spans, width, config, state }: SamplerRequest): Sampler {
  const { model: id, settings, seed } = config;
  const model = buildModel(id, { spans, width, from: { state }, settings, random: random(seed) });
  const { sample } = draws(model, width, () => new Error(t`The model makes rows that are not numbers.`));
  return { heeds: model.heeds, sample, dispose: () => model.dispose() };
}
