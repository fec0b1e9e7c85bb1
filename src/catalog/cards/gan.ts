import { t } from "../../language/words.ts";
import type { ModelCard } from "../card.ts";
import { adversarialLoss, lambda, r1 } from "./adversarial.ts";
import { augmentation } from "./augmentation.ts";
import { learningRate, batch, average, momentum, memory, sizes, activation, convolutions } from "./common.ts";

export const gan: ModelCard = {
  id: "gan",
  name: "GAN",
  summary: t`A generator and a discriminator train against each other.`,
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
  instant: false,
  players: ["discriminator", "generator"],
  settings: [
    adversarialLoss("non-saturating"),
    {
      key: "latent",
      label: t`Noise size`,
      help: t`Random numbers that the generator turns into one row. Too few and it can't cover the data.`,
      kind: "number",
      default: 32,
      min: 1,
      max: 512,
      whole: true,
      main: true,
    },
    learningRate(
      2e-3,
      t`How far each step moves the weights. Higher learns faster until the two networks start to chase each other.`,
    ),
    sizes("generator", t`Generator layers`, t`Hidden layers of the network that makes rows.`, [128, 128]),
    sizes(
      "discriminator",
      t`Discriminator layers`,
      t`Hidden layers of the network that judges rows.`,
      [128, 128],
    ),
    activation("leakyRelu"),
    // Plain units are as good in the same seconds over 28 by 28 pixels (bench:glyphs), so they stay the default.
    ...convolutions([16, 32]),
    {
      key: "criticSteps",
      label: t`Discriminator steps`,
      help: t`Discriminator steps for each generator step. A stronger judge gives better advice and costs time.`,
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
      label: t`Gumbel temperature`,
      help: t`How far the generator may blend categories while it learns; near 0 it must commit to one.`,
      kind: "number",
      default: 0.5,
      min: 0.05,
      max: 2,
    },
    {
      key: "output",
      label: t`Numbers leave through`,
      help: t`tanh confines every number to (-1, 1), as image GANs do.`,
      kind: "choice",
      default: "columns",
      options: [
        { value: "columns", label: t`what each column needs` },
        { value: "tanh", label: t`tanh` },
      ],
    },
    batch(128),
    average(0.995),
    momentum(0.5),
    memory(0.9),
    ...augmentation,
  ],
  defaults: { shape: { latent: 4, r1: 0.03 } },
};
