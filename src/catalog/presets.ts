/**
 * Three examples that countless articles print, exactly as printed: settings of
 * the ordinary models, so that a reader can start from the article and turn one
 * thing at a time. `note` says plainly what limits each.
 */
import { t } from "../language/words.ts";
import type { DatasetId } from "./datasets.ts";
import type { ModelId } from "./card.ts";
import type { Settings } from "./setting.ts";

export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly dataset: DatasetId;
  readonly model: ModelId;
  readonly settings: Settings;
  /** How numbers are scaled before training. */
  readonly numeric: "none";
  readonly note: string;
}

/** Adam at 2e-4 with its usual decays, batches of 64, samples from the weights themselves. */
const asPrinted: Settings = { learningRate: 2e-4, batch: 64, momentum: 0.9, beta2: 0.999, average: 0 };

export const presets: readonly Preset[] = [
  {
    id: "textbook-gan",
    name: t`Textbook GAN`,
    dataset: "gaussian-784",
    model: "gan",
    settings: {
      ...asPrinted,
      loss: "non-saturating",
      latent: 10,
      generator: [128],
      discriminator: [128],
      activation: "relu",
      output: "tanh",
      criticSteps: 1,
      r1: 0,
    },
    numeric: "none",
    note: t`The generator ends in tanh, so no number it makes can leave (-1, 1); about a third of a standard normal lies outside. The discriminator can win on that alone.`,
  },
  {
    id: "textbook-vae",
    name: t`Textbook VAE`,
    dataset: "gaussian-10",
    model: "vae",
    settings: {
      ...asPrinted,
      latent: 2,
      hidden: [128, 64],
      activation: "relu",
      beta: 1,
      likelihood: "bernoulli",
      reduction: "sum",
    },
    numeric: "none",
    note: t`Cross-entropy wants targets in [0, 1] and a sigmoid answers in (0, 1), but the data are standard normals: half are negative. The loss has no lowest value, falls for ever, and the samples say only which sign a number tends to have.`,
  },
  {
    id: "textbook-diffusion",
    name: t`Textbook “diffusion”`,
    dataset: "gaussian-784",
    model: "diffusion",
    settings: { ...asPrinted, process: "one-step", hidden: [128], noise: 0.1, output: "sigmoid" },
    numeric: "none",
    note: t`This is one denoising step, not a diffusion sampler: one noise level, no chain from noise to data. The sigmoid answers in (0, 1), so negative numbers are out of reach, and 128 units can't carry 784 independent numbers.`,
  },
];
