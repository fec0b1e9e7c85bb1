import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const tables: Lesson = {
  id: "tables",
  title: t`Synthetic data of a table`,
  minutes: 7,
  about: t`Types, missing values, rows by condition, gaps filled.`,
  sources: [
    {
      title: "Modeling Tabular Data using Conditional GAN (L. Xu et al., 2019)",
      url: "https://arxiv.org/abs/1907.00503",
    },
  ],
  steps: [
    {
      id: "types",
      title: t`Types and gaps`,
      text: [
        t`A table has numbers, categories and gaps. Under Data each column's type can be changed or the column left out. A gap is learned like a value: {synthetic|synthetic rows} have gaps where {real|real ones} would.`,
        t`Train, then look at the Columns view.`,
      ],
      lab: "steps=600&view=columns",
      goal: { words: t`Pairs of columns: 0.85 or more`, figure: "trend", atLeast: 0.85, withinSeconds: 10 },
    },
    {
      id: "conditions",
      title: t`Rows on demand`,
      text: [
        t`With the same model: under Download add a condition, such as one species only, and download. Then ask for the table with its gaps filled.`,
      ],
      lab: "steps=600&view=columns",
    },
  ],
};
