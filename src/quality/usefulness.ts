/** What rows are worth as training data: the utility axis's parts, model by model. */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import { partOf, type Part } from "./axes.ts";
import type { Compared, Question } from "./compared.ts";
import {
  efficacy,
  efficacyDraws,
  learn,
  learners,
  type Figures,
  type Learned,
  type Learner,
} from "./efficacy.ts";
import { importanceAgreement, importances, type ImportanceAgreement } from "./importance.ts";
import type { Uncomputable } from "./measured.ts";
import { everyOther, thinned } from "./references.ts";

export interface Usefulness {
  readonly parts: readonly Part[];
  readonly learners: readonly {
    readonly learner: Learner["name"];
    /** Trained on synthetic and on real rows, tested on the holdout. */
    readonly synthetic: Figures;
    readonly real: Figures;
  }[];
  /** By input column, in skill lost: of a forest trained on synthetic and on real rows. */
  readonly importances: readonly {
    readonly column: string;
    readonly synthetic: number;
    readonly real: number;
  }[];
  readonly agreement: ImportanceAgreement | Uncomputable;
}

/** What models taught real rows, worked out once for every table held beside them. */
export interface Teacher {
  readonly learned: readonly Learned[];
  readonly importances: Float64Array;
}

/** Enough for the models to be near what all rows would teach them; both kinds of rows are thinned alike. */
const TRAIN_ROWS = 3_000;
export const TEST_ROWS = 3_000;
/**
 * Where two columns say the same, a forest leans on both, since each split chooses among a few columns only. Boosting takes
 * one of them, by chance, and two of its models then seem to disagree.
 */
const IMPORTANCE_OF: Learner["name"] = "forest";

/** Models trained on these rows and tested on the holdout. */
export function* teach(
  rows: Compared["train"],
  holdout: Compared["holdout"],
  { target, random }: Question,
): Work<Teacher | Uncomputable> {
  if (target === undefined) return noTarget;
  if (holdout.rows === 0) return { why: t`No rows were held out, so there is nothing to test models on.` };
  const from = thinned(rows, TRAIN_ROWS, random.fork("learned from"));
  const on = thinned(holdout, TEST_ROWS, random.fork("tested on"));
  const learned = yield* part(learn(from, on, target), 0, 0.9);
  if ("why" in learned) return learned;
  const forest = learned.find(({ learner }) => learner === IMPORTANCE_OF)!;
  return { learned, importances: yield* part(importances(forest, random.fork("importance")), 0.9, 1) };
}

/**
 * How far the reasons of two models agree where both learned from real rows, the even and the odd training rows: what chance
 * leaves of a full agreement.
 */
export function* reasonsOfHalves(
  train: Compared["train"],
  holdout: Compared["holdout"],
  { target, random }: Question,
): Work<ImportanceAgreement | Uncomputable> {
  if (target === undefined) return noTarget;
  const by = learners.filter(({ name }) => name === IMPORTANCE_OF);
  const on = thinned(holdout, TEST_ROWS, random.fork("tested on"));
  const lost: Float64Array[] = [];
  for (const half of [0, 1] as const) {
    const from = thinned(everyOther(train, half), TRAIN_ROWS, random.fork(`half ${half}`));
    const learned = yield* part(learn(from, on, target, by), half / 2, half / 2 + 0.4);
    if ("why" in learned) return learned;
    lost.push(
      yield* part(importances(learned[0]!, random.fork("importance")), half / 2 + 0.4, half / 2 + 0.5),
    );
  }
  return importanceAgreement(lost[0]!, lost[1]!);
}

const noTarget: Uncomputable = { why: t`Choose a target column: what is to be predicted from the others?` };

/** @param synthetic what `teach` made of synthetic rows, `real` of the training rows, on the same test rows. */
export function* usefulness(
  synthetic: Teacher | Uncomputable,
  real: Teacher | Uncomputable,
  { random }: Question,
): Work<Usefulness> {
  if ("why" in synthetic || "why" in real) {
    const why = "why" in real ? real : (synthetic as Uncomputable);
    return {
      parts: [partOf("efficacy", why), partOf("importance", why)],
      learners: [],
      importances: [],
      agreement: why,
    };
  }
  const agreement = importanceAgreement(synthetic.importances, real.importances);
  const value = efficacy(synthetic.learned, real.learned);
  const { inputs } = real.learned[0]!;
  // What real rows taught keeps all of itself, however the test rows are drawn.
  const again =
    synthetic === real
      ? [value, value]
      : yield* efficacyDraws(synthetic.learned, real.learned, random.fork("tested again"));
  return {
    parts: [
      partOf(
        "efficacy",
        Number.isNaN(value)
          ? { why: t`Real rows teach next to nothing about the target either, so there is nothing to keep.` }
          : { value },
        again,
      ),
      partOf("importance", agreement.overlap),
    ],
    learners: synthetic.learned.map(({ learner, figures }, i) => ({
      learner,
      synthetic: figures,
      real: real.learned[i]!.figures,
    })),
    importances: inputs.columns.map(({ name }, i) => ({
      column: name,
      synthetic: synthetic.importances[i]!,
      real: real.importances[i]!,
    })),
    agreement,
  };
}
