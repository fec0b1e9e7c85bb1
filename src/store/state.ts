/** The whole page as one value; reducers fold worker events into it and views draw it. */
import type {
  ClusterLook,
  Frame,
  MemoryLook,
  Scene,
  Shown,
  StageView,
  TableSummary,
} from "../protocol/analysis.ts";
import type { InsideSeen } from "../protocol/inside.ts";
import type { BackendName, Carried, Lap, NetShape } from "../protocol/run.ts";
import type { Orders } from "../protocol/train.ts";
import type { DialsLook, GuessedQuestion, ReportCard } from "../protocol/report.ts";
import type { CourseState } from "./course.ts";
import type { ExperimentState } from "./experiment.ts";
import type { Losses } from "./losses.ts";
import type { Origins } from "./origins.ts";
import type { Replay } from "./replay.ts";
import type { Riddle } from "../protocol/riddle.ts";
import type { RunsState } from "./runs.ts";
import type { Setup } from "./setup.ts";

/** Mirrored on <html data-state>. */
export type Phase = "loading" | "ready" | "training" | "paused" | "finished" | "error";

export interface DataState {
  /** `reading` keeps the previous table on screen. */
  readonly status: "empty" | "reading" | "preparing" | "ready";
  /** Share of the bytes read, 0 to 1, and rows so far. */
  readonly reading: { readonly share: number; readonly rows: number } | undefined;
  readonly summary: TableSummary | undefined;
  readonly prepared:
    | {
        readonly data: number;
        readonly trainRows: number;
        readonly holdoutRows: number;
        readonly width: number;
        readonly views: readonly StageView[];
        /** What a report would ask, until a person asks something else. */
        readonly question?: GuessedQuestion;
      }
    | undefined;
}

export interface ReportState {
  readonly status: "idle" | "working";
  /** While working: the share done, what is being done, and whether the model is needed for it. */
  readonly share: number;
  readonly doing: string;
  readonly drawing: boolean;
  /** The last one of this table. */
  readonly card: ReportCard | undefined;
  /** The run and the step that it was asked for at. */
  readonly of: { readonly run: number; readonly step: number } | undefined;
}

export interface TrainingState {
  readonly run: number;
  /** It was asked for, and its model is being built: no step is taken yet. */
  readonly starting: boolean;
  readonly step: number;
  /** Where the run goes on from should its worker be lost; undefined where it would begin again. */
  readonly kept: number | undefined;
  readonly elapsed: number;
  readonly stepsPerSecond: number;
  /** How steps reach the device; undefined before the first. */
  readonly orders: Orders | undefined;
  readonly losses: Losses;
  /** How far the model's rows were from the holdout, by step, and the best that can be gone back to. */
  readonly scores: readonly { readonly step: number; readonly distance: number }[];
  readonly best: { readonly step: number; readonly distance: number } | undefined;
  /** Steps whose weights are held too. */
  readonly moments: readonly number[];
  /** Its synthetic points on the first map, from step to step. */
  readonly replay: Replay;
  /** What the last look at its rows has shown; see `AnalysisEvent`. */
  readonly inspected:
    { readonly step: number; readonly clusters?: ClusterLook; readonly memory?: MemoryLook } | undefined;
  /** What the last look inside the model has shown. */
  readonly inside: InsideSeen | undefined;
  /** Cheap figures of the newest rows. */
  readonly dials: { readonly step: number; readonly look: DialsLook } | undefined;
  /** Why it stopped, where training ran away; undefined once it goes on. */
  readonly diverged: string | undefined;
  readonly nets: readonly NetShape[];
  /** Names of the loss curves in the order of the algorithm box. */
  readonly objectives: readonly string[];
  /** What it took over from another run; undefined where it began with fresh weights. */
  readonly carried: Carried | undefined;
  /** What the running model was started from; undefined before the first run. */
  readonly startedFrom: Setup | undefined;
}

/** A step of the run that the stage shows instead of the newest, and an earlier one beside it. */
export interface Moment {
  readonly step: number;
  readonly against?: number;
}

export interface RiddleState {
  readonly request: number;
  readonly riddle?: Riddle;
  readonly why?: string;
}

export interface StageState {
  readonly scenes: { readonly [V in StageView]?: Scene & { readonly view: V } };
  readonly frames: { readonly [V in StageView]?: Frame & { readonly view: V } };
  /** The points that are ringed, and where they lie in the views that have said so. */
  readonly shown: Shown | undefined;
  readonly rings: { readonly [V in StageView]?: Rings };
  readonly moment: Moment | undefined;
  /** Progress of the UMAP fit, 0 to 1, while it runs. */
  readonly fitting: number | undefined;
}

/** Real rows by their places, synthetic ones by their number in the frame. */
export interface Rings {
  readonly real: Float32Array;
  readonly synthetic: Int32Array;
}

export interface BackendState {
  readonly name: BackendName;
  readonly adapter: string;
  readonly reason: string;
  /** The paces of those that were tried on the model, best first; none where there was no choice. */
  readonly laps: readonly Lap[];
}

export interface Notice {
  /** What happened, where, what to do. */
  readonly message: string;
  /** Technical detail for a bug report; may be empty. */
  readonly detail: string;
}

export interface LabState {
  readonly phase: Phase;
  readonly setup: Setup;
  readonly backend: BackendState | undefined;
  readonly data: DataState;
  readonly training: TrainingState;
  readonly origins: Origins;
  readonly stage: StageState;
  readonly download: { readonly status: "idle" | "working" | "done"; readonly note: string };
  readonly report: ReportState;
  readonly experiment: ExperimentState;
  readonly course: CourseState;
  readonly runs: RunsState;
  /** The race's dialog is open. */
  /** Ten rows to be told apart: asked for, there, or why there are none; undefined where nobody asked. */
  readonly riddle: RiddleState | undefined;
  readonly raceShown: boolean;
  /** The stage has the screen for itself. */
  readonly presenting: boolean;
  /** A run ends by itself, and goes back to its best step, once it has got no better for long. */
  readonly stopEarly: boolean;
  /** One line for everybody and for screen readers; changes at most about once a second. */
  readonly status: string;
  /** Shown as role="alert" until dismissed. */
  readonly alert: Notice | undefined;
}
