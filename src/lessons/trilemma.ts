import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Tackling the Generative Learning Trilemma with Denoising Diffusion GANs (Z. Xiao et al., 2022)",
  url: "https://arxiv.org/abs/2112.07804",
};

export const trilemma: Lesson = {
  id: "trilemma",
  title: t`The trilemma and DDGAN`,
  minutes: 10,
  about: t`Good, varied, fast: few large denoising steps, each drawn by a GAN.`,
  sources: [paper],
  steps: [
    {
      id: "one",
      title: t`One step is a GAN`,
      text: [
        t`Good rows, all modes, quick drawing: a GAN is quick, diffusion is good and varied. A denoising diffusion GAN takes T large steps, each drawn by a generator. With T = 1 it is a plain GAN.`,
      ],
      lab: "data=ring&model=ddgan&s.steps=1&steps=600",
      predict: {
        question: t`After 600 steps, how far are its points from the held-out ones, beside T = 4?`,
        options: [t`About as near`, t`Much farther`],
        answer: 1,
        why: t`With T = 1 the distance ended at 0.14 and 0.09 for two seeds, and two of eight clusters were lost; T = 4 came to 0.002 and 0.001 in as many steps.`,
      },
      goal: { words: t`600 steps done`, figure: "step", atLeast: 600, withinSeconds: 70 },
    },
    {
      id: "two",
      title: t`Two steps`,
      text: [t`T = 2: half of the way is left to each draw.`],
      lab: "data=ring&model=ddgan&s.steps=2&steps=600",
      predict: {
        question: t`How many of the eight clusters are lost now?`,
        options: [t`One or two`, t`None`],
        answer: 1,
        why: t`None in our runs, and the distance ended at 0.01 and 0.03 for two seeds, instead of 0.14 and 0.09.`,
      },
      goal: {
        words: t`All 8 clusters hit, at the end`,
        figure: "modes",
        atLeast: 8,
        atEnd: true,
        withinSeconds: 60,
      },
    },
    {
      id: "four",
      title: t`Four steps`,
      text: [
        t`The same with T = 4. Each step has less to guess. Afterwards open “Race models” and let GAN, diffusion and DDGAN run side by side; the triangle there is the trilemma.`,
      ],
      lab: "data=ring&model=ddgan&steps=600",
      goal: {
        words: t`Distance 0.02 or less, at the end`,
        figure: "distance",
        atMost: 0.02,
        atEnd: true,
        withinSeconds: 85,
      },
    },
    {
      id: "large",
      title: t`Inside: one large step`,
      text: [
        t`From one noisy point, marked by a cross, the Inside view draws 300 times what the generator makes of it, a step less noisy; beside it stands the Gaussian that ordinary diffusion would draw from. Train, then set “Step back” and press “Another noisy row” a few times.`,
      ],
      // A seed of its own: the step before has this setup otherwise, and its run would give the answer away.
      lab: "data=ring&model=ddgan&seed=8&steps=600&view=inside",
      predict: {
        question: t`Can one bell stand for what the generator draws?`,
        options: [t`Yes, a step is a step`, t`Not where the step is large`],
        answer: 1,
        why: t`From much noise several clusters can be meant, so the draws lie in several places and the bell’s middle between them. Small steps are nearly Gaussian, which is why diffusion takes many; a generator may take few large ones.`,
      },
      goal: { words: t`600 steps done`, figure: "step", atLeast: 600, withinSeconds: 70 },
      note: {
        text: t`Denoising steps are Gaussian only in the limit of small ones; for larger ones the true distribution has many modes.`,
        source: paper,
      },
    },
  ],
};
