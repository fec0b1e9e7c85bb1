import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Outcome } from "../quality/efficacy.ts";
import { random } from "../random/random.ts";
import { equalisedOdds, type EqualisedOdds } from "./odds.ts";

const names = ["a", "b"];
const outcome = (predicted: ArrayLike<number>, truth: ArrayLike<number>): Outcome => ({
  kind: "classification",
  predicted: Int32Array.from(predicted),
  truth: Int32Array.from(truth),
  classes: ["no", "yes"],
});
const oddsOf = (of: Outcome, groups: Int32Array): EqualisedOdds => {
  const odds = finish(equalisedOdds(of, groups, names, random(1)));
  if ("why" in odds) throw new Error(odds.why);
  return odds;
};

describe("equalised odds", () => {
  // Two groups of twenty, ten of each class; the second group's "yes" are found in four of ten, and none is raised falsely.
  const rows = Array.from({ length: 40 }, (_, row) => row);
  const truth = rows.map((row) => (row % 20 < 10 ? 1 : 0));
  const halves = Int32Array.from(rows, (row) => (row < 20 ? 0 : 1));

  it("are the largest gap in true or false positive rates, and say where it is", () => {
    expect(oddsOf(outcome(truth, truth), halves).difference).toBe(0);
    const missed = truth.map((label, row) => (row >= 24 && row < 30 ? 0 : label));
    const found = oddsOf(outcome(missed, truth), halves);
    expect(found.difference).toBeCloseTo(0.6, 12);
    expect(found.at).toEqual({ class: "yes", rate: "true positives", lowest: "b", highest: "a" });
    const raised = truth.map((label, row) => (row >= 10 && row < 13 ? 1 : label));
    const falsely = oddsOf(outcome(raised, truth), halves);
    expect(falsely.difference).toBeCloseTo(0.3, 12);
    expect(falsely.at).toEqual({ class: "yes", rate: "false positives", lowest: "b", highest: "a" });
  });

  it("stand beside what chance gets", () => {
    const stream = random(4);
    const many = Array.from({ length: 4_000 }, () => stream.integer(2));
    const groups = Int32Array.from(many, () => stream.integer(2));
    /** Says the truth with a chance that hangs on the group. */
    const saying = (chances: readonly number[]): Outcome =>
      outcome(many.map((label, row) => (stream.uniform() < chances[groups[row]!]! ? label : 1 - label)), many); // prettier-ignore
    const uneven = oddsOf(saying([0.9, 0.6]), groups);
    expect(uneven.difference).toBeCloseTo(0.3, 1);
    expect(uneven.chance).toBeLessThan(0.05);
    const even = oddsOf(saying([0.8, 0.8]), groups);
    expect(Math.abs(even.difference - even.chance)).toBeLessThan(0.05);
  });

  it("say nothing of groups that are too small, of numbers, and without a model", () => {
    const small = Int32Array.from(rows, (row) => (row < 35 ? 0 : 1));
    const values = Float64Array.from(truth);
    for (const of of [
      outcome(truth, truth),
      { kind: "regression", predicted: values, truth: values } as const,
      { why: "Nothing was learned." },
    ])
      expect(finish(equalisedOdds(of, small, names, random(1)))).toHaveProperty("why");
  });
});
