/**
 * The models on offer, as data: names, papers, settings. Pages and links read
 * this; the code that trains them is in `models/`, one file an entry. No
 * tensors here, so that the page can show a model without loading one.
 */
import type { DatasetKind } from "./datasets.ts";
import { complete } from "./setting.ts";
import type { Setting, Settings } from "./setting.ts";

export type ModelId = "gan" | "vae" | "diffusion" | "independent" | "copula";

export interface ModelCard {
  readonly id: ModelId;
  readonly name: string;
  /** One line under the name. */
  readonly summary: string;
  readonly paper: {
    readonly title: string;
    readonly authors: string;
    readonly year: number;
    readonly url: string;
  };
  /** Baselines are fitted at once and have nothing to train. */
  readonly instant: boolean;
  readonly settings: readonly Setting[];
}

const learningRate = (standard: number, help: string): Setting => ({
  key: "learningRate",
  label: "Learning rate",
  help,
  kind: "number",
  default: standard,
  min: 1e-6,
  max: 0.1,
  scale: "log",
  main: true,
  live: true,
});

const batch = (standard: number): Setting => ({
  key: "batch",
  label: "Batch size",
  help: "Rows a step learns from. Larger batches give steadier steps and fewer of them a second.",
  kind: "number",
  default: standard,
  min: 8,
  max: 2048,
  whole: true,
});

const average = (standard: number): Setting => ({
  key: "average",
  label: "Weight average",
  help: "Sampling uses a running average of the weights; this much of it is kept at each step, 0 for none.",
  kind: "number",
  default: standard,
  min: 0,
  max: 0.9999,
});

const momentum = (standard: number): Setting => ({
  key: "momentum",
  label: "Momentum (Adam β₁)",
  help: "How long a step remembers the direction of earlier ones. Opponents that react to each other want little.",
  kind: "number",
  default: standard,
  min: 0,
  max: 0.99,
});

const memory = (standard: number): Setting => ({
  key: "beta2",
  label: "Scale memory (Adam β₂)",
  help: "How long a step remembers how large gradients were.",
  kind: "number",
  default: standard,
  min: 0.5,
  max: 0.9999,
});

const sizes = (
  key: string,
  label: string,
  help: string,
  standard: readonly number[],
  main = false,
): Setting => ({
  key,
  label,
  help,
  kind: "sizes",
  default: standard,
  maxLayers: 6,
  maxSize: 1024,
  main,
});

const activation = (standard: string): Setting => ({
  key: "activation",
  label: "Activation",
  help: "What a hidden unit does with its sum.",
  kind: "choice",
  default: standard,
  options: [
    { value: "leakyRelu", label: "Leaky ReLU" },
    { value: "relu", label: "ReLU" },
    { value: "silu", label: "SiLU" },
    { value: "tanh", label: "tanh" },
  ],
});

