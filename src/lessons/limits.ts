import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

export const limits: Lesson = {
  id: "limits",
  title: t`Limits and bias`,
  minutes: 6,
  about: t`Groups that are left out, and what no synthetic row can add.`,
  sources: [
    {
      title: "Model Cards for Model Reporting (M. Mitchell et al., 2019)",
      url: "https://arxiv.org/abs/1810.03993",
    },
  ],
  steps: [
    {
      id: "groups",
      title: t`By group`,
      text: [
        t`An average can hide a group. Train, make the report in the Quality view, and read its groups and its limits: how each group of {real|real rows} fares among the {synthetic|synthetic ones}.`,
        t`A model can't know what its rows don't show: few rows stay few, and a bias of the table comes along.`,
      ],
      lab: "steps=600&view=quality",
      goal: { words: t`A report is there`, figure: "report", atLeast: 1, withinSeconds: 70 },
    },
  ],
};
