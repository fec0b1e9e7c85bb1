/** The figures that are on no axis, each with how to read it, and the models that were trained. */
import { t } from "../language/words.ts";
import type { FigureCard, LearnerCard } from "../protocol/report.ts";
import type { Figures } from "../quality/efficacy.ts";
import type { Measured } from "../quality/measured.ts";
import type { Report, TableScores } from "../quality/report.ts";

interface Words {
  readonly label: string;
  readonly sentence: string;
  of(scores: TableScores): Measured;
}

const figures: readonly Words[] = [
  {
    label: t`AUC of telling rows apart, boosted trees`,
    sentence: t`½ where real and synthetic rows can't be told apart, 1 where they always can.`,
    of: ({ fidelity }) => fidelity.boostedAuc,
  },
  {
    label: t`The same, logistic regression`,
    sentence: t`Blind to how columns hang together: independent columns get ½.`,
    of: ({ fidelity }) => fidelity.logisticAuc,
  },
  {
    label: t`SDMetrics Quality Report`,
    sentence: t`Column shapes and pair trends as SDMetrics has them now, strongly dependent pairs alone.`,
    of: ({ fidelity }) => fidelity.quality.score,
  },
  {
    label: t`The same with all pairs`,
    sentence: t`As papers until 2026 have it.`,
    of: ({ fidelity }) => fidelity.qualityAllPairs.score,
  },
  {
    label: t`Mean, standard deviation, median`,
    sentence: t`1 minus their differences in units of the range; here the median's. One far-out value hides all.`,
    of: ({ fidelity }) => fidelity.statistics.median,
  },
  {
    label: t`Maximum mean discrepancy, squared`,
    sentence: t`0 where rows are alike; compare with the holdout's alone.`,
    of: ({ fidelity }) => fidelity.mmd,
  },
  {
    label: t`Sliced Wasserstein distance`,
    sentence: t`How far rows must be moved, in the encoder's units; compare with the holdout's alone.`,
    of: ({ fidelity }) => fidelity.wasserstein,
  },
  {
    label: t`Authenticity`,
    sentence: t`About ½ for fresh rows, 0 for copies, 1 far from all real rows.`,
    of: ({ fidelity: { alphaPrecision } }) =>
      "why" in alphaPrecision ? alphaPrecision : { value: alphaPrecision.authenticity },
  },
  {
    label: t`Nearer to training rows (DCR share)`,
    sentence: t`Share of rows nearer to a training row than to any held-out one; neutral is the share of training rows.`,
    of: ({ privacy: { share } }) => ("why" in share ? share : { value: share.share }),
  },
  {
    label: t`Membership inference AUC`,
    sentence: t`½ where nobody can tell who was a training row.`,
    of: ({ privacy }) => privacy.membershipAuc,
  },
  {
    label: t`Exact copies`,
    sentence: t`Share of rows that equal a training row.`,
    of: ({ privacy }) => privacy.copies,
  },
  {
    label: t`Nearest-neighbour distance ratio`,
    sentence: t`Near 1 in a crowd, small for a copy of one row.`,
    of: ({ privacy }) => privacy.nndr,
  },
  {
    label: t`New rows (SDMetrics NewRowSynthesis)`,
    sentence: t`Share of rows that match no training row, numbers to 1 %.`,
    of: ({ privacy }) => privacy.newRows,
  },
  {
    label: t`Attribute disclosure protection`,
    sentence: t`1 minus how often the sensitive value is guessed right by the key; compare with the holdout's.`,
    of: ({ privacy: { disclosure } }) =>
      "why" in disclosure ? disclosure : { value: disclosure.protection },
  },
  {
    label: t`Gaps with the same values`,
    sentence: t`Whether cells are missing for the same kind of row.`,
    of: ({ completeness }) => completeness.missing.dependence,
  },
];

export function figureCards({ synthetic, references }: Report): readonly FigureCard[] {
  return figures.map(({ label, sentence, of }) => ({
    label,
    sentence,
    measured: of(synthetic),
    holdout: of(references.holdout),
    independent: of(references.independent),
    copy: of(references.copy),
  }));
}

const names: Readonly<Record<string, string>> = {
  tree: t`Decision tree`,
  forest: t`Random forest`,
  boosting: t`Boosted trees`,
  mlp: t`Neural network`,
};

export function learnerCards({ synthetic: { utility } }: Report): readonly LearnerCard[] {
  return utility.learners.map(({ learner, real, synthetic }) => ({
    name: names[learner] ?? (real.kind === "classification" ? t`Logistic regression` : t`Linear regression`),
    figures: labelled(real).map(({ name, value }, i) => ({
      name,
      real: value,
      synthetic: labelled(synthetic)[i]!.value,
    })),
  }));
}

const labelled = (of: Figures): readonly { readonly name: string; readonly value: number }[] =>
  of.kind === "classification"
    ? [
        { name: "AUC", value: of.auc },
        { name: t`accuracy`, value: of.accuracy },
        { name: "macro-F1", value: of.macroF1 },
      ]
    : [
        { name: "R²", value: of.r2 },
        { name: "RMSE", value: of.rmse },
      ];
