import type { Lesson } from "./lesson.ts";

export const diffusion: Lesson = {
  id: "diffusion",
  title: "Diffusion: undo noise, step by step",
  minutes: 6,
  about: "A denoiser for every level of noise, and the steps of sampling.",
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
      title: "Learn to denoise",
      text: [
        "Noise of every strength is added to {real|real points}, and one network learns to take it away. Drawing starts from noise alone and removes it in many steps until {synthetic|synthetic points} are left.",
      ],
      lab: "data=ring&model=diffusion&steps=600",
      goal: { words: "Not told apart: 0.7 or more", figure: "told", atLeast: 0.7, withinSeconds: 20 },
    },
    {
      id: "sampling",
      title: "Fewer steps at sampling",
      text: [
        "The number of sampling steps is a live setting: it changes how rows are drawn, not what was learned. Train on, and move “Sampling steps” from 20 down to 1 and back.",
      ],
      lab: "data=ring&model=diffusion&steps=600",
    },
  ],
};
