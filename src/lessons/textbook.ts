import { presets } from "../catalog/presets.ts";
import type { Settings } from "../catalog/setting.ts";
import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

/** The lab as a textbook example has it, setting for setting, but for what is changed. */
function asPrinted(
  id: string,
  changed: { readonly data?: string; readonly settings?: Settings } = {},
): string {
  const { dataset, model, settings } = presets.find((preset) => preset.id === id)!;
  const all = Object.entries({ ...settings, ...changed.settings });
  const named = all.map(
    ([key, value]) => `s.${key}=${Array.isArray(value) ? value.join("-") : String(value)}`,
  );
  const data = changed.data ?? dataset;
  // 784 columns are too many to be drawn one by one: they are shown as images of 28 by 28.
  const view = data === "gaussian-784" ? "images" : "columns";
  return [`data=${data}`, `model=${model}`, ...named, `view=${view}`].join("&");
}
const tenColumns = "gaussian-10";

export const textbook: Lesson = {
  id: "textbook",
  title: t`Three textbook networks, mended`,
  minutes: 10,
  about: t`What tutorials print, what goes wrong, and the smallest change that mends it.`,
  sources: [
    {
      title: "Generative Adversarial Networks (I. Goodfellow et al., 2014)",
      url: "https://arxiv.org/abs/1406.2661",
    },
    {
      title: "Auto-Encoding Variational Bayes (D. Kingma, M. Welling, 2014)",
      url: "https://arxiv.org/abs/1312.6114",
    },
    {
      title: "Denoising Diffusion Probabilistic Models (J. Ho et al., 2020)",
      url: "https://arxiv.org/abs/2006.11239",
    },
  ],
  steps: [
    {
      id: "tanh",
      title: t`The GAN as it is printed`,
      text: [
        t`The data are {real|784 columns of standard normals}, drawn as images of 28 by 28; about a third of their values lie outside (−1, 1). The generator ends in tanh, as image GANs do.`,
        t`With so many columns only the distance to {holdout|held-out rows} is worked out: see “Against held-out rows”.`,
      ],
      lab: `${asPrinted("textbook-gan")}&steps=600`,
      predict: {
        question: t`Each row is drawn as an image, from black at −3 to white at 3. Which greys will be missing?`,
        options: [t`Those in the middle`, t`The darkest and the lightest`],
        answer: 1,
        why: t`tanh can’t answer outside (−1, 1), however long it trains. Here the distance is about 0.26 after 600 steps, where rows like the real ones have 0.00.`,
      },
      goal: { words: t`600 steps done`, figure: "step", atLeast: 600, withinSeconds: 35 },
    },
    {
      id: "tanh-ten",
      title: t`The same over ten columns`,
      text: [
        t`The same network and settings, over ten columns, so that all dials under Quality have something to say. “Not told apart” asks a classifier to tell {synthetic|synthetic} from {real|real rows}: 1 where it can’t, 0 where it always can.`,
      ],
      lab: `${asPrinted("textbook-gan", { data: tenColumns })}&steps=2000`,
      goal: {
        words: t`Not told apart: 0.1 or less, at the end`,
        figure: "told",
        atMost: 0.1,
        atEnd: true,
        withinSeconds: 15,
      },
    },
    {
      id: "tanh-mended",
      title: t`The tanh is taken away`,
      text: [t`One setting is changed: numbers leave through “what each column needs”, which is no bound.`],
      lab: `${asPrinted("textbook-gan", { data: tenColumns, settings: { output: "columns" } })}&steps=2000`,
      predict: {
        question: t`Is that enough to be told apart less?`,
        options: [t`Yes: the tails are there`, t`No: something else is wrong as well`],
        answer: 1,
        why: t`The tails can be reached now, and the game is still unsteady: “Not told apart” ended at 0.04 instead of 0.03. What a bound hid is a discriminator that nothing calms.`,
      },
      goal: { words: t`2,000 steps done`, figure: "step", atLeast: 2000, withinSeconds: 15 },
    },
    {
      id: "tanh-calmed",
      title: t`And the discriminator is calmed`,
      text: [
        t`A second setting: the R1 penalty, which keeps the discriminator smooth around {real|real rows}, goes from 0 to 1. With tanh and R1, “Not told apart” stays below 0.01; with neither bound nor storm it rises.`,
        t`The lab’s own GAN takes larger steps besides, and averages its weights.`,
      ],
      lab: `${asPrinted("textbook-gan", { data: tenColumns, settings: { output: "columns", r1: 1 } })}&steps=2000`,
      goal: {
        words: t`Not told apart: 0.12 or more, at the end`,
        figure: "told",
        atLeast: 0.12,
        atEnd: true,
        withinSeconds: 20,
      },
      note: {
        text: t`A penalty on the discriminator’s gradient at real rows makes the game settle where it would go round for ever.`,
        source: {
          title: "Which Training Methods for GANs do actually Converge? (L. Mescheder et al., 2018)",
          url: "https://arxiv.org/abs/1801.04406",
        },
      },
    },
    {
      id: "cross-entropy",
      title: t`The VAE as it is printed`,
      text: [
        t`This VAE compares rows by cross-entropy through a sigmoid, which wants targets in [0, 1]. These are {real|standard normals}: half are negative.`,
      ],
      lab: `${asPrinted("textbook-vae")}&steps=1000`,
      predict: {
        question: t`Where does its loss go?`,
        options: [t`Down to zero`, t`Down for ever`],
        answer: 1,
        why: t`With a target above 1 the cross-entropy has no least value: it ended near −30 million. Column shapes are 0.50 and “Not told apart” is 0.00, for a sigmoid makes no negative number.`,
      },
      goal: {
        words: t`Column shapes of 0.6 or less, at the end`,
        figure: "shape",
        atMost: 0.6,
        atEnd: true,
        withinSeconds: 10,
      },
    },
    {
      id: "cross-entropy-mended",
      title: t`The same by a Gaussian likelihood`,
      text: [
        t`One setting is changed: rows are compared column by column, as numbers. Column shapes went from 0.50 to 0.82 in our runs, the distance from 0.22 to 0.05.`,
      ],
      lab: `${asPrinted("textbook-vae", { settings: { likelihood: "columns" } })}&steps=1000`,
      goal: { words: t`Column shapes of 0.7 or more`, figure: "shape", atLeast: 0.7, withinSeconds: 10 },
    },
    {
      id: "one-step",
      title: t`The “diffusion” as it is printed`,
      text: [
        t`Many tutorials call a denoising autoencoder “diffusion”: one noise level, no chain from noise to data. It is shown noise and its one answer is the sample. This one answers through a sigmoid, so that no {synthetic|synthetic number} is negative.`,
      ],
      lab: `${asPrinted("textbook-diffusion")}&steps=600`,
      goal: {
        words: t`Distance of 0.2 or more, at the end`,
        figure: "distance",
        atLeast: 0.2,
        atEnd: true,
        withinSeconds: 20,
      },
    },
    {
      id: "many-steps",
      title: t`One setting on: Gaussian noise at every level`,
      text: [
        t`Only the process is changed: every noise level is learned, and drawing goes through a chain of 20 steps. The distance is below 0.01 on the same 784 columns.`,
        t`Standard normals flatter it: its way of mixing row and answer is right for them before anything is learned, and one step of training is enough. What one denoising step lacks shows on the ring, in the lesson on diffusion.`,
      ],
      lab: `${asPrinted("textbook-diffusion", { settings: { process: "edm" } })}&steps=600`,
      goal: {
        words: t`Distance of 0.02 or less, at the end`,
        figure: "distance",
        atMost: 0.02,
        atEnd: true,
        withinSeconds: 20,
      },
    },
  ],
};
