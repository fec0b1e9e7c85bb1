/**
 * Loss curves, append-only. Reports arrive ten times a second for as long as
 * someone watches, so the arrays grow in place and `version` says that they did;
 * charts subscribe to the version and never copy.
 */
import type { LossReport } from "../protocol/train.ts";

export interface Losses {
  readonly steps: number[];
  readonly values: Record<string, number[]>;
  readonly version: number;
}

export const noLosses = (): Losses => ({ steps: [], values: {}, version: 0 });

/** Forgets, in place, what came after a step; returns a new handle on the same arrays, the old one if nothing did. */
export function upTo(losses: Losses, step: number): Losses {
  let { length } = losses.steps;
  while (length > 0 && losses.steps[length - 1]! > step) length--;
  if (length === losses.steps.length) return losses;
  losses.steps.length = length;
  for (const series of Object.values(losses.values)) series.length = length;
  return { ...losses, version: losses.version + 1 };
}

/**
 * Appends in place; returns a new handle on the same arrays. Missing values stay gaps (NaN). Steps that are there
 * already were told twice, by a worker that was lost and by the one that went on: the later word stands.
 */
export function append(held: Losses, report: LossReport): Losses {
  const [first] = report.steps;
  const losses = first === undefined ? held : upTo(held, first - 1);
  const before = losses.steps.length;
  // One by one: a report that waited for hours is longer than a call may have arguments.
  for (const step of report.steps) losses.steps.push(step);
  for (const [name, values] of Object.entries(report.values)) {
    const series = (losses.values[name] ??= new Array<number>(before).fill(NaN));
    for (const value of values) series.push(value);
  }
  for (const series of Object.values(losses.values)) {
    while (series.length < losses.steps.length) series.push(NaN);
  }
  return { ...losses, version: losses.version + 1 };
}
