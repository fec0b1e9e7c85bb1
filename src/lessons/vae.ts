import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Auto-Encoding Variational Bayes (D. Kingma, M. Welling, 2014)",
  url: "https://arxiv.org/abs/1312.6114",
};

export const vae: Lesson = {
  id: "vae",
  title: "VAE: squeeze and unfold",
  minutes: 6,
  about: "Reconstruction against the KL term, and what β trades.",
  sources: [
    paper,
    { title: "beta-VAE (I. Higgins et al., 2017)", url: "https://openreview.net/forum?id=Sy2fzU9gl" },
  ],
  steps: [
    {
      id: "two-terms",
      title: "Two terms",
      text: [
        "An encoder squeezes each {real|real row} into a few latent numbers, a decoder brings it back. The loss asks for rows that come back right (reconstruction) and for latents that look like plain noise (KL), so that noise can be decoded into {synthetic|synthetic rows}.",
      ],
      lab: "data=ring&model=vae&steps=1500",
      goal: { words: "Distance 0.03 or less", figure: "distance", atMost: 0.03, withinSeconds: 20 },
    },
    {
      id: "beta",
      title: "Too much β",
      text: ["β weighs the KL term. Here it is 8, twenty times as much as before."],
      lab: "data=ring&model=vae&s.beta=8&steps=1500",
      predict: {
        question: "After as many steps, are the points nearer to the held-out ones or farther?",
        options: ["Nearer", "Farther"],
        answer: 1,
        why: "Latents that must look like noise can't say much about the row: in our runs the distance ended at 0.06 instead of 0.01.",
      },
      goal: { words: "1,500 steps done", figure: "step", atLeast: 1500, withinSeconds: 20 },
    },
  ],
};
