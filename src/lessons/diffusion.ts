import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const diffusion: Lesson = {
  id: "diffusion",
  title: t`Diffusion: undo noise, step by step`,
  minutes: 9,
  about: t`A denoiser for every level of noise, and the steps of sampling.`,
  sources: [
    {
      title: "Denoising Diffusion Probabilistic Models (J. Ho et al., 2020)",
      url: "https://arxiv.org/abs/2006.11239",
    },
    {
      title: "Elucidating the Design Space of Diffusion-Based Generative Models (T. Karras et al., 2022)",
      url: "https://arxiv.org/abs/2206.00364",
    },
  ],
  steps: [
    {
      id: "denoise",
      title: t`Learn to denoise`,
      text: [
        t`Noise of every strength is added to {real|real points}, and one network learns to take it away. Drawing starts from noise alone and removes it in many steps until {synthetic|synthetic points} are left. Press Train and watch where they land.`,
      ],
      lab: "data=ring&model=diffusion&steps=600",
      goal: { words: t`Not told apart: 0.7 or more`, figure: "told", atLeast: 0.7, withinSeconds: 10 },
    },
    {
      id: "levels",
      title: t`Inside: the score at a level of noise`,
      text: [
        t`Arrows in the Inside view are the score: not a grade, but the direction in which rows become denser, at the noise that the slider sets. Train, then move “Noise” from one end to the other.`,
      ],
      // A seed of its own: the step before has this setup otherwise, and its run would give the answer away.
      lab: "data=ring&model=diffusion&seed=8&steps=600&view=inside",
      predict: {
        question: t`Where do the arrows point when there is much noise?`,
        options: [t`To the nearest cluster`, t`To the middle of all rows`],
        answer: 1,
        why: t`Under much noise any cluster could be meant, and their mean is the best guess; under little noise only the nearest can. So the first steps of drawing decide the coarse, the last ones the fine.`,
      },
      goal: { words: t`600 steps done`, figure: "step", atLeast: 600, withinSeconds: 20 },
      note: {
        text: t`The best denoiser’s answer and the score say the same: take the noisy row away from the answer, divide by the noise’s variance, and what is left is the score.`,
        source: {
          title:
            "Generative Modeling by Estimating Gradients of the Data Distribution (Y. Song, S. Ermon, 2019)",
          url: "https://arxiv.org/abs/1907.05600",
        },
      },
    },
    {
      id: "sampling",
      title: t`Too few steps at sampling`,
      text: [
        t`The number of sampling steps is a live setting: it changes how {synthetic|rows} are drawn, not what was learned. It is 1 here. Afterwards raise “Sampling steps” to 3, 5 and 20 and watch the distance.`,
      ],
      lab: "data=ring&model=diffusion&s.samplingSteps=1&steps=600",
      predict: {
        question: t`Where do points land that are drawn in a single step from noise?`,
        options: [t`On the clusters, a little blurred`, t`In the middle, where no row is`],
        answer: 1,
        why: t`One step from pure noise ends at the mean of all rows. The distance ended at 0.35; with 3 steps at 0.06, with 5 at 0.03, with 20 below 0.01.`,
      },
      goal: {
        words: t`Distance of 0.2 or more, at the end`,
        figure: "distance",
        atLeast: 0.2,
        atEnd: true,
        withinSeconds: 20,
      },
    },
    {
      id: "one-step",
      title: t`One noise level is no sampler`,
      text: [
        t`Many tutorials train a denoiser at one level of noise, here 0.1, then hand it pure noise and call its answer a sample. It is good at its task: the loss is near 0.`,
      ],
      lab: "data=ring&model=diffusion&s.process=one-step&steps=600",
      predict: {
        question: t`Its task is to take away a little noise. What does it make of pure noise?`,
        options: [t`Points on the ring’s clusters`, t`Points that are easily told from real ones`],
        answer: 1,
        why: t`It never saw such noise. “Not told apart” ended at 0.25 and 0.22 for two seeds, where diffusion had 0.92 and 0.81 after as many steps, though its loss was below 0.01.`,
      },
      goal: {
        words: t`Not told apart: 0.5 or less, at the end`,
        figure: "told",
        atMost: 0.5,
        atEnd: true,
        withinSeconds: 15,
      },
    },
  ],
};
