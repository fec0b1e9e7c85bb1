/** What a finding is: something that goes wrong often enough to have a name, why it is thought so, and what may help. */
import type { ModelId } from "../catalog/card.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Shown } from "../protocol/analysis.ts";
import type { Budget } from "../protocol/run.ts";
import { settingsOf } from "./setup.ts";
import type { LabState } from "./state.ts";

export interface Finding {
  readonly id:
    | "mode-collapse"
    | "discriminator-wins"
    | "oscillation"
    | "posterior-collapse"
    | "short-schedule"
    | "dropped-category"
    | "amplified-bias"
    | "divergence"
    | "memorisation";
  readonly title: string;
  /** In numbers. */
  readonly evidence: string;
  /** The points that it is about, if any. */
  readonly shown?: Shown;
  readonly remedy?: Remedy;
}

/** What one click does: what is changed, and whether the run goes on with it or begins again. */
export interface Remedy {
  readonly label: string;
  readonly settings?: Settings;
  readonly model?: ModelId;
  readonly budget?: Budget;
  /** Back to the best step; nothing else counts then. */
  readonly goBack?: boolean;
  readonly live: boolean;
}

/** What is known of a run. */
export type Seen = Pick<LabState, "training" | "stage" | "phase" | "setup">;

/** The settings that the run was started with. */
export const ranWith = ({ training: { startedFrom } }: Seen): Settings =>
  startedFrom === undefined ? {} : settingsOf(startedFrom);

export function numberOf(seen: Seen, key: string): number | undefined {
  const value = ranWith(seen)[key];
  return typeof value === "number" ? value : undefined;
}

/** In at most two figures, as a person would type it. */
export const rounded = (value: number): number => Number(value.toPrecision(2));

/**
 * Of its steps, or seconds, a model that learns may take this share to find what it misses: the default GAN on the grid
 * has lost most of its dots after a third, and has them all at the end.
 */
const patience = 0.6;

/** The model as it stands is what it will be, or has had its time to find everything. */
export function settled({ training, phase }: Seen): boolean {
  if (phase === "finished") return true;
  const { startedFrom, step, elapsed } = training;
  if (startedFrom === undefined) return false;
  const { unit, amount } = startedFrom.budget;
  return (unit === "steps" ? step : elapsed) >= patience * amount;
}
