import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { CategoryColumn, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { finishLong } from "./longWork.ts";
import { rareClass, type RareOptions } from "./rare.ts";
import { clinicRows, makerOf } from "./testing/clinic.ts";

const tables = { train: clinicRows(1_500, 1, { lift: -3 }), holdout: clinicRows(2_000, 2, { lift: -3 }) };
const options: RareOptions = {
  target: "outcome",
  positive: "ill",
  sizes: [200],
  share: 0.4,
  seeds: [1, 2, 3, 4, 5],
  learners: ["linear", "tree"],
  measures: ["recall", "auc"],
};
const ill = (table: Table): Table => {
  const { codes, levels } = table.columns.at(-1) as CategoryColumn;
  return selectRows(table, Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => levels[codes[row]!] === "ill")); // prettier-ignore
};
const pick = (table: Table, count: number, seed: number): Table => {
  const stream = random(seed);
  return selectRows(
    table,
    Int32Array.from({ length: count }, () => stream.integer(table.rows)),
  );
};

describe("a rare class", () => {
  it("is found more often with more rows of it, and copies tell what of that is synthesis", async () => {
    const copying = makerOf((count, seed, real) => pick(ill(real), count, seed));
    const { result } = await finishLong(rareClass(tables, options, copying));
    const of = (against: string, learner: string, measure: string) =>
      result.contests.find((each) => each.against.name === against && each.arm.learner === learner && each.verdict.measure === measure)!; // prettier-ignore
    expect(of("real", "linear", "recall").verdict.outcome).toBe("gain");
    // A maker of copies does no more than copies, nor a linear model more than a moved threshold.
    for (const against of ["copies", "threshold"])
      expect(of(against, "linear", "recall").verdict.outcome, against).not.toBe("gain");
    expect(of("real", "linear", "auc").verdict.outcome).not.toBe("gain");
    expect(of("copies", "linear", "recall").words).toContain(
      ", rather than as many copies of real ones, moves the recall of a linear model on outcome = ill",
    );
    const arms = result.arms
      .filter(({ learner }) => learner === "tree")
      .map(({ name, made }) => [name, made > 0]);
    expect(arms).toEqual([["real", false], ["threshold", false], ["augmented", true], ["copies", true]]); // prettier-ignore
    expect(structuredClone(result)).toEqual(result);
  });

  it("gains by rows that know more, over copies too", async () => {
    const source = ill(clinicRows(20_000, 50, { lift: -3 }));
    const knowing = makerOf((count, seed) => pick(source, count, seed));
    const { result } = await finishLong(rareClass(tables, { ...options, measures: ["auc"] }, knowing));
    const trees = result.contests.filter(({ arm }) => arm.learner === "tree");
    expect(trees.map(({ against, verdict }) => [against.name, verdict.outcome])).toEqual(
      ["real", "threshold", "copies"].map((name) => [name, "gain"]),
    );
  });

  it("says where the class has no row, and refuses what is no class", async () => {
    const maker = makerOf((count, seed, real) => pick(ill(real), count, seed));
    const few = { ...tables, train: clinicRows(60, 3, { lift: -5 }) };
    const run = (change: Partial<RareOptions>, of = tables) => finishLong(rareClass(of, { ...options, ...change }, maker)); // prettier-ignore
    const { result } = await run({ sizes: [5], learners: ["linear"] }, few);
    expect(result.notes.at(-1)).toContain("There is no row with outcome = ill among 5 real rows.");
    await expect(run({ positive: "dead" })).rejects.toThrow("No training row has outcome = dead");
    await expect(run({ target: "x0" })).rejects.toThrow('"x0" is none');
    await expect(run({ share: 1 })).rejects.toThrow("above 0 and below 1");
  });
});
