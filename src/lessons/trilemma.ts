import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Tackling the Generative Learning Trilemma with Denoising Diffusion GANs (Z. Xiao et al., 2022)",
  url: "https://arxiv.org/abs/2112.07804",
};

export const trilemma: Lesson = {
  id: "trilemma",
  title: "The trilemma and DDGAN",
  minutes: 8,
  about: "Good, varied, fast: few large denoising steps, each drawn by a GAN.",
  sources: [paper],
  steps: [
    {
      id: "one",
      title: "One step is a GAN",
      text: [
        "Good rows, all modes, quick drawing: a GAN is quick, diffusion is good and varied. A denoising diffusion GAN takes T large steps, each drawn by a generator. With T = 1 it is a plain GAN.",
      ],
      lab: "data=ring&model=ddgan&s.steps=1&steps=600",
      predict: {
        question: "After 600 steps, how far are its points from the held-out ones, beside T = 4?",
        options: ["About as near", "Much farther"],
        answer: 1,
        why: "With T = 1 the distance ended at 0.13 in our run and two of eight clusters were lost; T = 4 came to 0.005 in as many steps.",
      },
      goal: { words: "600 steps done", figure: "step", atLeast: 600, withinSeconds: 60 },
    },
    {
      id: "four",
      title: "Four steps",
      text: [
        "The same with T = 4. Each step has less to guess. Afterwards open “Race models” and let GAN, diffusion and DDGAN run side by side; the triangle there is the trilemma.",
      ],
      lab: "data=ring&model=ddgan&steps=600",
      goal: {
        words: "Distance 0.02 or less, at the end",
        figure: "distance",
        atMost: 0.02,
        atEnd: true,
        withinSeconds: 40,
      },
    },
  ],
};
