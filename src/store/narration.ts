/** What is worth saying aloud of a run under way, a line at a time. */
import { t } from "../language/words.ts";
import type { TrainingState } from "./state.ts";

/** "3 of 8 clusters reached", or how far its rows are from held-out ones; "" where neither is known yet. */
export function standing({ inspected, scores }: Pick<TrainingState, "inspected" | "scores">): string {
  const clusters = inspected?.clusters;
  if (clusters?.clear === true) return t`${clusters.of - clusters.missed} of ${clusters.of} clusters reached`;
  const distance = scores.at(-1)?.distance;
  return distance === undefined ? "" : t`distance to held-out rows ${Number(distance.toPrecision(2))}`;
}
