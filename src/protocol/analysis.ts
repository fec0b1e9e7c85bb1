/**
 * Between the page and the analysis worker, which owns the table: it reads
 * files, types columns, encodes, projects, decodes and writes CSV. The page
 * receives only what it draws.
 *
 * Rules:
 * A1. `open` keeps the previous table until a `prepare` names the new one; `refused` leaves it in place.
 * A2. Every `prepare` gets one `prepared` or `unprepared`, unless a newer one came first; `data` names the rows that the train worker was sent.
 * A3. `frame` needs credit; one `credit` allows one `frame`. A newer snapshot replaces an undrawn one.
 * A4. A `report` is answered by `reporting` now and then, and at the end by `reported` or `unreported`; a newer one takes its place. Rows for it are drawn before rows for a download that comes meanwhile.
 * A5. `alive` comes at least once a second while the worker's loop turns. The first one names a Web Lock that the worker holds as long as it lives.
 */
import type { ModelId } from "../catalog/card.ts";
import type { DatasetId } from "../catalog/datasets.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Condition } from "../table/condition.ts";
import type { ColumnDescription } from "../table/describe.ts";
import type { Histogram } from "../table/histogram.ts";
import type { ColumnType } from "../table/table.ts";
import type { ExperimentCard } from "./experiment.ts";
import type { KeptRun } from "./port.ts";
import type { DialsLook, GuessedQuestion, ReportCard, ReportQuestion } from "./report.ts";
import type { Riddle } from "./riddle.ts";

export type DataSource =
  | { readonly kind: "builtin"; readonly id: DatasetId; readonly seed: number }
  /** Files are handed over as handles; their bytes are read in the worker. Two IDX files may come together. */
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "text"; readonly text: string; readonly name: string }
  /** Points a person drew, [x0, y0, x1, y1, …] within [-1, 1]. */
  | { readonly kind: "drawing"; readonly points: readonly number[] };

export interface ReadingOptions {
  /** Above this many rows a seeded sample is kept. */
  readonly rowLimit: number;
  readonly seed: number;
}

export type NumericTransform = "quantile" | "minmax" | "standard" | "none";

export interface PrepareOptions {
  /** Cell texts that mean "missing", compared without regard to case and surrounding blanks. */
  readonly missingMarks: readonly string[];
  /** The person's corrections, by column name. */
  readonly columns: Readonly<Record<string, { readonly type?: ColumnType; readonly include?: boolean }>>;
  /** Share of rows set aside before anything is fitted, 0 to 0.5. */
  readonly holdout: number;
  readonly seed: number;
  readonly numeric: NumericTransform;
}

export type StageView =
  "plane" | "pca" | "umap" | "pair" | "columns" | "images" | "rows" | "inside" | "quality" | "helps";

export type AnalysisCommand =
  | { readonly type: "connect"; readonly port: MessagePort }
  /** A worker that tries things on the rows; see `ToExperiment`. */
  | { readonly type: "connectExperiment"; readonly port: MessagePort }
  /** Sends the prepared table to a race's worker (`RaceRows`), once, or says that there is none. */
  | { readonly type: "race"; readonly port: MessagePort }
  | {
      readonly type: "open";
      readonly request: number;
      readonly source: DataSource;
      readonly options: ReadingOptions;
    }
  | { readonly type: "cancel"; readonly request: number }
  /** `request` names the reading whose table is meant; a table that is never named takes nobody's place. */
  | {
      readonly type: "prepare";
      readonly data: number;
      readonly request: number;
      readonly options: PrepareOptions;
    }
  /** Which views are on screen; scenes follow at once, frames as training goes. `pair` are column indexes. */
  | { readonly type: "watch"; readonly views: readonly StageView[]; readonly pair: readonly [number, number] }
  | {
      readonly type: "download";
      readonly request: number;
      readonly rows: number;
      readonly seed: number;
      readonly escapeFormulas: boolean;
      /** What all these rows, or a share of them, are to be like. Absent: whatever the model draws. */
      readonly conditions?: readonly Condition[];
      /** Instead of new rows: the table itself, its gaps filled. `rows` counts for nothing then. */
      readonly fill?: boolean;
      /**
       * Instead of rows the model: as ONNX, with how its rows are read, or as a saved run that others begin with.
       * `rows` counts for nothing then.
       */
      readonly model?: ModelForm;
      /** What is shown of a saved run, packed; it stands in front of the file. */
      readonly shared?: string;
    }
  /** The rows of a download that are still to come are no longer wanted; it gets no answer. */
  | { readonly type: "enough"; readonly request: number }
  /** The run on these rows goes back to one of its `moments`, or to its best step, and pauses there. */
  | { readonly type: "goBack"; readonly step?: number }
  /** Whether the page is sent each checkpoint too, to keep it on the device: a person has asked for that. */
  | { readonly type: "remember"; readonly on: boolean }
  /** What was kept of a run on these rows; the train worker gets it with them. */
  | { readonly type: "restore"; readonly kept: KeptRun }
  /** Sends the train worker what a `start` that names this `request` begins with. */
  | { readonly type: "lend"; readonly request: number; readonly from: "last" | "file" }
  /** A saved run, to be lent. */
  | { readonly type: "readRun"; readonly file: File }
  /** Whether the rows that the last run learned from are shown beside these. */
  | { readonly type: "showSource"; readonly shown: boolean }
  /** How good the model's rows are: fresh ones are drawn and judged beside the holdout. */
  | {
      readonly type: "report";
      readonly request: number;
      readonly question: ReportQuestion;
      readonly seed: number;
      /** What makes the rows, for the report's head, and its losses in order. */
      readonly made: string;
      readonly losses: readonly number[];
    }
  | { readonly type: "cancelReport"; readonly request: number }
  /** The last report as a page of its own; answered by `reportSaved`. */
  /** `experiment`, where one was made on these rows, goes into the page. */
  | { readonly type: "saveReport"; readonly rows: boolean; readonly experiment?: ExperimentCard }
  /** Which points are to be ringed in the views of points; absent for none. Answered by `rings` now and after each `inspected`. */
  | { readonly type: "show"; readonly shown?: Shown }
  /** Ten rows to be told apart; answered by `riddle` or `noRiddle`. */
  | { readonly type: "riddle"; readonly request: number; readonly seed: number }
  | { readonly type: "credit" };

