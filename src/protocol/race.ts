/**
 * Between the page and a race's worker, which trains two to four models on the
 * same rows, in turn. It lives as long as one race.
 *
 * Rules:
 * R1. One `race`, then nothing but `enough`; whoever wants no more of it ends the worker. `enough` ends training: what was learned is judged.
 * R2. Turns are equal slices of the worker's time: the racer that has had least of it is next.
 * R3. `look` comes of each racer about twice a second; `judged` once of each, after all have trained; `over` ends it.
 *     Further seeds follow one after another, each begun by `again`; they are judged too, and not looked at.
 * R4. `alive` comes at least once a second while the worker's loop turns.
 */
import type { DatasetId } from "../catalog/datasets.ts";
import type { ModelSpec } from "../catalog/spec.ts";
import type { EncoderState } from "../encode/encoder.ts";
import type { Split } from "../encode/split.ts";
import type { Table } from "../table/table.ts";
import type { Scene } from "./analysis.ts";
import type { BackendName, Budget } from "./run.ts";

/** The table as it is prepared, from the analysis worker; null is sent where there is none. */
export interface RaceRows {
  readonly table: Table;
  readonly split: Split;
  readonly encoder: EncoderState;
  readonly lens: EncoderState;
  readonly seed: number;
  /** Its rows are points in the plane. */
  readonly plane: boolean;
  readonly image?: { readonly width: number; readonly height: number };
}

/** What a race is asked to do; enough, with the data, to repeat it. */
export interface RaceConfig {
  /** With all settings. */
  readonly racers: readonly ModelSpec[];
  readonly seed: number;
  /** Of each racer: steps, or seconds of the worker's time. */
  readonly budget: Budget;
  /** And no more than this, in the other unit. */
  readonly most?: Budget;
  /** How many seeds each races with, from `seed` on; one unless it is said. All learn from the same rows. */
  readonly seeds?: number;
  readonly dataset: DatasetId | "own";
}

export type RaceCommand =
  | {
      readonly type: "race";
      /** Leads to the analysis worker. */
      readonly port: MessagePort;
      readonly config: RaceConfig;
      readonly backend?: BackendName;
    }
  | { readonly type: "enough" };

/** Figures of one racer's rows; what can't be had of this table is absent. */
export interface RaceFigures {
  /** Energy distance to the holdout, about 0 to 1 (`sessions/scoring`). */
  readonly distance?: number;
  /** 1 minus the mean KS or TV distance of columns, 0 to 1. */
  readonly shape?: number;
  /** Classifier two-sample test: 1 where boosted trees can't tell the rows from real ones, 0 where they always can. */
  readonly quality?: number;
  /** Share of synthetic rows near real ones, and of real rows near synthetic ones (`quality/coverage`). */
  readonly precision?: number;
  readonly recall?: number;
  /** Share of real rows with a synthetic row in their neighbourhood. */
  readonly coverage?: number;
  /** Where the data's centres are known: those with a row within three sigma, and the share of rows that lie so near to one. */
  readonly modes?: { readonly hit: number; readonly of: number; readonly near: number };
}

export type RacePointScene = Extract<Scene, { readonly view: "plane" | "pca" | "umap" | "pair" }>;

export type RaceEvent =
  | {
      readonly type: "ready";
      readonly backend: BackendName;
      /** The map that all racers are seen on. */
      readonly scene: RacePointScene;
      /** Names of each racer's loss curves; none for models that are fitted at once. */
      readonly objectives: readonly (readonly string[])[];
    }
  | {
      readonly type: "look";
      readonly racer: number;
      readonly step: number;
      /** Seconds of the worker's time that it has trained for. */
      readonly spent: number;
      readonly losses: Readonly<Record<string, number>>;
      readonly distance?: number;
      /** [x0, y0, …] on the map. */
      readonly points: Float32Array;
    }
  /** It is out: it could not be built, or training ran away. */
  | { readonly type: "out"; readonly racer: number; readonly message: string }
  /** All race once more, with the seed of that number, from 0. */
  | { readonly type: "again"; readonly turn: number }
  /** All have trained; their rows are judged, one after another. */
  | { readonly type: "judging" }
  /** What as many held-out rows get: as good as chance lets rows be. */
  | { readonly type: "reference"; readonly figures: RaceFigures }
  | {
      readonly type: "judged";
      /** With which of the seeds, from 0. */
      readonly turn: number;
      readonly racer: number;
      readonly step: number;
      readonly spent: number;
      readonly figures: RaceFigures;
      readonly rowsPerSecond: number;
    }
  | { readonly type: "over" }
  | { readonly type: "alive"; readonly life?: string }
  | { readonly type: "failed"; readonly message: string; readonly detail: string; readonly fatal: boolean };
