import type { ModelCard } from "../card.ts";
import type { Settings } from "../setting.ts";
import { augmentation } from "./augmentation.ts";
import { average, batch, learningRate, memory, momentum, sizes, weightDecay } from "./common.ts";

/** Points, vectors and pixels are numbers throughout, and bins would show. */
const gaussian: Settings = { process: "edm", learningRate: 2e-3, batch: 256, average: 0.998, beta2: 0.99 };

export const diffusion: ModelCard = {
  id: "diffusion",
  name: "Diffusion",
  summary: "Learns to undo noise or masks, step by step, then starts from nothing else.",
  paper: {
    title: "Elucidating the Design Space of Diffusion-Based Generative Models",
    authors: "Tero Karras, Miika Aittala, Timo Aila, Samuli Laine",
    year: 2022,
    url: "https://arxiv.org/abs/2206.00364",
  },
  variants: [
    {
      when: { process: "masked" },
      paper: {
        title: "Autoregressive Diffusion Models",
        authors: "Emiel Hoogeboom et al.",
        year: 2022,
        url: "https://arxiv.org/abs/2110.02037",
      },
    },
  ],
  instant: false,
  settings: [
    {
      key: "process",
      label: "Process",
      help: "What is undone: masks over columns that are cut into bins, best for tables; Gaussian noise on numbers; or the one step of many tutorials.",
      kind: "choice",
      default: "masked",
      options: [
        { value: "masked", label: "Masked columns" },
        { value: "edm", label: "Gaussian noise" },
        { value: "one-step", label: "One denoising step" },
      ],
      main: true,
    },
    {
      key: "samplingSteps",
      label: "Sampling steps",
      help: "Steps from nothing to rows; masked columns need no more than there are columns. More are more faithful and take longer to draw.",
      kind: "number",
      default: 20,
      min: 1,
      max: 200,
      whole: true,
      main: true,
      live: true,
    },
    learningRate(1e-3, "How far each step moves the weights. Higher learns faster until it overshoots."),
    sizes("hidden", "Hidden layers", "Hidden layers of the denoiser.", [256, 256, 256]),
    {
      key: "bins",
      label: "Bins of a number",
      help: "Each number is cut into so many bins of equally many rows, fewer where rows are few. More are finer and learn slower.",
      kind: "number",
      default: 100,
      min: 2,
      max: 400,
      whole: true,
      when: { process: "masked" },
    },
    {
      key: "predicts",
      label: "The denoiser predicts",
      help: "A mixture of row and noise, as in the paper, or the clean row, which a network narrower than the row can do better: images.",
      kind: "choice",
      default: "mixture",
      options: [
        { value: "mixture", label: "row and noise" },
        { value: "clean", label: "the clean row" },
      ],
      when: { process: "edm" },
    },
    {
      key: "octaves",
      label: "Wave features",
      help: "Octaves of sines and cosines of each number given to the denoiser: sharper shapes in the plane, of no use to tables.",
      kind: "number",
      default: 0,
      min: 0,
      max: 6,
      whole: true,
      when: { process: "edm" },
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
      when: { process: "one-step" },
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
      when: { process: "one-step" },
    },
    batch(512),
    weightDecay(0.75),
    average(0.999),
    momentum(0.9),
    memory(0.999),
    ...augmentation,
  ],
  defaults: {
    shape: { ...gaussian, octaves: 3, hidden: [128, 128, 128] },
    vectors: { ...gaussian, hidden: [192, 192, 192] },
    images: { ...gaussian, predicts: "clean", hidden: [256, 256, 256] },
  },
};
