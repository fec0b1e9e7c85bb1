import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const memorisation: Failure = {
  id: "memorisation",
  title: t`Memorisation`,
  minutes: 3,
  about: t`Diffusion that learns 200 rows by heart.`,
  finding: "memorisation",
  figure: "nearer",
  seconds: 15,
  remedy: t`Weights that are pulled towards 0 can't hold single rows, and what many rows share is kept.`,
  sources: [
    {
      title: "A Non-Parametric Test to Detect Data-Copying in Generative Models (C. Meehan et al., 2020)",
      url: "https://arxiv.org/abs/2004.05675",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Rows known by heart`,
      text: [
        t`Half of the table is set aside, so 200 rows are left to learn from, and nothing holds the weights down: large steps, no weight decay, and a short average over them. Every likeness figure is good.`,
        t`Look at how many {synthetic|rows} lie nearer to a {real|training row} than to any {holdout|held-out one}: half would by chance.`,
      ],
      lab: "holdout=0.5&model=diffusion&s.weightDecay=0&s.average=0.99&s.learningRate=0.003&steps=1000",
    },
    {
      id: "worse",
      title: t`Twice as long`,
      text: [t`The same for twice as many steps.`],
      lab: "holdout=0.5&model=diffusion&s.weightDecay=0&s.average=0.99&s.learningRate=0.003&steps=2000",
    },
  ],
};