/** How a trained model leaves the lab: for other programs, or for this one. */
export type ModelForm = "onnx" | "run";

/** A run that another may begin with. */
export interface OriginNote {
  /** Of its table, or of the file that it was saved in. */
  readonly name: string;
  readonly model: ModelId;
  readonly settings: Settings;
  readonly step: number;
  /** How its numbers were scaled; absent where it had none. */
  readonly numeric?: NumericTransform;
  /** Whether its rows can be shown beside those that are here, having their columns. */
  readonly cloud: boolean;
}

/** Rows that a finding is about: of clusters that are missed, learned by heart, or of a category. */
export type Shown =
  | { readonly kind: "missed" }
  | { readonly kind: "remembered" }
  | { readonly kind: "category"; readonly column: string; readonly label: string };

/** Where synthetic rows lie among the clusters of the real ones. */
export interface ClusterLook {
  /** Real rows form groups of their own; if not, clusters are regions of one cloud. */
  readonly clear: boolean;
  readonly of: number;
  /** Clusters that are all but empty now, and those that have been for several looks while no other was found. */
  readonly missed: number;
  readonly lasting: number;
  /** Synthetic rows in the missed ones, those that chance would put there, and those near any cluster. */
  readonly found: number;
  readonly expected: number;
  readonly rows: number;
}

/** How synthetic rows lie to training and to held-out rows; see `quality/memorisation`. */
export interface MemoryLook {
  readonly nearer: number;
  readonly neutral: number;
  readonly error: number;
  readonly copies: number;
  readonly copiesExpected: number;
  readonly rows: number;
  /** That is beyond chance; in this look, and in the one before as well. */
  readonly remembers: boolean;
  readonly lasting: boolean;
}

/** A column as the table view shows it; `include` is the default or the person's choice. */
export interface ColumnSummary extends ColumnDescription {
  /** What of its values is not learned one by one, in words; absent where all are. */
  readonly grouped?: string;
}
export type { Histogram };

export interface TableSummary {
  readonly name: string;
  /** Rows kept, and rows the file had. */
  readonly rows: number;
  readonly rowsRead: number;
  readonly columns: readonly ColumnSummary[];
  /** First rows in the file's own text, one array a row, for the table view. */
  readonly preview: readonly (readonly string[])[];
  /** Pixel tables and IDX files; undefined for ordinary tables. */
  readonly image?: { readonly width: number; readonly height: number };
  /** e.g. "Read 48,210 rows in 0.3 s, on this device". */
  readonly said: string;
  /** What was changed or skipped while reading, with row numbers. */
  readonly issues: readonly string[];
}

