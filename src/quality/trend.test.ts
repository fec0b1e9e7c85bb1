import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";
import { trend } from "./trend.ts";

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("trend", () => {
  it("sees what shuffling columns one by one has broken, and nothing in fresh rows", () => {
    const real = ringRows(2_000, 1);
    const errorOf = (synthetic: typeof real): number => {
      const { error } = finish(trend(real, synthetic));
      return "value" in error ? error.value : NaN;
    };
    expect(errorOf(real)).toBe(0);
    expect(errorOf(ringRows(2_000, 2))).toBeLessThan(0.06);
    expect(errorOf(shuffledColumns(real, 3))).toBeGreaterThan(0.15);
  });

  it("compares numbers by half the difference of their correlations", () => {
    const table = (y: readonly number[]) => ({
      columns: [numbers("x", range(10)), numbers("y", y)],
      rows: 10,
    });
    const opposite = finish(trend(table(range(10)), table(range(10).toReversed())));
    expect(opposite.pairs[0]).toEqual({
      columns: [0, 1],
      measure: "correlation",
      error: { value: expect.closeTo(1, 12) },
    });
    const gaps = finish(trend(table(range(10)), table(range(10).map((i) => (i < 5 ? NaN : i)))));
    expect(gaps.error).toEqual({ value: expect.closeTo(0, 12) });
  });

  it("keeps the real bins however far out a synthetic value lies", () => {
    const real = {
      columns: [
        numbers("x", range(100)),
        categories(
          "c",
          range(100).map((i) => `c${i % 2}`),
        ),
      ],
      rows: 100,
    };
    const outlier = {
      columns: [
        numbers(
          "x",
          range(100).map((i) => (i === 99 ? 1e9 : i)),
        ),
        real.columns[1]!,
      ],
      rows: 100,
    };
    expect(finish(trend(real, outlier)).error).toEqual({ value: 0 });
  });

  it("counts pairs of many categories as it counts those of few", () => {
    const wide = (shift: number) => ({
      columns: [
        categories(
          "a",
          range(3_000).map((i) => `a${i % 1_500}`),
        ),
        categories(
          "b",
          range(3_000).map((i) => `b${(i + shift * (i >> 11)) % 1_500}`),
        ),
      ],
      rows: 3_000,
    });
    expect(finish(trend(wide(0), wide(0))).error).toEqual({ value: 0 });
    // 952 of 3,000 rows have left a cell that still holds a row, for one that held none.
    expect(finish(trend(wide(0), wide(1))).error).toEqual({ value: expect.closeTo(952 / 3_000, 12) });
  });

  it("says why a pair can't be compared", () => {
    const real = { columns: [numbers("x", [1, 2, 3]), numbers("y", [3, 1, 2])], rows: 3 };
    const flat = { columns: [numbers("x", [1, 2, 3]), numbers("y", [0.1, 0.1, 0.1])], rows: 3 };
    expect(finish(trend(real, flat)).pairs[0]!.error).toEqual({
      why: expect.stringContaining("synthetic table"),
    });
    expect(finish(trend(flat, real)).pairs[0]!.error).toEqual({ why: expect.stringContaining("real table") });
    const other = { columns: [numbers("x", [1]), categories("y", ["1"])], rows: 1 };
    expect(() => finish(trend(real, other))).toThrow('Column "y" is number in the real table and category');
  });
});
