/**
 * The figures that tell models apart, over whole tables: how faithful rows are,
 * what they are worth as training data, how near they keep to what was learned
 * from, and whether anything is left out.
 *
 * Figures mean little by themselves: put those of the holdout beside them (pass
 * it as `synthetic`) and of baselines.
 */
import { fitBoosting } from "../downstream/boosting.ts";
import { fitLogistic } from "../downstream/logistic.ts";
import { part, type Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { figureOf } from "./compared.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { c2st } from "./c2st.ts";
import { coverage } from "./coverage.ts";
import type { Measured } from "./measured.ts";
import { missingSimilarity } from "./missing.ts";
import { dcrShare, exactCopies } from "./privacy.ts";
import { everyOther } from "./references.ts";
import { shape } from "./shape.ts";
import { trend } from "./trend.ts";
import { utility } from "./utility.ts";

export interface Compared {
  /** Rows that were learned from. */
  readonly train: Table;
  /** Real rows that nobody learned from. */
  readonly holdout: Table;
  /**
   * Where this *is* the holdout, the figures are what fresh real rows get: trained on `train`, since they can't be tested on
   * themselves, and one half of them compared with training rows and the other half.
   */
  readonly synthetic: Table;
  /** Name of the category column to predict. */
  readonly target: string;
  /** Rows as numbers whose Euclidean distance means something. */
  readonly encode: (table: Table, rows: Int32Array) => Matrix;
  /** Deals folds and picks rows. */
  readonly random: Random;
}

export interface Summary {
  readonly shapeError: Measured;
  readonly trendError: Measured;
  /** AUC of boosted trees, and of logistic regression, that tell synthetic rows from real ones; 0.5 is best. */
  readonly c2stAuc: Measured;
  readonly c2stLogisticAuc: Measured;
  /** Trained on synthetic rows, tested on the holdout. */
  readonly tstr: Measured;
  readonly tstrAccuracy: Measured;
  readonly tstrMacroF1: Measured;
  readonly dcrShare: Measured;
  readonly dcrNeutral: Measured;
  readonly exactCopies: Measured;
  readonly precision: Measured;
  readonly recall: Measured;
  readonly density: Measured;
  readonly coverage: Measured;
  readonly missingPattern: Measured;
  readonly missingDependence: Measured;
  readonly missingWorst: Measured;
}

/** Rows of each kind that neighbourhoods are looked at among: the work grows with their square. */
const MOST_NEIGHBOURS = 2_500;

/** @throws TypeError where the tables' columns differ. */
export function* summarise(compared: Compared): Work<Summary> {
  const { train, holdout, synthetic, target, encode, random } = compared;
  const fresh = synthetic === holdout;
  const trends = yield* part(trend(train, synthetic), 0, 0.05);
  const trees = yield* part(c2st(train, synthetic, fitBoosting, random.fork("boosting")), 0.05, 0.45);
  const linear = yield* part(c2st(train, synthetic, fitLogistic, random.fork("logistic")), 0.45, 0.55);
  const learned = yield* part(utility(fresh ? train : synthetic, holdout, target, fitBoosting), 0.55, 0.65);
  const near = yield* part(
    fresh
      ? dcrShare(everyOther(holdout, 0), train, everyOther(holdout, 1))
      : dcrShare(synthetic, train, holdout),
    0.65,
    0.8,
  );
  const some = (table: Table): Matrix =>
    encode(table, random.fork("neighbours").permutation(table.rows).slice(0, MOST_NEIGHBOURS));
  const covered = yield* part(coverage(some(train), some(synthetic)), 0.8, 1);
  const missing = missingSimilarity(train, synthetic);
  const copies = exactCopies(synthetic, train);
  return {
    shapeError: shape(train, synthetic).error,
    trendError: trends.error,
    c2stAuc: figureOf(trees, "auc"),
    c2stLogisticAuc: figureOf(linear, "auc"),
    tstr: figureOf(learned, "auc"),
    tstrAccuracy: figureOf(learned, "accuracy"),
    tstrMacroF1: figureOf(learned, "macroF1"),
    dcrShare: figureOf(near, "share"),
    dcrNeutral: figureOf(near, "neutral"),
    exactCopies: Number.isNaN(copies) ? { why: t`There are no synthetic rows.` } : { value: copies },
    precision: figureOf(covered, "precision"),
    recall: figureOf(covered, "recall"),
    density: figureOf(covered, "density"),
    coverage: figureOf(covered, "coverage"),
    missingPattern: missing.pattern,
    missingDependence: missing.dependence,
    missingWorst: missing.worst,
  };
}
