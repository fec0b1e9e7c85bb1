import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import type { Table } from "../table/table.ts";
import { groupingOf } from "./grouping.ts";
import { equalisedOdds, subgroups, type Groups } from "./groups.ts";
import type { Prediction } from "./prediction.ts";
import { clinicRows } from "./testing/clinic.ts";

const [train, holdout] = [clinicRows(2_000, 1), clinicRows(2_000, 2)];
const options = { column: "ward", target: "outcome", positive: "ill", learner: "tree" } as const;
const run = (synthetic: Table, change: Partial<Parameters<typeof subgroups>[1]> = {}): Groups => {
  const found = finish(subgroups({ train, holdout, synthetic }, { ...options, ...change }, random(1)));
  if ("why" in found) throw new Error(found.why);
  return found;
};
const standings = ({ groups }: Groups): readonly unknown[] =>
  groups.map(({ name, standing }) => [name, standing]);

describe("groups", () => {
  it("are kept by fresh rows, and told to be gone, thinned out or amplified", () => {
    const fresh = run(clinicRows(2_000, 3));
    expect(standings(fresh)).toEqual([["south", "kept"], ["north", "kept"]]); // prettier-ignore
    for (const { shapeError } of fresh.groups) expect(shapeError.synthetic).toEqual({ value: expect.closeTo("value" in shapeError.holdout ? shapeError.holdout.value : NaN, 1) }); // prettier-ignore
    expect(structuredClone(fresh)).toEqual(fresh);
    expect(standings(run(clinicRows(2_000, 3, { north: 0 })))).toEqual([["south", "amplified"], ["north", "vanished"]]); // prettier-ignore
    expect(standings(run(clinicRows(2_000, 3, { north: 0.15 })))[1]).toEqual(["north", "thinned"]);
    expect(standings(run(clinicRows(10, 3, { north: 0 })))[1]).toEqual(["north", "too few to tell"]);
  });

  it("are served worse where the rows left them out", () => {
    // Of the north nothing was drawn: a model takes it for the south, where x1 means the opposite.
    const without = run(clinicRows(2_000, 3, { north: 0 }));
    const north = without.groups[1]!;
    expect(north.scores!.synthetic.auc!).toBeLessThan(north.scores!.real.auc! - 0.05);
    const south = without.groups[0]!;
    expect(south.scores!.synthetic.auc!).toBeGreaterThan(south.scores!.real.auc! - 0.05);
    expect(run(holdout, { target: "days", positive: undefined as never }).odds.real).toMatchObject({ why: expect.stringContaining("the target is a number") }); // prettier-ignore
  });

  it("have quarters of numbers, the most frequent categories, and gaps of their own", () => {
    const table: Table = {
      columns: [
        numbers("age", [1, 2, 3, 4, 5, 6, 7, 8, NaN]),
        categories("town", [...Array.from("abcdefgh"), ""]),
        categories(
          "letter",
          Array.from({ length: 9 }, () => "a"),
        ),
      ],
      rows: 9,
    };
    const of = (name: string) => {
      const found = groupingOf(table, name);
      if ("why" in found) throw new Error(found.why);
      return found;
    };
    expect(of("age").names).toEqual(["below 3", "3 to below 5", "5 to below 7", "7 and above", "(missing)"]);
    expect([...of("age").of(table)]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4]);
    expect(of("town").names.at(-1)).toBe("(missing)");
    expect(groupingOf(table, "letter")).toEqual({ why: '"letter" has a single group in the training rows.' });
    expect(groupingOf(table, "nowhere")).toHaveProperty("why");
    const many: Table = { columns: [categories("id", Array.from({ length: 40 }, (_, i) => `k${i % 20}`))], rows: 40 }; // prettier-ignore
    const grouping = groupingOf(many, "id");
    expect("names" in grouping && [grouping.names.length, grouping.names.at(-1)]).toEqual([13, "(other)"]);
  });
});

describe("equalised odds", () => {
  const rows = 4_000;
  const stream = random(4);
  const groups = Int32Array.from({ length: rows }, () => stream.integer(2));
  const truth = Int32Array.from({ length: rows }, () => stream.integer(2));
  /** Says the truth with a chance that hangs on the group. */
  const saying = (chances: readonly number[]): Prediction => ({
    kind: "classes",
    classes: ["no", "yes"],
    truth,
    rows: Int32Array.from({ length: rows }, (_, row) => row),
    probabilities: Float64Array.from(
      Array.from(truth, (label, row) => (stream.uniform() < chances[groups[row]!]! ? label : 1 - label)).flatMap((said) => [1 - said, said]), // prettier-ignore
    ),
  });
  const names = ["a", "b"];

  it("differ by as much as the groups' rates do, and by little where chance alone parts them", () => {
    const uneven = equalisedOdds(saying([0.9, 0.6]), groups, { names }, "yes", random(1));
    if ("why" in uneven) throw new Error(uneven.why);
    expect(uneven.difference).toBeCloseTo(0.3, 1);
    expect(uneven.chance).toBeLessThan(0.05);
    const even = equalisedOdds(saying([0.8, 0.8]), groups, { names }, "yes", random(1));
    if ("why" in even) throw new Error(even.why);
    expect(Math.abs(even.difference - even.chance)).toBeLessThan(0.05);
  });

  it("have no figure of a single group, or of no class", () => {
    expect(equalisedOdds(saying([0.8, 0.8]), groups.map(() => 0), { names }, "yes", random(1))).toEqual({ why: "Fewer than two groups have 10 test rows with and 10 without yes." }); // prettier-ignore
    expect(equalisedOdds(saying([0.8, 0.8]), groups, { names }, undefined, random(1))).toHaveProperty("why");
  });
});
