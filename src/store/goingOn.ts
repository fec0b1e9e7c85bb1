/** Whether a run that is over can go on from where it stands, and for how long. */
import type { Budget } from "../protocol/run.ts";
import { changesSince } from "./setup.ts";
import type { LabState } from "./state.ts";

type Over = Pick<LabState, "phase" | "training" | "setup" | "course">;

/** A finished run whose weights the next steps could start from: a model that is fitted at once has none to take. */
const resumable = ({ phase, training: { startedFrom, objectives }, setup }: Over): boolean =>
  phase === "finished" &&
  objectives.length > 0 &&
  startedFrom !== undefined &&
  changesSince(startedFrom, setup).length === 0;

/** Whether it stopped short of its budget, or the budget was raised since. */
export const hasBudgetLeft = (state: Over): boolean => {
  const { training, setup } = state;
  const spent = setup.budget.unit === "steps" ? training.step : training.elapsed;
  return resumable(state) && spent < setup.budget.amount;
};

/** The budget that lets a run whose own is spent take as much again as it began with; undefined where none does. */
export function longerBudget(state: Over): Budget | undefined {
  const { training, setup } = state;
  const begun = training.startedFrom?.budget;
  // A task's student takes the steps that it gives.
  if (state.course.task?.fixed.budget !== undefined) return undefined;
  if (begun === undefined || !resumable(state) || hasBudgetLeft(state)) return undefined;
  const { unit, amount } = setup.budget;
  const spent = unit === "steps" ? training.step : Math.ceil(training.elapsed);
  return { unit, amount: spent + (begun.unit === unit ? begun.amount : amount) };
}
