/**
 * Classifier two-sample test: can a classifier tell synthetic rows from real
 * ones? D. Lopez-Paz, M. Oquab, Revisiting Classifier Two-Sample Tests, 2017.
 * https://arxiv.org/abs/1610.06545
 *
 * The score is the cross-validated AUC: 0.5 means it can't, 1 that it always
 * can. Less than 0.5 means copies: the twin of a held-out row was seen under the
 * other label. With boosted trees this sees dependence between columns; with logistic
 * regression it is SDMetrics' LogisticDetection, which calls columns shuffled one
 * by one perfect.
 */
import type { Fit } from "../downstream/classifier.ts";
import { dealFolds } from "../downstream/folds.ts";
import { auc } from "../downstream/scores.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import { stackTables } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { DRAWS, resample } from "./bootstrap.ts";
import type { Uncomputable } from "./measured.ts";

export interface TwoSampleTest {
  /** AUC of each fold's rows under the classifier of the other folds. */
  readonly folds: readonly number[];
  /** Their mean. */
  readonly auc: number;
  /** SDMetrics' detection score: 1 (indistinguishable) to 0; a fold's AUC below ½ counts as ½. */
  readonly score: number;
  /** By row, real ones first: the fold it was held out in, and what the classifier of the others took its chance of being synthetic for. */
  readonly fold: Uint8Array;
  readonly chances: Float64Array;
}

/** Folds of SDMetrics' detection metrics. */
const FOLDS = 3;

/**
 * @param fit `fitBoosting` or `fitLogistic`.
 * @param random deals the folds.
 * @throws TypeError where the tables' columns differ.
 */
export function* c2st(
  real: Table,
  synthetic: Table,
  fit: Fit,
  random: Random,
): Work<TwoSampleTest | Uncomputable> {
  if (Math.min(real.rows, synthetic.rows) < FOLDS)
    return { why: t`Telling rows apart needs at least ${FOLDS} of each kind.` };
  const rows = stackTables(real, synthetic);
  const codes = Int32Array.from({ length: rows.rows }, (_, row) => (row < real.rows ? 0 : 1));
  const fold = dealFolds({ codes, classes: 2 }, FOLDS, random);
  const all = codes.map((_, row) => row);
  const aucs: number[] = [];
  const chances = new Float64Array(rows.rows);
  for (let held = 0; held < FOLDS; held++) {
    const seen = all.filter((row) => fold[row] !== held);
    const unseen = all.filter((row) => fold[row] === held);
    const labels = { codes: seen.map((row) => codes[row]!), classes: 2 };
    const model = yield* part(fit(selectRows(rows, seen), labels), held / FOLDS, (held + 1) / FOLDS);
    yield (held + 1) / FOLDS;
    const p = model.probabilities(selectRows(rows, unseen));
    unseen.forEach((row, i) => (chances[row] = p[2 * i + 1]!));
    aucs.push(
      auc(
        Float64Array.from(unseen, (row) => chances[row]!),
        unseen.map((row) => codes[row]!),
      ),
    );
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / FOLDS;
  const score = 1 - mean(aucs.map((value) => 2 * Math.max(0.5, value) - 1));
  return { folds: aucs, auc: mean(aucs), score, fold, chances };
}

/** The score on rows drawn again, fold by fold, from those that were told apart; see `bootstrap`. @param realRows how many of the rows are real. */
export function* detectionDraws(
  test: TwoSampleTest,
  realRows: number,
  random: Random,
): Work<readonly number[]> {
  const folds = Array.from({ length: FOLDS }, (_, held) =>
    Int32Array.from(test.fold, (_fold, row) => row).filter((row) => test.fold[row] === held),
  );
  const toldApart = (rows: Int32Array): number => {
    const drawn = resample(rows.length, rows.length, random).map((i) => rows[i]!);
    const area = auc(
      Float64Array.from(drawn, (row) => test.chances[row]!),
      drawn.map((row) => (row < realRows ? 0 : 1)),
    );
    return 2 * Math.max(0.5, area) - 1;
  };
  const all: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    all.push(1 - folds.reduce((sum, rows) => sum + toldApart(rows), 0) / FOLDS);
    yield (draw + 1) / DRAWS;
  }
  return all;
}
