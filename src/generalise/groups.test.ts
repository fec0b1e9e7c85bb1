import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { learn, learners } from "../quality/efficacy.ts";
import type { Predictions } from "../quality/report.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import type { Table } from "../table/table.ts";
import { groupingOf } from "./grouping.ts";
import { groupColumns, subgroups, type Groups } from "./groups.ts";
import { clinicRows } from "./testing/clinic.ts";

const [train, holdout] = [clinicRows(2_000, 1), clinicRows(2_000, 2)];
const by = learners.filter(({ name }) => name === "tree");
const taught = (rows: Table, target: string): Predictions["real"] => {
  const learned = finish(learn(rows, holdout, target, by));
  if ("why" in learned) throw new Error(learned.why);
  return learned[0]!;
};
const run = (synthetic: Table, column = "ward", target = "outcome"): Groups => {
  const learned = { real: taught(train, target), synthetic: taught(synthetic, target) };
  const found = finish(subgroups({ train, holdout, synthetic }, column, learned, random(1)));
  if ("why" in found) throw new Error(found.why);
  return found;
};
const standings = ({ groups }: Groups): readonly unknown[] =>
  groups.map(({ name, standing }) => [name, standing]);
const valueOf = (of: object): number => ("value" in of ? (of.value as number) : NaN);

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
    const without = clinicRows(2_000, 3, { north: 0 });
    const [south, north] = run(without, "ward", "days").groups;
    expect(north!.rows.tested).toBe(north!.rows.holdout);
    expect(valueOf(north!.wrong.synthetic)).toBeGreaterThan(2 * valueOf(north!.wrong.real));
    expect(valueOf(south!.wrong.synthetic)).toBeLessThan(1.1 * valueOf(south!.wrong.real));
    const { odds } = run(without);
    if ("why" in odds.real || "why" in odds.synthetic) throw new Error("no odds");
    expect(odds.real.at.class).toBe("well");
  });

  it("say why they have no error or odds", () => {
    const why = run(train, "outcome");
    expect(why.groups[0]!.wrong.real).toEqual({ why: '"outcome" is what the models predict.' });
    expect(why.odds.real).toEqual({ why: '"outcome" is what the models predict.' });
    const days = run(train, "ward", "days");
    expect(days.unit).toBe("error");
    expect(valueOf(days.groups[0]!.wrong.real)).toBeGreaterThan(0.5);
    expect(days.odds.real).toMatchObject({ why: expect.stringContaining("the target is a number") });
    const none = { why: "Choose a target column." };
    const untaught = finish(subgroups({ train, holdout, synthetic: train }, "ward", none, random(1)));
    expect(untaught).toMatchObject({ odds: { real: none, synthetic: none } });
  });

  it("are of columns that were asked about, then of those that divide, then of the others", () => {
    const names = ["x0", "x1", "x2", "x3", "days"];
    expect(groupColumns(train, ["outcome", "nowhere"])).toEqual(["outcome", "ward", ...names]);
    expect(groupColumns(train, ["x2"])).toEqual(["x2", "ward", "outcome", ...names.filter((name) => name !== "x2")]); // prettier-ignore
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
    expect(of("age").by).toBe("ranges");
    expect([...of("age").of(table)]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4]);
    expect(() => of("age").of({ ...table, columns: table.columns.slice(1) })).toThrow(TypeError);
    expect(of("town").names.at(-1)).toBe("(missing)");
    expect(groupingOf(table, "letter")).toEqual({ why: '"letter" has a single group in the training rows.' });
    expect(groupingOf(table, "nowhere")).toHaveProperty("why");
    const many: Table = { columns: [categories("id", Array.from({ length: 40 }, (_, i) => `k${i % 20}`))], rows: 40 }; // prettier-ignore
    const grouping = groupingOf(many, "id");
    expect("names" in grouping && [grouping.names.length, grouping.names.at(-1)]).toEqual([13, "(other)"]);
  });
});
