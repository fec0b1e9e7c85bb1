import type { Figures, Goal } from "./lesson.ts";

/** Whether a goal is reached; false where its figure has not been measured yet. */
export function isReached(
  { figure, atLeast = -Infinity, atMost = Infinity }: Goal,
  figures: Figures,
): boolean {
  const value = figures[figure];
  return value !== undefined && value >= atLeast && value <= atMost;
}
