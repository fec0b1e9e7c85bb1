import type { ModelCard } from "../card.ts";
import { adversarialLoss, lambda, r1 } from "./adversarial.ts";
import { learningRate, batch, average, momentum, memory, sizes, activation } from "./common.ts";

export const gan: ModelCard = {
  id: "gan",
  name: "GAN",
  summary: "A generator and a discriminator train against each other.",
  paper: {
    title: "Generative Adversarial Networks",
    authors: "Ian Goodfellow et al.",
    year: 2014,
    url: "https://arxiv.org/abs/1406.2661",
  },
  variants: [
    {
      when: { loss: "wgan-gp" },
      paper: {
        title: "Improved Training of Wasserstein GANs",
        authors: "Ishaan Gulrajani et al.",
        year: 2017,
        url: "https://arxiv.org/abs/1704.00028",
      },
    },
  ],
  objectives: ["discriminator", "generator"],
  instant: false,
  settings: [
    adversarialLoss("non-saturating"),
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
    r1(1),
    lambda(1),
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
  defaults: { shape: { latent: 4, r1: 0.03 } },
};
