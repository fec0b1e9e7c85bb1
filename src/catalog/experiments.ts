/**
 * Experiments on the built-in loans whose outcomes are known: a gain that is not all that it seems, and harm. Plain data: the same
 * case gives the same rows, models and verdict, on one backend. `npm run bench:generalisation` runs them.
 */
import { t } from "../language/words.ts";
import type { ModelId } from "./card.ts";
import type { DatasetId } from "./datasets.ts";

/** A model that synthetic rows are meant to teach, and what it is judged by. */
export const learnerWords = {
  linear: t`a linear model`,
  tree: t`a decision tree`,
  forest: t`a random forest`,
  boosting: t`boosted trees`,
  mlp: t`a small network`,
} as const;
export const measureWords = {
  auc: "AUC",
  averagePrecision: t`average precision`,
  macroF1: "macro-F1",
  accuracy: t`accuracy`,
  recall: t`recall`,
  precision: t`precision`,
  f1: "F1",
  r2: "R²",
  rmse: "RMSE",
} as const;

/** What a comparison can come to. */
export const outcomeWords = {
  gain: t`Gain`,
  harm: t`Harm`,
  "no gain": t`No gain`,
  undecided: t`Undecided`,
} as const;

export const experimentKinds = ["curves", "rare", "transfer"] as const;
export type ExperimentKind = (typeof experimentKinds)[number];
export type LearnerName = keyof typeof learnerWords;
export type MeasureName = keyof typeof measureWords;

/** What a person can choose of an experiment. */
export interface ExperimentChoice {
  /** "transfer" takes rows of the table that was here before. */
  readonly kind: ExperimentKind;
  /** Column to predict, and the class that is looked at, in its own spelling; none for a number. */
  readonly target: string;
  readonly positive?: string;
  /** Numbers of real rows; of transfer the smallest counts. */
  readonly sizes: readonly number[];
  /** Synthetic rows for each real one; of curves and transfer. */
  readonly multiple: number;
  /** The class's share once rows were added; of a rare class. */
  readonly share: number;
  /** Seeds 1 to this one. */
  readonly seeds: number;
  /** Of training for each model that makes rows; one that is fitted at once takes none. */
  readonly steps: number;
  readonly learners: readonly LearnerName[];
  readonly measures: readonly MeasureName[];
}

export interface ExperimentCase {
  readonly id: string;
  readonly title: string;
  /** What there is to see, for a person. */
  readonly sentence: string;
  readonly dataset: DatasetId;
  /** Of the split; the built-in rows are always the same, and the experiment's own seeds are among its choices. */
  readonly seed: number;
  /** Share of the rows that is held out for the test. */
  readonly holdout: number;
  readonly model: ModelId;
  readonly choice: ExperimentChoice;
}

/** What the controls take. */
export const experimentLimits = {
  sizes: { least: 10, most: 100_000, many: 6 },
  multiple: { least: 0.1, most: 10 },
  share: { least: 0.01, most: 0.9 },
  seeds: { least: 1, most: 10 },
  steps: { least: 1, most: 20_000 },
} as const;

const loans = { dataset: "loans", seed: 7, holdout: 0.4 } as const;
const scarce = {
  target: "default",
  positive: "yes",
  sizes: [1_000],
  multiple: 5,
  share: 0.3,
  seeds: 5,
  steps: 400,
} as const;

export const experiments: readonly ExperimentCase[] = [
  {
    ...loans,
    id: "rare-gain",
    title: t`More of the few who default`,
    sentence: t`Synthetic loans that default, added to a thousand real ones until they are three in ten: boosted trees find more of those who default, and more than copies of the real ones would make them find. By F1, moving the threshold does about as much, and costs nothing.`,
    model: "diffusion",
    choice: { ...scarce, kind: "rare", learners: ["boosting"], measures: ["recall", "f1"] },
  },
  {
    ...loans,
    id: "copula-harm",
    title: t`Ten copula rows for each real one`,
    sentence: t`A copula keeps every column and loses what only the combination of columns tells. Ten of its rows for each real one drown what boosted trees learn from a thousand loans.`,
    model: "copula",
    choice: { ...scarce, kind: "curves", multiple: 10, seeds: 10, learners: ["boosting"], measures: ["auc"] },
  },
];
