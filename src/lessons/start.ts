import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const start: Lesson = {
  id: "start",
  title: t`What a generative model is`,
  minutes: 6,
  about: t`Fit, then draw. A baseline shows what a model has to add.`,
  sources: [
    {
      title: "The Synthetic Data Vault (N. Patki et al., 2016)",
      url: "https://doi.org/10.1109/DSAA.2016.49",
    },
  ],
  steps: [
    {
      id: "columns",
      title: t`Every column by itself`,
      text: [
        t`A generative model is fitted to {real|real rows} and then draws {synthetic|synthetic rows} that nobody has measured. {holdout|Held-out rows} are kept aside, to judge by.`,
        t`The simplest one learns each column alone and draws each alone. Press Train: it is fitted at once, and its figures stand under Quality.`,
        t`One of them, “Not told apart”, asks a classifier: a model that is shown rows of two kinds and learns to say which kind a row is of.`,
      ],
      lab: "model=independent&view=pca",
      predict: {
        question: t`Can a classifier tell its rows from real ones?`,
        options: [t`Hardly: every column is right`, t`Easily: rows as a whole are wrong`],
        answer: 1,
        why: t`Columns are right and their combinations are not: look at “Not told apart” under Quality. Here it is about 0.1, where 1 is best.`,
      },
      goal: { words: t`Column shapes of 0.9 or more`, figure: "shape", atLeast: 0.9, withinSeconds: 10 },
    },
    {
      id: "model",
      title: t`A model that learns rows`,
      text: [
        t`Now a model that learns how columns hang together. Press Train and watch the {synthetic|synthetic dots} move onto the {real|real ones}.`,
      ],
      lab: "steps=600&view=pca",
      goal: { words: t`Not told apart: 0.7 or more`, figure: "told", atLeast: 0.7, withinSeconds: 10 },
    },
  ],
};
