/** When a run that may stop by itself should: early stopping (L. Prechelt, Early Stopping — But When?, 1998). */
import type { LabState } from "../store/state.ts";

/** Looks at the holdout in vain, at least and as a share of those before the best, that are patience enough. */
const fewestLooks = 15;
const share = 0.5;

/** Whether so many looks at the holdout since the best step found nothing better. */
export function worthStopping({
  stopEarly,
  training: { scores, best },
}: Pick<LabState, "stopEarly" | "training">): boolean {
  if (!stopEarly || best === undefined) return false;
  const since = scores.filter(({ step }) => step > best.step).length;
  return since >= Math.max(fewestLooks, share * (scores.length - since));
}
