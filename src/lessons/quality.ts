import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const quality: Lesson = {
  id: "quality",
  title: t`Checking quality, and the copy as a trap`,
  minutes: 9,
  about: t`Six axes; why looking real is not enough.`,
  sources: [{ title: "The DCR Delusion (2025)", url: "https://arxiv.org/abs/2505.01524" }],
  steps: [
    {
      id: "copy",
      title: t`A perfect model?`,
      text: [
        t`Train this one, then compare “Not told apart” and “No nearer to training rows”. Make the report in the Quality view for all six axes.`,
      ],
      lab: "model=copy&view=quality",
      predict: {
        question: t`Its rows can't be told from real ones. Where does it fail?`,
        options: [t`Nowhere`, t`Privacy: they are real rows`],
        answer: 1,
        why: t`It hands out training rows again. Every likeness figure is at its best and “No nearer to training rows” is 0.`,
      },
      goal: {
        words: t`No nearer to training rows: 0.1 or less`,
        figure: "near",
        atMost: 0.1,
        withinSeconds: 10,
      },
    },
    {
      id: "learned",
      title: t`Beside a model that learned`,
      text: [
        t`Diffusion is nearly as like, and its rows are no nearer to training rows than {holdout|held-out rows} are. Train it and make the report.`,
      ],
      lab: "steps=600&view=quality",
      goal: {
        words: t`No nearer to training rows: 0.4 or more, at the end`,
        atEnd: true,
        figure: "near",
        atLeast: 0.4,
        withinSeconds: 30,
      },
    },
    {
      id: "spot",
      title: t`Spot the fake yourself`,
      text: [
        t`A classifier is one judge; you are another. Train, look at the rows, then press “Spot the fake” above them: five of ten are {synthetic|synthetic}. Mark them, and see your AUC beside the boosted trees’ and beside guessing, which is 0.5.`,
        t`Ten rows are few: three rounds say more than one.`,
      ],
      // A seed of its own: the step before has this setup otherwise, and its run would reach the goal on arrival.
      lab: "seed=8&steps=600&view=rows",
      goal: {
        words: t`600 steps done, so that there are rows to judge`,
        figure: "step",
        atLeast: 600,
        withinSeconds: 50,
      },
    },
  ],
};
