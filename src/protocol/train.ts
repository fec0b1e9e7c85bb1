/**
 * Between the page and the train worker.
 *
 * Rules:
 * T1. The worker says nothing it was not given credit for, except `alive`,
 *     `backend`, `started`, `state`, `kept` and `failed`. One `credit` allows one `progress`;
 *     a single step and the end of a run send theirs in any case.
 * T2. `start` stops whatever ran before. Every later event carries its `run`;
 *     the page drops events of other runs.
 * T3. A state is announced after it holds: `paused` means no step is running. What `paused` and `finished` show was kept before.
 * T4. `pause`, `resume`, `step`, `tune`, `speed` and `budget` that follow a `start` hold for that run, however long it takes to begin.
 * T5. `failed` with `fatal` ends the worker's use: before `backend` nothing can train here, after it a fresh worker may. Nothing is said after it.
 * T6. `alive` comes at least once a second while the worker's loop turns. The first one names a Web Lock that the worker holds as long as it lives.
 * T7. Before `started`, a run that was left the choice says which backend it trains on, and how fast each was.
 * T8. One `inside` with a look allows one `inside` event, of the run that there is by then; the newest look counts.
 */
import type { SettingValue } from "../catalog/setting.ts";
import type { InsideLook, InsideSeen } from "./inside.ts";
import type { BackendName, Budget, Carried, Lap, NetShape, RunConfig } from "./run.ts";

export type TrainCommand =
  /** First message. The port leads to the analysis worker (`protocol/port.ts`). */
  | { readonly type: "connect"; readonly port: MessagePort }
  /** Picks a backend; `forced` or nothing. Answered by `backend` or `failed`; a run may say `backend` again (T7). */
  | { readonly type: "backend"; readonly forced?: BackendName }
  /**
   * Begins a run on the rows named `data` (sent by the analysis worker); `paused` waits before the first step.
   * With `resume` it is a run that a lost worker had: it goes on from what was kept of it, or begins where nothing was;
   * with `restored`, once that has come with the rows.
   */
  | {
      readonly type: "start";
      readonly run: number;
      readonly data: number;
      readonly config: RunConfig;
      readonly paused: boolean;
      readonly resume?: boolean;
      readonly restored?: boolean;
      /** It begins with the weights that the analysis worker was told to lend by this `request`. */
      readonly origin?: number;
    }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** One step of all objectives, or of the named one only ("discriminator", "generator"); pauses first. */
  | { readonly type: "step"; readonly objective?: string }
  | { readonly type: "stop" }
  /** Changes a live setting ("learningRate", …) without a restart. */
  | { readonly type: "tune"; readonly key: string; readonly value: SettingValue }
  | { readonly type: "speed"; readonly speed: number }
  | { readonly type: "budget"; readonly budget: Budget }
  | { readonly type: "credit" }
  /** Asks for one look inside the model (T8); undefined takes it back. */
  | { readonly type: "inside"; readonly look: InsideLook | undefined };

/** Losses of consecutive reports: `values[name][i]` is the mean loss over the steps that end at `steps[i]`. */
export interface LossReport {
  readonly steps: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** How steps reach the device: so many at once from a recording, or one by one and, where a recording was refused, why. */
export interface Orders {
  readonly bundle: number;
  /** Half a sentence: "because …". */
  readonly refusal?: string;
}

export type RunState = "training" | "paused" | "finished" | "stopped" | "diverged";

export type TrainEvent =
  | {
      readonly type: "backend";
      readonly backend: BackendName;
      /** What the device calls itself, e.g. "NVIDIA H100" or "SwiftShader (software)"; "" where unknown. */
      readonly adapter: string;
      /** One sentence: why this backend. */
      readonly reason: string;
      /** The paces of those that were tried on the run's model, best first; none where there was no choice. */
      readonly laps: readonly Lap[];
    }
  | {
      readonly type: "started";
      readonly run: number;
      readonly nets: readonly NetShape[];
      /** Names of the loss curves, in the order of the paper's algorithm box; empty for instant models. */
      readonly objectives: readonly string[];
      /** The step that it starts from: 0, or where it was kept. Losses of later steps are made anew. */
      readonly from: number;
      /** What was carried over from another run, if anything was to be. */
      readonly carried?: Carried;
    }
  /** What a run had learned by this step survives the worker. */
  | { readonly type: "kept"; readonly run: number; readonly step: number }
  | {
      readonly type: "state";
      readonly run: number;
      readonly state: RunState;
      readonly step: number;
      /** For people, e.g. why it diverged and what was kept. */
      readonly message?: string;
    }
  | {
      readonly type: "progress";
      readonly run: number;
      readonly step: number;
      readonly losses: LossReport;
      /** Seconds of training, pauses left out. */
      readonly elapsed: number;
      readonly stepsPerSecond: number;
      readonly orders: Orders;
    }
  /** The run is back where it was at an earlier step; a `state` follows. */
  | { readonly type: "returned"; readonly run: number; readonly step: number; readonly elapsed: number }
  | { readonly type: "inside"; readonly run: number; readonly seen: InsideSeen }
  | { readonly type: "alive"; readonly life?: string }
  | { readonly type: "failed"; readonly message: string; readonly detail: string; readonly fatal: boolean };
