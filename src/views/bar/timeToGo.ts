import type { Budget } from "../../protocol/run.ts";

/** Seconds until the budget is spent at the present pace; undefined while there is no pace to judge by. */
export function timeToGo(
  at: { readonly step: number; readonly elapsed: number; readonly stepsPerSecond: number },
  budget: Budget,
): number | undefined {
  if (budget.unit === "seconds") return Math.max(0, budget.amount - at.elapsed);
  if (!(at.stepsPerSecond > 0)) return undefined;
  return Math.max(0, (budget.amount - at.step) / at.stepsPerSecond);
}

/** Share of the budget that is used up, 0 to 1. */
export function spent(at: { readonly step: number; readonly elapsed: number }, budget: Budget): number {
  const used = (budget.unit === "steps" ? at.step : at.elapsed) / Math.max(1, budget.amount);
  return Math.min(1, Math.max(0, used));
}
