import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { equalisedOdds, groupColumns, groupsOf } from "./groups.ts";

const outcome = (predicted: readonly number[], truth: readonly number[]) =>
  ({
    kind: "classification",
    predicted: Int32Array.from(predicted),
    truth: Int32Array.from(truth),
    classes: ["no", "yes"],
  }) as const;
const rows = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe("equalised odds", () => {
  // Two groups of twenty, ten of each class; the second group's "yes" are found in four of ten, and none is raised falsely.
  const truth = rows(0, 40).map((row) => (row % 20 < 10 ? 1 : 0));
  const groups = [rows(0, 20), rows(20, 40)];

  it("is the largest gap in true or false positive rates", () => {
    expect(equalisedOdds(outcome(truth, truth), groups)).toEqual({ value: 0 });
    const missed = truth.map((label, row) => (row >= 24 && row < 30 ? 0 : label));
    const found = equalisedOdds(outcome(missed, truth), groups);
    expect("value" in found && found.value).toBeCloseTo(0.6, 12);
    const raised = truth.map((label, row) => (row >= 10 && row < 13 ? 1 : label));
    const falsely = equalisedOdds(outcome(raised, truth), groups);
    expect("value" in falsely && falsely.value).toBeCloseTo(0.3, 12);
  });

  it("says nothing of groups that are too small, of numbers, and without a model", () => {
    expect(equalisedOdds(outcome(truth, truth), [rows(0, 20), rows(20, 25)])).toHaveProperty("why");
    const values = Float64Array.from(truth);
    expect(equalisedOdds({ kind: "regression", predicted: values, truth: values }, groups)).toHaveProperty(
      "why",
    );
    expect(equalisedOdds(undefined, groups)).toHaveProperty("why");
  });
});

describe("groups", () => {
  const kinds = Array.from({ length: 100 }, (_, i) => (i < 80 ? "many" : "few"));
  const sizes = kinds.map((kind, i) => (kind === "many" ? i % 10 : 50 + (i % 10)));
  const table = { columns: [numbers("size", sizes), categories("kind", kinds)], rows: 100 };

  it("finds a group that vanished, and how far off the others are", () => {
    const made = {
      columns: [numbers("size", sizes.slice(0, 80)), categories("kind", kinds.slice(0, 80))],
      rows: 80,
    };
    expect(groupColumns(table)).toEqual([1]);
    const { groups, oddsReal } = finish(groupsOf(table, made, 1));
    expect(groups.map(({ name, real, synthetic }) => [name, real, synthetic])).toEqual([
      ["many", 0.8, 1],
      ["few", 0.2, 0],
    ]);
    expect(groups[0]!.error).toEqual({ value: 0 });
    expect(groups[1]!.error).toHaveProperty("why");
    expect(oddsReal).toHaveProperty("why");
  });
});
