import { describe, expect, it } from "vitest";
import { fitBoosting } from "../downstream/boosting.ts";
import { finish } from "../downstream/work.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";
import { utility } from "./utility.ts";

const holdout = ringRows(500, 9);

describe("utility", () => {
  it("is high for rows that keep what depends on what, and gone where they don't", () => {
    const noBonus = (table: ReturnType<typeof ringRows>) => ({
      ...table,
      columns: table.columns.slice(0, 3),
    });
    const real = noBonus(ringRows(500, 1));
    expect(finish(utility(real, noBonus(holdout), "group", fitBoosting))).toEqual({
      auc: expect.closeTo(1, 2),
      accuracy: expect.closeTo(1, 1),
      macroF1: expect.closeTo(1, 1),
    });
    const shuffled = finish(utility(shuffledColumns(real, 2), noBonus(holdout), "group", fitBoosting));
    expect("auc" in shuffled && Math.abs(shuffled.auc - 0.5)).toBeLessThan(0.15);
  });

  it("tests on real classes even where synthetic rows have lost one", () => {
    const at = Array.from({ length: 90 }, (_, i) => i);
    const test = {
      columns: [
        numbers("x", at),
        categories(
          "y",
          at.map((i) => `y${i % 3}`),
        ),
      ],
      rows: 90,
    };
    const train = {
      columns: [
        numbers("x", at),
        categories(
          "y",
          at.map((i) => `y${i % 2}`),
        ),
      ],
      rows: 90,
    };
    const result = finish(utility(train, test, "y", fitBoosting));
    expect("accuracy" in result && result.accuracy).toBeLessThanOrEqual(2 / 3);
    const single = {
      ...train,
      columns: [
        train.columns[0]!,
        categories(
          "y",
          at.map(() => "y1"),
        ),
      ],
    };
    expect(finish(utility(single, test, "y", fitBoosting))).toEqual({
      auc: 0.5,
      accuracy: expect.closeTo(1 / 3, 12),
      macroF1: expect.closeTo(1 / 6, 12),
    });
  });

  it("leaves out rows without a target, and says why there is nothing to measure", () => {
    const table = { columns: [numbers("x", [1, 2]), categories("y", ["", ""])], rows: 2 };
    const why = (target: string, train = holdout, test = holdout) =>
      finish(utility(train, test, target, fitBoosting));
    expect(why("nowhere")).toEqual({ why: 'There is no column "nowhere" of categories to predict.' });
    expect(why("x")).toEqual({ why: 'There is no column "x" of categories to predict.' });
    expect(why("y", table, { ...table, columns: [table.columns[0]!, categories("y", ["a", "b"])] })).toEqual({
      why: 'Every "y" of the training rows is missing.',
    });
    expect(why("y", { ...table, columns: [table.columns[0]!, categories("y", ["a", "b"])] }, table)).toEqual({
      why: 'The test rows have fewer than two kinds of "y".',
    });
  });
});
