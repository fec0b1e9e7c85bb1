/** Fitted at once, nothing to train: what a model has to beat. */
import type { ModelCard } from "../card.ts";

export const independent: ModelCard = {
  id: "independent",
  name: "Independent columns",
  summary: "Every column drawn on its own: right one by one, blind to how they hang together.",
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
  name: "Gaussian copula",
  summary: "Keeps every column and links them by correlations; nothing to train.",
  paper: {
    title: "The Synthetic Data Vault",
    authors: "Neha Patki, Roy Wedge, Kalyan Veeramachaneni",
    year: 2016,
    url: "https://doi.org/10.1109/DSAA.2016.49",
  },
  instant: true,
  settings: [],
};
