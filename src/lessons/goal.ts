import type { Figures, Goal } from "./lesson.ts";

/** Whether a goal is reached, by a run that is `done` or not; false where its figure has not been measured yet. */
export function isReached(
  { figure, atLeast = -Infinity, atMost = Infinity, atEnd }: Goal,
  figures: Figures,
  done: boolean,
): boolean {
  if (atEnd && !done) return false;
  const value = figures[figure];
  return value !== undefined && value >= atLeast && value <= atMost;
}