/** What never moves in a view: the real rows and the frame around them. */
export type Scene =
  | {
      readonly view: "plane" | "pca" | "umap" | "pair";
      /** [x0, y0, x1, y1, …]. */
      readonly real: Float32Array;
      readonly holdout: Float32Array;
      /** Rows of the table before, where they are to be shown. */
      readonly source?: Float32Array;
      readonly x: Axis;
      readonly y: Axis;
    }
  | {
      readonly view: "columns";
      readonly columns: readonly { readonly name: string; readonly histogram: Histogram }[];
    }
  /** `pixels`: one byte a pixel, image after image. */
  | {
      readonly view: "images";
      readonly width: number;
      readonly height: number;
      readonly pixels: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly view: "rows";
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface Axis {
  readonly label: string;
  readonly range: readonly [number, number];
  /** Share of the variance that a principal component carries. */
  readonly variance?: number;
  /** Names of the positions 0, 1, 2 … where the axis is a category. */
  readonly categories?: readonly string[];
  /** How to write a position: numbers, or milliseconds as dates. */
  readonly unit?: "number" | "date";
}

/** The synthetic side of a scene at one step. */
export type Frame = { readonly run: number; readonly step: number } & (
  | { readonly view: "plane" | "pca" | "umap" | "pair"; readonly points: Float32Array }
  | {
      readonly view: "columns";
      /** Counts in the scene's bins; `distance` is the KS or TV distance to the real training rows, 0 to 1. */
      readonly columns: readonly {
        readonly counts: readonly number[];
        readonly others: number;
        readonly distance: number;
        readonly missing: number;
      }[];
    }
  | { readonly view: "images"; readonly pixels: Uint8Array<ArrayBuffer> }
  | { readonly view: "rows"; readonly rows: readonly (readonly string[])[] }
);

export type AnalysisEvent =
  | { readonly type: "reading"; readonly request: number; readonly share: number; readonly rows: number }
  /** The data are in; `prepare` comes next. */
  | { readonly type: "opened"; readonly request: number; readonly said: string }
  /** The file can't be read: what, where, what to do. */
  | { readonly type: "refused"; readonly request: number; readonly message: string }
  | { readonly type: "cancelled"; readonly request: number }
  | {
      readonly type: "prepared";
      readonly data: number;
      readonly summary: TableSummary;
      readonly trainRows: number;
      readonly holdoutRows: number;
      /** Numbers in an encoded row. */
      readonly width: number;
      /** The views that make sense for this table, best first. */
      readonly views: readonly StageView[];
      /** The run on the rows before these, if it had learned anything. */
      readonly lastRun?: OriginNote;
      /** What a report would ask of rows like these, by the columns' names; absent where there is nothing to ask. */
      readonly question?: GuessedQuestion;
    }
  /** The table can't be learned from as configured (e.g. no column left); no summary where not even its columns could be read. */
  | {
      readonly type: "unprepared";
      readonly data: number;
      readonly summary: TableSummary | undefined;
      readonly message: string;
    }
  | { readonly type: "scene"; readonly data: number; readonly scene: Scene }
  | { readonly type: "fitting"; readonly data: number; readonly view: "umap"; readonly share: number }
  | { readonly type: "frame"; readonly data: number; readonly frame: Frame }
  /**
   * How far the model's rows lie from the holdout (energy distance, about 0 to 1): by the median of three looks, and at
   * the best step that can be gone back to by the rows of that very step.
   */
  | {
      readonly type: "scored";
      readonly data: number;
      readonly run: number;
      readonly step: number;
      readonly distance: number;
    }
  | {
      readonly type: "best";
      readonly data: number;
      readonly run: number;
      readonly step: number;
      readonly distance: number;
    }
  /** Steps of the run whose weights are held, to be gone back to, besides the best. */
  | {
      readonly type: "moments";
      readonly data: number;
      readonly run: number;
      readonly steps: readonly number[];
    }
  /** The newest checkpoint; said only while the page remembers. */
  | { readonly type: "checkpoint"; readonly kept: KeptRun }
  | { readonly type: "runRead"; readonly run: OriginNote }
  | { readonly type: "runRefused"; readonly message: string }
  /** There is nothing to lend any more. */
  | { readonly type: "unlent"; readonly request: number; readonly message: string }
  /** What a look at the model's rows at a step has shown. */
  | {
      readonly type: "inspected";
      readonly data: number;
      readonly run: number;
      readonly step: number;
      readonly clusters?: ClusterLook;
      readonly memory?: MemoryLook;
    }
  /** What is to be ringed in a view: real rows by their places, [x0, y0, …], synthetic ones by their number in a frame. */
  | {
      readonly type: "rings";
      readonly data: number;
      readonly view: StageView;
      readonly real: Float32Array;
      readonly synthetic: Int32Array;
    }
  /** Rows of a download made so far. */
  | { readonly type: "downloading"; readonly request: number; readonly rows: number; readonly of: number }
  | {
      readonly type: "downloaded";
      readonly request: number;
      /** A CSV, the zip of an exported model, or a saved run. */
      readonly file: Blob;
      readonly name: string;
      readonly note: string;
    }
  /** How far a report has come, 0 to 1, and what is being done. The model is needed only while rows are drawn. */
  | {
      readonly type: "reporting";
      readonly request: number;
      readonly share: number;
      readonly doing: string;
      readonly drawing: boolean;
    }
  | { readonly type: "reported"; readonly request: number; readonly data: number; readonly card: ReportCard }
  /** There is no report; without a message because it was cancelled. */
  | { readonly type: "unreported"; readonly request: number; readonly message?: string }
  | { readonly type: "reportSaved"; readonly file: Blob; readonly name: string }
  /** Cheap figures of the model's rows at a step. */
  | {
      readonly type: "dials";
      readonly data: number;
      readonly run: number;
      readonly step: number;
      readonly look: DialsLook;
    }
  | { readonly type: "undownloaded"; readonly request: number; readonly message: string }
  | { readonly type: "riddle"; readonly riddle: Riddle }
  | { readonly type: "noRiddle"; readonly request: number; readonly message: string }
  | { readonly type: "alive"; readonly life?: string }
  | { readonly type: "failed"; readonly message: string; readonly detail: string; readonly fatal: boolean };
