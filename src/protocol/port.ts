/**
 * Between the analysis worker and the train worker, over a port of their own:
 * encoded rows travel here and the page never sees them.
 */
import type { Given, Matrix, Span } from "../encode/span.ts";
import type { ModelId } from "../catalog/card.ts";
import type { Heeding, ModelState, Plain } from "../models/model.ts";
import type { ExportedSampler } from "../onnx/export.ts";
import type { Origin } from "../train/carry.ts";
import type { Checkpoint } from "../train/checkpoint.ts";
import type { ModelForm } from "./analysis.ts";
import type { Lap, RunConfig } from "./run.ts";
import type { LossReport } from "./train.ts";

/** What a model is fitted to. */
export interface EncodedData {
  readonly spans: readonly Span[];
  readonly train: Matrix;
  /** Where rows are images: column c (`Span.column`) is pixel c. */
  readonly image?: { readonly width: number; readonly height: number };
}

/** A run as it stood at a checkpoint: with its rows and its config, all that another worker needs to go on. */
export interface KeptRun {
  readonly run: number;
  readonly data: number;
  readonly checkpoint: Checkpoint;
  /** What it was begun with, and what its model fitted to the rows; for a run that begins with its weights. */
  readonly config: Pick<RunConfig, "model" | "settings">;
  readonly fitted: Plain;
  /** Milliseconds of training until then. */
  readonly elapsed: number;
  /** Nothing was left to do. */
  readonly finished: boolean;
  /** How the backend that it ran on was chosen; none where there was no choice. */
  readonly laps: readonly Lap[];
  /** Losses up to then that the page may not have heard of yet. */
  readonly losses: LossReport;
}

/**
 * Rules:
 * P1. One `want` is answered by one `snapshot`, when there is something new to see; a second before that changes nothing.
 * P2. `sample` allows two pieces, each `more` one further piece; a newer `sample` takes the place of an older one.
 * P3. Training rests while rows are made, so that all of them come from the same weights.
 * P4. Where a picture is wanted when a run is kept, it is made of that very step, so that what is kept has a score of its own.
 * P5. The analysis worker keeps the newest `kept` of the rows it holds and sends it to whoever is connected next.
 */
export type ToTrain =
  /** New rows to train on; `data` numbers them. With what a worker before this one left of a run on them. */
  | {
      readonly type: "rows";
      readonly data: number;
      readonly encoded: EncodedData;
      readonly kept: KeptRun | undefined;
    }
  /** What the run that was started with this `request` begins with. */
  | { readonly type: "origin"; readonly request: number; readonly origin: Origin }
  /** Asks for one snapshot of `rows` rows when the model has moved; the same latent batch each time. */
  | { readonly type: "want"; readonly rows: number }
  /** Asks for `rows` fresh rows, sent back in pieces of at most 2,000. With what is given of each, if the model heeds it. */
  | {
      readonly type: "sample";
      readonly request: number;
      readonly rows: number;
      readonly seed: number;
      readonly given?: Given;
    }
  /** The run of that number goes back to where it was kept, and pauses. */
  | { readonly type: "goBack"; readonly kept: KeptRun }
  | { readonly type: "more"; readonly request: number }
  /** Asks for the model as it stands: as ONNX, answered by `exported`, or all that draws its rows, by `stated`; or `unsampled`. */
  | { readonly type: "export"; readonly request: number; readonly form: ModelForm }
  /** What `request` asked for and is still to come is no longer wanted. */
  | { readonly type: "enough"; readonly request: number };

export type FromTrain =
  /** `data` names the rows that the model learns from. */
  | {
      readonly type: "snapshot";
      readonly run: number;
      readonly data: number;
      readonly step: number;
      readonly rows: Matrix;
      /** This step is being kept. */
      readonly keeps?: boolean;
    }
  | { readonly type: "kept"; readonly kept: KeptRun }
  | {
      readonly type: "sampled";
      readonly request: number;
      readonly piece: Matrix;
      readonly last: boolean;
      /** What the model keeps to of what is given, if anything. */
      readonly heeds: Heeding | undefined;
    }
  | {
      readonly type: "exported";
      readonly request: number;
      readonly model: ModelId;
      readonly sampler: ExportedSampler;
    }
  | {
      readonly type: "stated";
      readonly request: number;
      readonly config: Pick<RunConfig, "model" | "settings" | "seed">;
      readonly step: number;
      readonly state: ModelState;
    }
  | { readonly type: "unsampled"; readonly request: number; readonly message: string };
