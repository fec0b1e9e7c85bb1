/**
 * What is shared of an experiment: its verdict and, by what was learned from, the mean
 * and the range of the scores over seeds. Aggregates alone: comparisons in full words name columns and classes and stay here.
 */
import {
  experimentKinds,
  learnerWords,
  measureWords,
  outcomeWords,
  type ExperimentKind,
  type LearnerName,
  type MeasureName,
} from "../catalog/experiments.ts";
import type { ExperimentCard } from "../protocol/experiment.ts";

export const sharedOutcomes = [...(Object.keys(outcomeWords) as (keyof typeof outcomeWords)[]), "mixed"] as const; // prettier-ignore
export const sharedKinds = experimentKinds;
export const sharedLearners = Object.keys(learnerWords) as LearnerName[];
export const sharedMeasures = Object.keys(measureWords) as MeasureName[];

/** Charts, ways of putting rows together, and numbers of real rows that are shared at most. */
export const mostCharts = 2;
export const mostArms = 8;
export const mostSizes = 6;

export interface SharedExperiment {
  readonly kind: ExperimentKind;
  readonly outcome: (typeof sharedOutcomes)[number];
  /** The verdict in words that name no column. */
  readonly words: string;
  /** "Diffusion, 400 steps". */
  readonly maker: string;
  readonly seeds: number;
  /** Held-out rows; to two digits where the table is a person's own. */
  readonly tested: number;
  /** The column that was predicted, and the class that was looked at; absent where they are masked. */
  readonly target?: string;
  readonly positive?: string;
  readonly charts: readonly {
    readonly learner: LearnerName;
    readonly measure: MeasureName;
    readonly arms: readonly {
      readonly label: string;
      readonly points: readonly {
        readonly real: number;
        readonly made: number;
        readonly mean: number;
        readonly low: number;
        readonly high: number;
      }[];
    }[];
  }[];
}

/**
 * @param told whose table it is, and whether names of columns and categories go along. An error in a person's own unit
 *   never does: it has the scale of their values.
 */
export function sharedExperiment(
  { choice, headline, maker, rows, charts }: ExperimentCard,
  told: { readonly own: boolean; readonly named: boolean; readonly spelled: boolean },
): SharedExperiment {
  const digits = (value: number, many: number): number => Number(value.toPrecision(many));
  return {
    kind: choice.kind,
    outcome: headline.outcome,
    words: headline.words.slice(0, 300),
    maker: maker.slice(0, 100),
    seeds: choice.seeds,
    tested: told.own ? digits(rows.test, 2) : rows.test,
    ...(told.named && { target: choice.target.slice(0, 200) }),
    ...(told.named && told.spelled && choice.positive !== undefined && { positive: choice.positive.slice(0, 200) }), // prettier-ignore
    charts: charts
      .filter(({ measure }) => !told.own || measure !== "rmse")
      .slice(0, mostCharts)
      .map(({ learner, measure, arms }) => ({
        learner,
        measure,
        arms: arms.slice(0, mostArms).map(({ label, points }) => ({
          label,
          points: points.slice(0, mostSizes).flatMap(({ real, made, scores }) => {
            const known = scores.filter((score) => score !== null);
            if (known.length === 0) return [];
            const mean = known.reduce((sum, score) => sum + score, 0) / known.length;
            return [{ real, made, mean: digits(mean, 4), low: digits(Math.min(...known), 4), high: digits(Math.max(...known), 4) }]; // prettier-ignore
          }),
        })),
      })),
  };
}
