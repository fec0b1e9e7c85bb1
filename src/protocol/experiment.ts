/**
 * Between the page and the experiment worker, which trains models for the generalisation lab on wasm, beside the run
 * on the page and without touching it.
 *
 * Rules:
 * E1. Each `try` gets `trying` now and then, and at the end one `tried` or `untried`; a newer one takes its place.
 * E2. A `shift` is of the newest experiment that was tried, and gets one `shifted`; nothing is trained for it.
 * E3. Rows come from the analysis worker over a port of their own; the page gets figures and words.
 */
import type { ModelId } from "../catalog/card.ts";
import type { ExperimentChoice, LearnerName, MeasureName } from "../catalog/experiments.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Limit } from "../generalise/limit.ts";
import type { Shift } from "../generalise/shift.ts";
import type { Outcome } from "../generalise/verdict.ts";
import type { Table } from "../table/table.ts";

export type { Outcome, Shift };

export type ExperimentCommand =
  | { readonly type: "connect"; readonly port: MessagePort }
  | {
      readonly type: "try";
      readonly request: number;
      readonly choice: ExperimentChoice;
      /** What makes the synthetic rows: trained anew for each seed and each number of real rows. */
      readonly model: ModelId;
      readonly settings: Settings;
    }
  | { readonly type: "cancel"; readonly request: number }
  | { readonly type: "shift"; readonly request: number; readonly shifts: readonly Shift[] };

export type ExperimentEvent =
  | { readonly type: "trying"; readonly request: number; readonly share: number; readonly doing: string }
  /** `data` numbers the rows that were used. */
  | {
      readonly type: "tried";
      readonly request: number;
      readonly data: number;
      readonly card: ExperimentCard;
    }
  /** Without a message it was cancelled. */
  | { readonly type: "untried"; readonly request: number; readonly message?: string }
  | {
      readonly type: "shifted";
      readonly request: number;
      readonly shifted: ShiftedCard | { readonly why: string };
    }
  /** The first one names a Web Lock that the worker holds as long as it lives. */
  | { readonly type: "alive"; readonly life?: string }
  | {
      readonly type: "failed";
      readonly message: string;
      readonly detail: string;
      readonly fatal: boolean;
    };

/** One way of putting rows together, as it did with each seed. */
export interface ArmCard {
  /** "real", "synthetic", "both", "augmented", "copies", "threshold"; of transfer "target", "source", "carried over" and the like. */
  readonly name: string;
  /** For a person: "real rows alone". */
  readonly label: string;
  readonly points: readonly {
    /** Real rows learned from, or that synthetic rows were made from; and synthetic ones. */
    readonly real: number;
    readonly made: number;
    /** By seed; null where there is none. */
    readonly scores: readonly (number | null)[];
  }[];
}

/** Scores of one model by one measure. */
export interface ChartCard {
  readonly learner: LearnerName;
  readonly measure: MeasureName;
  /** "Average precision of a small network on default = yes". */
  readonly title: string;
  readonly arms: readonly ArmCard[];
}

export interface ContestCard {
  readonly outcome: Outcome;
  /** The verdict with its numbers, without the outcome that it begins with. */
  readonly words: string;
  /** It is what the headline is about. */
  readonly main: boolean;
}

interface Judged {
  readonly headline: { readonly outcome: Outcome | "mixed"; readonly words: string };
  readonly charts: readonly ChartCard[];
  readonly contests: readonly ContestCard[];
}

export interface ExperimentCard extends Judged {
  readonly choice: ExperimentChoice;
  /** "Diffusion, 400 steps". */
  readonly maker: string;
  readonly rows: { readonly train: number; readonly test: number };
  readonly seconds: number;
  /** What a reader has to know, in sentences. */
  readonly notes: readonly string[];
  /** For the limits of the quality report, in place of those that say it was not tried. */
  readonly limits: readonly Limit[];
}

/** The same on test rows that count for more or less. */
export interface ShiftedCard extends Judged {
  readonly shifts: readonly Shift[];
  readonly words: string;
  /** So many unweighed rows would make a test as sure. */
  readonly effective: number;
}

/** Between the analysis worker, which has the rows, and the experiment worker. */
export type ToExperiment =
  /** `source`: rows that the run before this table learned from, where they have all of its columns. */
  | {
      readonly type: "tables";
      readonly data: number;
      readonly train: Table;
      readonly holdout: Table;
      readonly source?: { readonly name: string; readonly table: Table };
    }
  | { readonly type: "noTables"; readonly message: string };
export type FromExperiment = { readonly type: "wantTables" };
