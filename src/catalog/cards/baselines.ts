/** Fitted at once, nothing to train: what a model has to beat. */
import { t } from "../../language/words.ts";
import type { ModelCard } from "../card.ts";

export const independent: ModelCard = {
  id: "independent",
  name: t`Independent columns`,
  summary: t`Every column drawn on its own: right one by one, blind to how they hang together.`,
  paper: {
    title: "The Design of Experiments",
    authors: "Ronald A. Fisher",
    year: 1935,
    url: "https://archive.org/details/in.ernet.dli.2015.502684",
  },
  instant: true,
  settings: [],
};

export const copula: ModelCard = {
  id: "copula",
  name: t`Gaussian copula`,
  summary: t`Keeps every column and links them by correlations; nothing to train.`,
  paper: {
    title: "The Synthetic Data Vault",
    authors: "Neha Patki, Roy Wedge, Kalyan Veeramachaneni",
    year: 2016,
    url: "https://doi.org/10.1109/DSAA.2016.49",
  },
  instant: true,
  settings: [],
};

export const smote: ModelCard = {
  id: "smote",
  name: "SMOTE",
  summary: t`Rows between a real row and a near one: lifelike, and close to two real people.`,
  paper: {
    title: "SMOTE: Synthetic Minority Over-sampling Technique",
    authors: "Nitesh Chawla, Kevin Bowyer, Lawrence Hall, W. Philip Kegelmeyer",
    year: 2002,
    url: "https://arxiv.org/abs/1106.1813",
  },
  instant: true,
  settings: [
    {
      key: "neighbours",
      label: t`Neighbours`,
      help: t`A row is drawn towards one of so many of its nearest. More of them reach farther.`,
      kind: "number",
      default: 5,
      min: 1,
      max: 50,
      whole: true,
      main: true,
    },
  ],
};

export const copy: ModelCard = {
  id: "copy",
  name: t`Bootstrap copy`,
  summary: t`Real rows, picked again: as lifelike as can be, and no privacy at all.`,
  paper: {
    title: "Bootstrap Methods: Another Look at the Jackknife",
    authors: "Bradley Efron",
    year: 1979,
    url: "https://doi.org/10.1214/aos/1176344552",
  },
  instant: true,
  settings: [],
};
