/** How faithful rows are: the fidelity axis's parts, and the figures to drill into. */
import { fitBoosting } from "../downstream/boosting.ts";
import { fitLogisticSoon } from "../downstream/logistic.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { alphaPrecision, agreement, type AlphaPrecision } from "./alphaPrecision.ts";
import type { Samples } from "./apart.ts";
import { partOf, type Part } from "./axes.ts";
import { draws } from "./bootstrap.ts";
import { c2st, detectionDraws } from "./c2st.ts";
import { csTest, homogeneity, type Homogeneity } from "./chiSquare.ts";
import { figureOf, similarityOf, type Compared, type Question } from "./compared.ts";
import type { Measured, Uncomputable } from "./measured.ts";
import { mmd } from "./mmd.ts";
import { planeOverlap } from "./overlap.ts";
import { allPairs, currentThresholds, qualityReportSoon, type QualityReport } from "./qualityReport.ts";
import { thinned } from "./references.ts";
import type { CheapName } from "./resampled.ts";
import { shape, type Shape } from "./shape.ts";
import { statisticsSimilarity, type Statistic } from "./statistics.ts";
import { trend, type Trend } from "./trend.ts";
import { slicedWasserstein } from "./wasserstein.ts";

export interface Fidelity {
  readonly parts: readonly Part[];
  readonly shape: Shape;
  readonly trend: Trend;
  readonly statistics: Readonly<Record<Statistic, Measured>>;
  /** AUC of boosted trees and of logistic regression that tell rows apart, ½ best, and SDMetrics' score of the latter. */
  readonly boostedAuc: Measured;
  readonly logisticAuc: Measured;
  readonly logisticDetection: Measured;
  readonly alphaPrecision: AlphaPrecision | Uncomputable;
  readonly mmd: Measured;
  readonly wasserstein: Measured;
  readonly overlap: Measured;
  /** By column of categories: p as the field's articles have it, and the proper test. */
  readonly chiSquare: readonly {
    readonly column: string;
    readonly csTest: Measured;
    readonly homogeneity: Homogeneity | Uncomputable;
  }[];
  /** SDMetrics' report as it is now, and with all pairs, as papers have it. */
  readonly quality: QualityReport;
  readonly qualityAllPairs: QualityReport;
}

/** Rows of each kind that classifiers tell apart. */
const TOLD_ROWS = 3_000;

/** @param cheap draws of the cheap figures. @param samples `samplesOf` the tables. @throws TypeError where the tables' columns differ. */
export function* fidelity(
  { train, synthetic }: Compared,
  { project, random }: Question,
  cheap: Readonly<Record<CheapName, readonly number[]>>,
  samples: Samples,
): Work<Fidelity> {
  const shapes = shape(train, synthetic);
  yield 0;
  const trends = yield* part(trend(train, synthetic), 0, 0.05);
  const told = [train, synthetic].map((table, i) => thinned(table, TOLD_ROWS, random.fork(`told ${i}`)));
  const [real, made] = told as [Table, Table];
  const boosted = yield* part(c2st(real, made, fitBoosting, random.fork("boosting")), 0.05, 0.55);
  const logistic = yield* part(c2st(real, made, fitLogisticSoon, random.fork("logistic")), 0.55, 0.7);
  const { real: realRows, synthetic: madeRows, apart } = samples;
  const typical = yield* part(alphaPrecision(realRows, madeRows, apart), 0.7, 0.8);
  const kernel = yield* part(mmd(realRows, madeRows, apart), 0.8, 0.95);
  const moved = yield* part(slicedWasserstein(realRows, madeRows, random.fork("directions")), 0.95, 0.96);
  const toldAgain =
    "why" in boosted
      ? undefined
      : yield* part(detectionDraws(boosted, real.rows, random.fork("told again")), 0.96, 0.98);
  const typicalAgain =
    "why" in typical
      ? undefined
      : yield* part(
          draws(typical.positions.length, random.fork("typical"), (rows) =>
            agreement(Float64Array.from(rows, (row) => typical.positions[row]!)),
          ),
          0.98,
          0.99,
        );
  const quality = yield* part(qualityReportSoon(train, synthetic, currentThresholds), 0.99, 0.994);
  const qualityAllPairs = yield* part(qualityReportSoon(train, synthetic, allPairs), 0.994, 0.998);
  const statistics: Record<Statistic, Measured> = {
    mean: statisticsSimilarity(train, synthetic, "mean"),
    std: statisticsSimilarity(train, synthetic, "std"),
    median: statisticsSimilarity(train, synthetic, "median"),
  };
  yield 0.999;
  const overlap = project === undefined ? { why: t`Rows were not placed in the plane.` } : planeOverlap(project(train), project(synthetic)); // prettier-ignore
  return {
    parts: [
      partOf("shape", similarityOf(shapes.error), cheap.shape),
      partOf("trend", similarityOf(trends.error), cheap.trend),
      partOf("indistinguishable", figureOf(boosted, "score"), toldAgain),
      partOf("typical", figureOf(typical, "precision"), typicalAgain),
    ],
    shape: shapes,
    trend: trends,
    statistics,
    boostedAuc: figureOf(boosted, "auc"),
    logisticAuc: figureOf(logistic, "auc"),
    logisticDetection: figureOf(logistic, "score"),
    alphaPrecision: typical,
    mmd: figureOf(kernel, "squared"),
    wasserstein: moved,
    overlap,
    chiSquare: train.columns.flatMap((column, i) =>
      "values" in column
        ? []
        : [
            {
              column: column.name,
              csTest: csTest(column, synthetic.columns[i]!),
              homogeneity: homogeneity(column, synthetic.columns[i]!),
            },
          ],
    ),
    quality,
    qualityAllPairs,
  };
}
