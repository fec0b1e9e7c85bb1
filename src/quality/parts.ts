/**
 * The measures that the six axes are made of: each 0 to 1, 1 best, and one
 * sentence for a person, that says what it means and what moves it.
 */
import { t } from "../language/words.ts";

export type AxisName = "fidelity" | "utility" | "privacy" | "completeness" | "stability" | "model";

/** The axes for a person: what each asks. */
export const axisWords = {
  fidelity: {
    label: t`Fidelity`,
    sentence: t`How like real rows the synthetic ones are: column by column, pair by pair and as whole rows.`,
  },
  utility: {
    label: t`Utility`,
    sentence: t`What synthetic rows are worth as training data for other models, beside real rows.`,
  },
  privacy: {
    label: t`Privacy`,
    sentence: t`How little the synthetic rows give away of the rows that were learned from. It is the weakest of its parts, and no proof: this is not differential privacy.`,
  },
  completeness: {
    label: t`Completeness`,
    sentence: t`Whether anything is left out: categories, extremes, gaps, whole kinds of row.`,
  },
  stability: {
    label: t`Stability`,
    sentence: t`Whether the same model would give the same rows again.`,
  },
  model: {
    label: t`Model utility`,
    sentence: t`What the model is worth beyond one table of its rows: several tables, rows on demand, filled gaps.`,
  },
} as const satisfies Readonly<Record<AxisName, { readonly label: string; readonly sentence: string }>>;

interface PartWords {
  readonly axis: AxisName;
  readonly label: string;
  readonly sentence: string;
}

/** In the order in which they are shown. */
export const parts = {
  shape: {
    axis: "fidelity",
    label: t`Column shapes`,
    sentence: t`How alike each column's values are spread, on average; it falls where values are too frequent, too rare or out of place, whatever the other columns do.`,
  },
  trend: {
    axis: "fidelity",
    label: t`Pairs of columns`,
    sentence: t`How alike pairs of columns hang together; it falls where a correlation is weakened or a combination comes too often.`,
  },
  indistinguishable: {
    axis: "fidelity",
    label: t`Not told apart`,
    sentence: t`1 where boosted trees can't tell synthetic rows from real ones, 0 where they always can; anything about whole rows that is not like real ones lowers it, and it is strict.`,
  },
  typical: {
    axis: "fidelity",
    label: t`Typical rows (alpha-precision)`,
    sentence: t`Whether synthetic rows lie as far from the middle as real ones; both outliers and rows that are all too average lower it.`,
  },
  efficacy: {
    axis: "utility",
    label: t`Trained on synthetic`,
    sentence: t`How much of what models learn from real rows they learn from synthetic ones too, tested on held-out real rows; it falls where what depends on the target was lost.`,
  },
  importance: {
    axis: "utility",
    label: t`Same reasons`,
    sentence: t`Whether a model trained on synthetic rows leans on the same columns as one trained on real rows; it falls where a dependence was lost or invented, and by chance where columns say the same.`,
  },
  dcr: {
    axis: "privacy",
    label: t`No nearer to training rows`,
    sentence: t`1 where synthetic rows are no nearer to training rows than to held-out ones, 0 where all of them are; memorising lowers it, and the tables' sizes are allowed for.`,
  },
  membership: {
    axis: "privacy",
    label: t`Members not told`,
    sentence: t`1 where someone with a person's row can't tell from the synthetic table whether the person was a training row, 0 where they always can; memorising lowers it.`,
  },
  copies: {
    axis: "privacy",
    label: t`No exact copies`,
    sentence: t`1 where training rows are repeated exactly no more often than held-out rows repeat them; rows copied cell by cell lower it.`,
  },
  distance: {
    axis: "privacy",
    label: t`Usual distance`,
    sentence: t`The middle distance from a synthetic row to its nearest training row, as a share of a held-out row's; it falls where rows hug training rows.`,
  },
  disclosure: {
    axis: "privacy",
    label: t`Sensitive values not given away`,
    sentence: t`How well the chosen sensitive columns resist a look-up by the chosen key, beside the same look-up in held-out rows; it falls where synthetic rows know more of these people than the population does.`,
  },
  categoryCoverage: {
    axis: "completeness",
    label: t`Categories made`,
    sentence: t`The share of each column's categories that come up at all; it falls where rare ones are never drawn.`,
  },
  rangeCoverage: {
    axis: "completeness",
    label: t`Range reached`,
    sentence: t`How much of each column's real range synthetic values span; it falls where extremes are cut off, and hangs on few rows.`,
  },
  missingShare: {
    axis: "completeness",
    label: t`Gaps as frequent`,
    sentence: t`How alike the share of missing cells is, column by column; it falls where gaps are filled or invented.`,
  },
  missingPattern: {
    axis: "completeness",
    label: t`Gaps together`,
    sentence: t`How alike the patterns are in which cells of a row are missing; it falls where gaps are sprinkled one by one that come together in real rows.`,
  },
  coverage: {
    axis: "completeness",
    label: t`Kinds of row made`,
    sentence: t`The share of real rows that have a synthetic row in their neighbourhood; it falls where a kind of row is never made.`,
  },
  validity: {
    axis: "completeness",
    label: t`Valid cells`,
    sentence: t`The share of cells that hold what a real cell could: values within the range, known categories, keys that come once.`,
  },
  samples: {
    axis: "stability",
    label: t`Samples alike`,
    sentence: t`How alike the columns of several samples are to one another; it falls where the model gives other rows with every seed.`,
  },
  steadyShape: {
    axis: "stability",
    label: t`Steady shapes`,
    sentence: t`How little the column shapes differ over seeds, beside their size; training that sometimes fails lowers it.`,
  },
  steadyEfficacy: {
    axis: "stability",
    label: t`Steady usefulness`,
    sentence: t`How little the usefulness for training differs over seeds, beside its size.`,
  },
  convergence: {
    axis: "stability",
    label: t`Training at rest`,
    sentence: t`1 where the loss no longer moved in the last fifth of training; it falls where training was cut short.`,
  },
  several: {
    axis: "model",
    label: t`Useful again and again`,
    sentence: t`Usefulness for training, averaged over several tables of the same model, so that one lucky table does not count.`,
  },
  conditional: {
    axis: "model",
    label: t`Heeds conditions`,
    sentence: t`How like the real rows that meet a condition the rows are that the model draws for it; it falls where a condition changes one column and the others don't follow.`,
  },
  imputation: {
    axis: "model",
    label: t`Fills gaps`,
    sentence: t`How much nearer to the truth the model's filling is than the column's mean or most frequent category; 0 where it is no better.`,
  },
} as const satisfies Readonly<Record<string, PartWords>>;

export type PartName = keyof typeof parts;
