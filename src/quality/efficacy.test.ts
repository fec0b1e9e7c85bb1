import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import type { Table } from "../table/table.ts";
import { efficacy, learn, learners, type Learned } from "./efficacy.ts";
import { importanceAgreement, importances } from "./importance.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

const three = (table: Table): Table => ({ ...table, columns: table.columns.slice(0, 3) });
const train = three(ringRows(400, 1));
const test = three(ringRows(300, 2));
const by = learners.filter(({ name }) => name !== "mlp");
const learned = (rows: Table, target: string): readonly Learned[] => {
  const all = finish(learn(rows, test, target, by));
  if ("why" in all) throw new Error(all.why);
  return all;
};

describe("machine learning efficacy", () => {
  const real = learned(train, "group");

  it("of fresh rows is near 1 for every model, and of shuffled columns near 0", () => {
    for (const { figures } of real)
      expect("auc" in figures && Math.min(figures.auc, figures.accuracy, figures.macroF1)).toBeGreaterThan(
        0.9,
      );
    expect(efficacy(learned(three(ringRows(400, 3)), "group"), real)).toBeGreaterThan(0.95);
    expect(efficacy(learned(shuffledColumns(train, 4), "group"), real)).toBeLessThan(0.35);
  });

  it("of numbers is in R² and in the target's own unit", () => {
    const values = learned(train, "x");
    for (const { learner, figures } of values) {
      if (!("r2" in figures)) throw new Error("regression");
      // y's sign and the group tell x but for noise; a line has the group alone.
      expect(figures.r2, learner).toBeGreaterThan(0.7);
      expect(figures.rmse, learner).toBeLessThan(0.4);
    }
  });

  it("has no figure where real rows teach nothing either", () => {
    const noise = learned(shuffledColumns(train, 5), "group").map((each) => ({ ...each, skill: () => 0.01 }));
    expect(efficacy(noise, noise)).toBeNaN();
  });

  it("says what it needs", () => {
    const why = (from: Table, target: string) => finish(learn(from, test, target, by));
    expect(why(train, "nowhere")).toEqual({ why: 'There is no column "nowhere" to predict.' });
    const only = { rows: 3, columns: [numbers("x", [1, 2, 3])] };
    expect(finish(learn(only, only, "x", by))).toEqual({ why: expect.stringContaining("no other column") });
    const flat = { rows: 2, columns: [numbers("x", [1, 1]), numbers("y", [1, 2])] };
    expect(finish(learn(flat, flat, "x", by))).toEqual({ why: expect.stringContaining("does not vary") });
    const one = { rows: 2, columns: [categories("c", ["a", "a"]), numbers("y", [1, 2])] };
    expect(finish(learn(one, one, "c", by))).toEqual({
      why: expect.stringContaining("fewer than two kinds"),
    });
    const other = { rows: 2, columns: [numbers("c", [1, 2]), numbers("y", [1, 2])] };
    expect(finish(learn(one, other, "c", by))).toEqual({
      why: expect.stringContaining("numbers in one table"),
    });
  });
});

describe("importance", () => {
  it("is what is lost with a column, and agrees between samples of one distribution", () => {
    const lost = (rows: Table, target: string): Float64Array =>
      finish(
        importances(
          learned(rows, target).find(({ learner }) => learner === "forest")!,
          random(1),
        ),
      );
    const real = lost(train, "group");
    expect(real[0]! / (real[0]! + real[1]!)).toBeGreaterThan(0.9); // x decides, y does not
    const agreement = importanceAgreement(lost(three(ringRows(400, 3)), "group"), real);
    expect(agreement.overlap).toEqual({ value: expect.closeTo(1, 1) });
  });

  it("is compared by shares and by ranks", () => {
    const of = (...values: number[]): Float64Array => Float64Array.from(values);
    expect(importanceAgreement(of(1, 3, 0), of(0.5, 0.5, 0))).toEqual({
      overlap: { value: 0.75 },
      ranks: { value: expect.closeTo(0.866, 3) },
    });
    expect(importanceAgreement(of(0, 0, 0), of(1, 0, 0)).overlap).toEqual({ value: 0 });
    expect(importanceAgreement(of(1, 0), of(0.001, 0))).toHaveProperty("overlap.why");
  });
});
