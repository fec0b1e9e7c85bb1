/** Scores by seed, as charts want them. */
import { decimal } from "../../language/words.ts";
import type { ArmCard, ChartCard } from "../../protocol/experiment.ts";
import { minus } from "../kit/format.ts";

export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly all: readonly number[];
}

/** Undefined where no seed has a score. */
export function spreadOf(scores: readonly (number | null)[]): Spread | undefined {
  const all = scores.filter((score) => score !== null);
  if (all.length === 0) return undefined;
  const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
  return { mean, low: Math.min(...all), high: Math.max(...all), all };
}

/** All scores of a chart, with a little room on both sides. */
export function rangeOf({ arms }: ChartCard): readonly [number, number] {
  const all = arms
    .flatMap(({ points }) => points.flatMap(({ scores }) => scores))
    .filter((one) => one !== null);
  if (all.length === 0) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0.005, 0.08 * (high - low));
  return [low - room, high + room];
}

/** Whether rows that were made are among what is learned from. */
export const isMade = ({ name, points }: ArmCard): boolean =>
  name !== "copies" && points.some(({ made }) => made > 0);

export const figure = (value: number): string =>
  minus(Math.abs(value) < 10 ? decimal(value.toFixed(3)) : decimal(value.toPrecision(4)));
