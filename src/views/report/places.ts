/** The parts of a report, and which of them shows what a part of an axis is about. */
import type { PartCard } from "../../protocol/report.ts";

export type Place =
  "axes" | "columns" | "pairs" | "matrices" | "gaps" | "closest" | "models" | "groups" | "figures";

const behind: { readonly [P in PartCard["name"]]?: Place } = {
  shape: "columns",
  trend: "pairs",
  indistinguishable: "figures",
  typical: "figures",
  efficacy: "models",
  importance: "models",
  dcr: "closest",
  membership: "closest",
  copies: "closest",
  distance: "closest",
  disclosure: "figures",
  categoryCoverage: "columns",
  rangeCoverage: "columns",
  missingShare: "gaps",
  missingPattern: "gaps",
  coverage: "groups",
  validity: "columns",
};

/** Undefined for what is about the model and has nothing to look at. */
export const placeBehind = (part: PartCard["name"]): Place | undefined => behind[part];
