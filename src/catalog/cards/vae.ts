import type { ModelCard } from "../card.ts";
import { augmentation } from "./augmentation.ts";
import { learningRate, batch, average, momentum, memory, sizes, activation } from "./common.ts";

export const vae: ModelCard = {
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
    ...augmentation,
  ],
  defaults: { shape: { latent: 2, beta: 0.4 } },
};