export const modelCards: readonly ModelCard[] = [
  {
    id: "gan",
    name: "GAN",
    summary: "A generator and a discriminator train against each other.",
    paper: {
      title: "Generative Adversarial Networks",
      authors: "Ian Goodfellow et al.",
      year: 2014,
      url: "https://arxiv.org/abs/1406.2661",
    },
    instant: false,
    settings: [
      {
        key: "loss",
        label: "Loss",
        help: "How the discriminator keeps score: as a probability of being real, or as a distance between real and synthetic (Wasserstein, with a gradient penalty).",
        kind: "choice",
        default: "non-saturating",
        options: [
          { value: "non-saturating", label: "Non-saturating" },
          { value: "wgan-gp", label: "Wasserstein with gradient penalty" },
        ],
        main: true,
      },
      {
        key: "latent",
        label: "Noise size",
        help: "Random numbers that the generator turns into one row. Too few and it can't cover the data.",
        kind: "number",
        default: 32,
        min: 1,
        max: 512,
        whole: true,
        main: true,
      },
      learningRate(
        2e-3,
        "How far each step moves the weights. Higher learns faster until the two networks start to chase each other.",
      ),
      sizes("generator", "Generator layers", "Hidden layers of the network that makes rows.", [128, 128]),
      sizes(
        "discriminator",
        "Discriminator layers",
        "Hidden layers of the network that judges rows.",
        [128, 128],
      ),
      activation("leakyRelu"),
      {
        key: "criticSteps",
        label: "Discriminator steps",
        help: "Discriminator steps for each generator step. A stronger judge gives better advice and costs time.",
        kind: "number",
        default: 1,
        min: 1,
        max: 10,
        whole: true,
      },
      {
        key: "r1",
        label: "R1 penalty",
        help: "Keeps the non-saturating discriminator smooth around real rows, which calms training; 0 turns it off.",
        kind: "number",
        default: 1,
        min: 0,
        max: 100,
      },
      {
        key: "lambda",
        label: "Gradient penalty λ",
        help: "Keeps the Wasserstein discriminator's slope near 1.",
        kind: "number",
        default: 1,
        min: 0,
        max: 100,
      },
      {
        key: "tau",
        label: "Gumbel temperature",
        help: "How far the generator may blend categories while it learns; near 0 it must commit to one.",
        kind: "number",
        default: 0.5,
        min: 0.05,
        max: 2,
      },
      {
        key: "output",
        label: "Numbers leave through",
        help: "tanh confines every number to (-1, 1), as image GANs do.",
        kind: "choice",
        default: "columns",
        options: [
          { value: "columns", label: "what each column needs" },
          { value: "tanh", label: "tanh" },
        ],
      },
      batch(128),
      average(0.995),
      momentum(0.5),
      memory(0.9),
    ],
  },
  {
    id: "vae",
    name: "VAE",
    summary: "Squeezes rows into a few latent numbers and learns to bring them back.",
    paper: {
      title: "Auto-Encoding Variational Bayes",
      authors: "Diederik Kingma, Max Welling",
      year: 2014,
      url: "https://arxiv.org/abs/1312.6114",
    },
    instant: false,
    settings: [
      {
        key: "latent",
        label: "Latent size",
        help: "Numbers a row is squeezed into. Two can be drawn as a map; more keep more detail.",
        kind: "number",
        default: 16,
        min: 1,
        max: 256,
        whole: true,
        main: true,
      },
      {
        key: "beta",
        label: "β (KL weight)",
        help: "How strictly latents must look like plain noise. Lower reconstructs better, higher samples more smoothly.",
        kind: "number",
        default: 1,
        min: 0,
        max: 20,
        main: true,
      },
      learningRate(2e-3, "How far each step moves the weights. Higher learns faster until it overshoots."),
      sizes("hidden", "Hidden layers", "Hidden layers of the encoder; the decoder mirrors them.", [128, 128]),
      activation("relu"),
      {
        key: "spread",
        label: "Spread when sampling",
        help: "Each number is drawn around the decoder's mean with this share of the spread that was learned; 0 takes means.",
        kind: "number",
        default: 1,
        min: 0,
        max: 1,
      },
      {
        key: "likelihood",
        label: "Rows are compared by",
        help: "Column by column as numbers and categories, or every position as a probability (cross-entropy; wants values in [0, 1]).",
        kind: "choice",
        default: "columns",
        options: [
          { value: "columns", label: "what each column needs" },
          { value: "bernoulli", label: "cross-entropy through a sigmoid" },
        ],
      },
      {
        key: "reduction",
        label: "Loss over the batch",
        help: "Reported as the mean or the sum over the batch; Adam takes the same steps for both.",
        kind: "choice",
        default: "mean",
        options: [
          { value: "mean", label: "mean" },
          { value: "sum", label: "sum" },
        ],
      },
      batch(128),
      average(0.995),
      momentum(0.9),
      memory(0.999),
    ],
  },
  {
    id: "diffusion",
    name: "Diffusion",
    summary: "Learns to undo noise, then starts from pure noise.",
    paper: {
      title: "Elucidating the Design Space of Diffusion-Based Generative Models",
      authors: "Tero Karras, Miika Aittala, Timo Aila, Samuli Laine",
      year: 2022,
      url: "https://arxiv.org/abs/2206.00364",
    },
    instant: false,
    settings: [
      {
        key: "samplingSteps",
        label: "Sampling steps",
        help: "Steps from noise to rows. More follow the path more closely and take longer to draw.",
        kind: "number",
        default: 20,
        min: 1,
        max: 200,
        whole: true,
        main: true,
        live: true,
      },
      sizes("hidden", "Hidden layers", "Hidden layers of the denoiser.", [192, 192, 192], true),
      learningRate(2e-3, "How far each step moves the weights. Higher learns faster until it overshoots."),
      {
        key: "octaves",
        label: "Wave features",
        help: "Octaves of sines and cosines of each number given to the denoiser: sharper shapes in the plane, of no use to tables.",
        kind: "number",
        default: 0,
        min: 0,
        max: 6,
        whole: true,
      },
      {
        key: "process",
        label: "Process",
        help: "Diffusion over all noise levels, or the one-step denoising autoencoder of many tutorials.",
        kind: "choice",
        default: "diffusion",
        options: [
          { value: "diffusion", label: "Diffusion" },
          { value: "one-step", label: "One denoising step" },
        ],
      },
      {
        key: "noise",
        label: "Noise of the one step",
        help: "Standard deviation of the noise that the one-step autoencoder removes; diffusion uses all levels.",
        kind: "number",
        default: 0.1,
        min: 0.001,
        max: 10,
        scale: "log",
      },
      {
        key: "output",
        label: "The one step ends in",
        help: "What the one-step autoencoder's answer passes through.",
        kind: "choice",
        default: "linear",
        options: [
          { value: "linear", label: "nothing" },
          { value: "sigmoid", label: "a sigmoid" },
        ],
      },
      batch(256),
      average(0.998),
      momentum(0.9),
      memory(0.99),
    ],
  },
  {
    id: "independent",
    name: "Independent columns",
    summary: "Every column drawn on its own: right one by one, blind to how they hang together.",
    paper: {
      title: "The Design of Experiments",
      authors: "Ronald A. Fisher",
      year: 1935,
      url: "https://archive.org/details/in.ernet.dli.2015.502684",
    },
    instant: true,
    settings: [],
  },
  {
    id: "copula",
    name: "Gaussian copula",
    summary: "Keeps every column and links them by correlations; nothing to train.",
    paper: {
      title: "The Synthetic Data Vault",
      authors: "Neha Patki, Roy Wedge, Kalyan Veeramachaneni",
      year: 2016,
      url: "https://doi.org/10.1109/DSAA.2016.49",
    },
    instant: true,
    settings: [],
  },
];

/** @throws Error for an id that is not on offer. */
export function modelCard(id: ModelId): ModelCard {
  const card = modelCards.find((candidate) => candidate.id === id);
  if (card === undefined) throw new Error(`There is no model called "${String(id)}".`);
  return card;
}

/** What suits points in the plane better than the cards' defaults, which suit tables. */
const shapeDefaults: Readonly<Partial<Record<ModelId, Settings>>> = {
  gan: { latent: 4, r1: 0.03 },
  vae: { latent: 2, beta: 0.4 },
  diffusion: { octaves: 3, hidden: [128, 128, 128] },
};

/** Defaults for data of this kind, by key: the cards' own, but for a few where the kind asks for others. */
export function defaultsFor(id: ModelId, kind: DatasetKind): Settings {
  return complete(modelCard(id).settings, kind === "shape" ? (shapeDefaults[id] ?? {}) : {});
}
