/** What the benchmark's page and its workers say to each other. */
import type { DeviceCost } from "../measure.ts";
import type { StepName } from "../steps.ts";

export type Whose = "stock" | "ours";
export type On = "webgpu" | "wasm";

export interface Command {
  readonly type: "measure";
  readonly whose: Whose;
  readonly on: On;
  /** A few steps only: to try the page, not the machine. */
  readonly brief: boolean;
  /** Whether a software GPU is to be measured too. */
  readonly software: boolean;
}

export type Cost = Partial<DeviceCost> & Pick<DeviceCost, "ms">;
export type Costs = Record<StepName, Cost>;

export type Event =
  | { readonly type: "step"; readonly name: StepName }
  /** `missing` says why there are no figures. */
  | { readonly type: "measured"; readonly adapter: string; readonly costs: Costs }
  | { readonly type: "missing"; readonly why: string }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "alive" };
