import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const generalise: Lesson = {
  id: "generalise",
  title: t`Does it help a model generalise?`,
  minutes: 9,
  about: t`Two experiments on loans: a gain that is not all it seems, and harm.`,
  sources: [{ title: "SMOTE (N. Chawla et al., 2002)", url: "https://doi.org/10.1613/jair.953" }],
  steps: [
    {
      id: "gain",
      title: t`More of the few`,
      text: [
        t`One loan in twelve defaults. {synthetic|Synthetic defaults} are added to a thousand {real|real loans}; boosted trees learn from both and are tested on {holdout|held-out ones}. Start the experiment in the view.`,
      ],
      lab: "data=loans&holdout=0.4&view=helps&exp=rare-gain",
      goal: { words: t`A verdict is there`, figure: "verdict", atLeast: 1, withinSeconds: 180 },
    },
    {
      id: "harm",
      title: t`Rows that drown the signal`,
      text: [
        t`A copula keeps columns and correlations and loses the rest. Ten of its rows are added for each real one. Start this experiment too.`,
      ],
      lab: "data=loans&model=copula&holdout=0.4&view=helps&exp=copula-harm",
      predict: {
        question: t`What do ten copula rows for each real one do to the AUC of boosted trees?`,
        options: [t`They raise it`, t`They lower it`],
        answer: 1,
        why: t`What only the combination of columns tells is drowned: measured, 0.726 became 0.691 (docs/quality.md).`,
      },
      goal: { words: t`A verdict is there`, figure: "verdict", atLeast: 1, withinSeconds: 40 },
    },
  ],
};
