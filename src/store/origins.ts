/** Runs that the next one may begin with, and what becomes of that choice. */
import { defaultsFor, modelCard } from "../catalog/models.ts";
import type { OriginNote } from "../protocol/analysis.ts";
import type { Setup } from "./setup.ts";
import type { LabState } from "./state.ts";

export interface Origins {
  /** The run on the table before, or with the columns before; and one from a file. */
  readonly last: OriginNote | undefined;
  readonly file: OriginNote | undefined;
  /** The rows that the last run learned from are wanted beside these. */
  readonly shown: boolean;
}

type Seen = Pick<LabState, "setup" | "origins">;

/** The run that is chosen, whether its weights can be used or not. */
export const chosenOrigin = ({ setup: { weights }, origins }: Seen): OriginNote | undefined =>
  weights === "fresh" ? undefined : origins[weights];

/** The run whose weights the next one begins with; undefined where it begins with fresh ones. */
export function originOf(state: Seen): OriginNote | undefined {
  const note = chosenOrigin(state);
  const { model } = state.setup;
  return note?.model === model && !modelCard(model).instant ? note : undefined;
}

/** The setup that such a run fits: its model, and its settings as far as they differ from the defaults. */
export function setupLike(
  { model, settings }: OriginNote,
  { kind }: Setup,
): Pick<Setup, "model" | "settings"> {
  const usual = defaultsFor(model, kind);
  const own = Object.entries(settings).filter(([key, value]) => String(usual[key]) !== String(value));
  return { model, settings: Object.fromEntries(own) };
}
