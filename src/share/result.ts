/**
 * A result as it is shared: settings, figures, curves and a replay, and of the
 * real rows no more than how densely they lie. `resultOf` makes one, `resultText`
 * writes it, `views/result` shows it.
 */
import { modelCard } from "../catalog/models.ts";
import { racerNames } from "../catalog/racers.ts";
import { settingsOf, type Setup } from "../store/setup.ts";
import type { BackendName, Budget } from "../protocol/run.ts";
import type { ColumnType } from "../table/table.ts";
import type { SharedExperiment } from "./experiment.ts";
import type { Density } from "./density.ts";
import type { Fingerprint } from "./fingerprint.ts";

/** Runs of a race at most. */
export const mostRuns = 4;
export const mostColumns = 32;

export const axisNames = ["fidelity", "utility", "privacy", "completeness", "stability", "model"] as const;
export type SharedAxisName = (typeof axisNames)[number];

export interface SharedColumn {
  readonly type: ColumnType;
  /** Its place in the table, from 0. */
  readonly place: number;
  /** Absent where it is masked. */
  readonly name?: string;
  /** Its frequent categories and their shares of the real rows; absent where they are masked. */
  readonly categories?: readonly { readonly label: string; readonly share: number }[];
}

export interface SharedTable {
  /** To two digits where the table is a person's own. */
  readonly rows: number;
  /** Columns that were learned; not all of them need be listed. */
  readonly width: number;
  /** Those whose rows are least like the real ones, in the table's order. */
  readonly columns: readonly SharedColumn[];
  /** Of a person's own table, where it could be made. */
  readonly fingerprint?: Fingerprint;
}

export interface SharedAxis {
  readonly label: string;
  /** In the data's own numbers, for built-in data only; absent where positions are shares of the range. */
  readonly range?: readonly [number, number];
  readonly variance?: number;
}

export interface SharedScene {
  readonly view: "plane" | "pca";
  readonly x: SharedAxis;
  readonly y: SharedAxis;
  readonly real: Density;
}

export interface Curve {
  readonly name: string;
  /** At the steps of its run's curves; NaN where nothing was reported. */
  readonly values: readonly number[];
}

export interface SharedLook {
  readonly step: number;
  /** [x0, y0, …], shares of the scene's ranges. */
  readonly points: Float32Array;
}

export const spreadFigures = [
  "quality",
  "shape",
  "distance",
  "coverage",
  "recall",
  "precision",
  "modes",
  "rowsPerSecond",
] as const;
export type SpreadFigure = (typeof spreadFigures)[number];

export interface AxisScore {
  readonly axis: SharedAxisName;
  readonly score: number;
  /** The same figure of real rows that were held out. */
  readonly holdout?: number;
}

export interface SharedRun {
  readonly setup: Setup;
  readonly step: number;
  /** Seconds of training. */
  readonly elapsed: number;
  readonly stepsPerSecond: number;
  readonly backend: BackendName | undefined;
  /** Energy distance to held-out rows, about 0 to 1. */
  readonly distance?: number;
  readonly best?: { readonly step: number; readonly distance: number };
  /** Groups of real rows, and how many of them hardly any synthetic row falls into. */
  readonly clusters?: { readonly of: number; readonly missed: number };
  readonly axes: readonly AxisScore[];
  /** Quality and coverage 0 to 1, and rows drawn a second. */
  readonly trilemma?: {
    readonly quality?: number;
    readonly coverage?: number;
    readonly rowsPerSecond?: number;
  };
  /** What else a race measures of it: shares, and how many of the data's centres it hits, where they are known. */
  readonly raced?: {
    readonly shape?: number;
    readonly precision?: number;
    readonly recall?: number;
    readonly modes?: { readonly hit: number; readonly of: number };
  };
  /** Standard deviations over the seeds of a race, by figure; the figures themselves are means then. */
  readonly spread?: { readonly [F in SpreadFigure]?: number };
  /** By the table's listed columns: KS or TV distance to the real ones, 0 to 1; NaN where there is none. */
  readonly distances: readonly number[];
  /** By the table's listed columns: shares of its categories among synthetic rows; empty where they are masked. */
  readonly shares: readonly (readonly number[])[];
  readonly losses: { readonly steps: readonly number[]; readonly curves: readonly Curve[] };
  /** Distance to held-out rows, step by step. */
  readonly scores: { readonly steps: readonly number[]; readonly values: readonly number[] };
  readonly looks: readonly SharedLook[];
}

export interface SharedResult {
  readonly table: SharedTable;
  /** Absent where the table has no map. */
  readonly scene?: SharedScene;
  /** One, or those of a race. */
  readonly runs: readonly SharedRun[];
  /** What its runs have in common where they raced, beside the budget in their setups. */
  readonly race?: {
    /** How many seeds each raced with, from its setup's on. */
    readonly seeds: number;
    /** The second budget: no more than this, in the other unit. */
    readonly most?: Budget;
  };
  /** Whether such rows help, where it was tried. */
  readonly experiment?: SharedExperiment;
}

/** Whether the data are somebody's own, which no link carries. */
export const isOwn = ({ runs }: SharedResult): boolean => runs[0]!.setup.dataset === "own";

/** What its runs are called: of a race, so that they can be told apart. */
export const runNames = ({ runs }: Pick<SharedResult, "runs">): readonly string[] =>
  runs.length > 1
    ? racerNames(runs.map(({ setup }) => ({ id: setup.model, settings: settingsOf(setup) })))
    : runs.map(({ setup }) => modelCard(setup.model).name);

/** What a column is called where its name may be masked. */
export const columnName = ({ name, place, type }: SharedColumn): string =>
  name ?? `Column ${place + 1} (${type})`;
