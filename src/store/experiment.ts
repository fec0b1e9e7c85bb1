/** The generalisation lab on the page: what is under way, and what came of the last experiment on this table. */
import type { ExperimentChoice, LearnerName, MeasureName } from "../catalog/experiments.ts";
import { t } from "../language/words.ts";
import type { ExperimentCard, ExperimentEvent, ShiftedCard } from "../protocol/experiment.ts";
import type { ColumnSummary } from "../protocol/analysis.ts";
import type { LabState } from "./state.ts";

export interface ExperimentState {
  readonly status: "idle" | "working";
  /** While working: the share done, and what is being done. */
  readonly share: number;
  readonly doing: string;
  readonly card: ExperimentCard | undefined;
  /** The same under another distribution, or why not. */
  readonly shifted: ShiftedCard | { readonly why: string } | undefined;
}

export const noExperiment: ExperimentState = {
  status: "idle",
  share: 0,
  doing: "",
  card: undefined,
  shifted: undefined,
};

export function foldExperiment(state: LabState, event: ExperimentEvent): LabState {
  const { experiment } = state;
  const change = (to: Partial<ExperimentState>): LabState => ({
    ...state,
    experiment: { ...experiment, ...to },
  });
  switch (event.type) {
    case "trying":
      return change({ status: "working", share: event.share, doing: event.doing });
    case "tried": {
      if (event.data !== state.data.prepared?.data) return change({ status: "idle" });
      const { card } = event;
      return { ...change({ status: "idle", card, shifted: undefined }), status: `${card.headline.words}.` };
    }
    case "untried": {
      const said = event.message ?? t`The experiment was cancelled.`;
      const alert = event.message === undefined ? state.alert : { message: event.message, detail: "" };
      return { ...change({ status: "idle" }), status: said, alert };
    }
    case "shifted":
      return change({ shifted: event.shifted });
    case "failed":
      return {
        ...change({ status: "idle" }),
        alert: { message: t`The experiment failed: ${event.message}`, detail: event.detail },
      };
    case "alive":
      return state;
    default:
      event satisfies never;
      return state;
  }
}

// ---- what can be asked --------------------------------------------------------

/** Most classes of a target. */
const mostClasses = 20;
const scoresOfClasses: readonly MeasureName[] = ["auc", "averagePrecision", "macroF1", "accuracy", "recall", "precision", "f1"]; // prettier-ignore

export const isNumber = ({ type }: ColumnSummary): boolean => type === "number" || type === "datetime";

/** Columns that can be predicted: numbers, and categories that are few. */
export const targetsOf = (columns: readonly ColumnSummary[]): readonly ColumnSummary[] =>
  columns.filter(
    (column) =>
      column.include && (column.type === "number" || (column.histogram.kind === "category" && column.distinct >= 2 && column.distinct <= mostClasses)), // prettier-ignore
  );

/** Classes, the most frequent first; none of a number. */
export const classesOf = ({ histogram }: ColumnSummary): readonly string[] =>
  histogram.kind === "category" ? histogram.labels : [];

export const measuresFor = (target: ColumnSummary): readonly MeasureName[] =>
  isNumber(target) ? ["r2", "rmse"] : scoresOfClasses;

/**
 * The choice as far as it fits the table, and good defaults where it doesn't.
 * @param trainRows that there are to learn from.
 * @returns undefined where no column can be predicted.
 */
export function fitting(
  wanted: Partial<ExperimentChoice>,
  columns: readonly ColumnSummary[],
  guessed: string | undefined,
  trainRows: number,
): ExperimentChoice | undefined {
  const targets = targetsOf(columns);
  const named = (name: string | undefined) => targets.find((column) => column.name === name);
  const target = named(wanted.target) ?? named(guessed) ?? targets.at(-1);
  if (target === undefined) return undefined;
  const classes = classesOf(target);
  const kind = classes.length === 0 && wanted.kind === "rare" ? "curves" : (wanted.kind ?? "curves");
  const positive =
    wanted.positive !== undefined && classes.includes(wanted.positive) ? wanted.positive : classes.at(-1);
  const measures = (wanted.measures ?? []).filter((measure) => measuresFor(target).includes(measure));
  const usual: readonly MeasureName[] =
    classes.length === 0 ? ["r2"] : kind === "rare" ? ["recall", "f1"] : ["auc"];
  const learners: readonly LearnerName[] = wanted.learners ?? ["boosting"];
  return {
    kind,
    target: target.name,
    ...(positive !== undefined && { positive }),
    sizes: wanted.sizes ?? usualSizes(trainRows, kind),
    multiple: wanted.multiple ?? 5,
    share: wanted.share ?? 0.3,
    seeds: wanted.seeds ?? 3,
    steps: wanted.steps ?? 400,
    learners: learners.length === 0 ? ["boosting"] : learners,
    measures: measures.length === 0 ? usual : measures,
  };
}

/** From scarce on by factors of about three; of a rare class one number, where it has enough rows to learn from. */
function usualSizes(rows: number, kind: ExperimentChoice["kind"]): readonly number[] {
  if (kind === "rare") return [Math.min(1_000, rows)];
  if (kind === "transfer") return [Math.min(100, rows)];
  const sizes = [100, 300, 1_000].filter((size) => size < 0.8 * rows);
  return sizes.length > 0 ? sizes : [rows];
}
