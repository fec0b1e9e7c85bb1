/**
 * Experiments on the built-in loans whose outcomes are known: a gain, a gain that a moved threshold has too, and harm. Plain data: the same
 * case gives the same rows, models and verdict, on one backend. `npm run bench:generalisation` runs them.
 */
import type { DatasetId } from "./datasets.ts";

interface Case {
  readonly id: string;
  readonly title: string;
  /** What there is to see, for a person. */
  readonly sentence: string;
  readonly dataset: DatasetId;
  /** Of the data set and of the split; the experiment's own are among its options. */
  readonly seed: number;
  /** Share of the rows that is held out for the test. */
  readonly holdout: number;
  /** As `parseModelSpec` reads it; a model that is fitted at once takes no steps. */
  readonly model: string;
  readonly steps: number;
}

interface Asked {
  readonly target: string;
  readonly positive: string;
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  readonly learners: readonly ("linear" | "tree" | "forest" | "boosting" | "mlp")[];
  readonly measures: readonly ("auc" | "averagePrecision" | "macroF1" | "f1" | "recall" | "precision")[];
}

/** Options as `generalise/` takes them. */
export type ExperimentCase = Case &
  (
    | {
        readonly kind: "curves";
        readonly options: Asked & { readonly multiples: readonly number[]; readonly mostSynthetic: number };
      }
    | { readonly kind: "rare"; readonly options: Asked & { readonly share: number } }
  );

const loans = { dataset: "loans", seed: 7, holdout: 0.4 } as const;
const seeds = [1, 2, 3, 4, 5];
const defaults = { target: "default", positive: "yes", sizes: [1_000], seeds };

export const experiments: readonly ExperimentCase[] = [
  {
    ...loans,
    id: "network-gain",
    title: "A small network, a thousand loans and five thousand synthetic ones",
    sentence:
      "A small network learns too much by heart from a thousand loans. Synthetic loans from a diffusion model that saw only that thousand smooth what it learns: it ranks the few who default better. A linear model needs no such help.",
    model: "diffusion",
    steps: 400,
    kind: "curves",
    options: {
      ...defaults,
      multiples: [5],
      mostSynthetic: 20_000,
      learners: ["mlp"],
      measures: ["averagePrecision"],
    },
  },
  {
    ...loans,
    id: "rare-gain",
    title: "More of the few who default",
    sentence:
      "Synthetic loans that default, added to a thousand real ones until they are three in ten: boosted trees find more of those who default, and more than copies of the real ones would make them find. Moving the threshold does about as much, and costs nothing.",
    model: "diffusion",
    steps: 400,
    kind: "rare",
    options: { ...defaults, share: 0.3, learners: ["boosting"], measures: ["recall", "f1"] },
  },
  {
    ...loans,
    id: "copula-harm",
    title: "Five thousand rows from a copula",
    sentence:
      "A copula keeps every column and loses what only the combination of columns tells. Five of its rows for each real one drown what boosted trees learn from a thousand loans.",
    model: "copula",
    steps: 0,
    kind: "curves",
    options: {
      ...defaults,
      multiples: [5],
      mostSynthetic: 20_000,
      learners: ["boosting"],
      measures: ["auc"],
    },
  },
];
