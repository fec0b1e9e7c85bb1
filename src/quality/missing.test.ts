import { describe, expect, it } from "vitest";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { missingSimilarity } from "./missing.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

const valueOf = (measured: { value: number } | { why: string }): number =>
  "value" in measured ? measured.value : NaN;

describe("missing cells", () => {
  it("of fresh rows come as often and with the same values; sprinkled ones only as often", () => {
    const real = ringRows(2_000, 1);
    const fresh = missingSimilarity(real, ringRows(2_000, 2));
    expect(valueOf(fresh.dependence)).toBeGreaterThan(0.95);
    expect(valueOf(fresh.worst)).toBeLessThanOrEqual(valueOf(fresh.dependence));
    const sprinkled = missingSimilarity(real, shuffledColumns(real, 3));
    expect(sprinkled.rates).toEqual([1, 1, 1, 1]);
    expect(valueOf(sprinkled.pattern)).toBe(1);
    expect(valueOf(sprinkled.dependence)).toBeLessThan(0.8);
    expect(valueOf(sprinkled.worst)).toBeLessThan(valueOf(sprinkled.dependence));
  });

  it("are compared by whole patterns too", () => {
    const table = (a: readonly number[], b: readonly string[]): Table => ({
      columns: [numbers("a", a), categories("b", b)],
      rows: 4,
    });
    const together = table([NaN, NaN, 1, 2], ["", "", "x", "x"]);
    const apart = table([NaN, NaN, 1, 2], ["x", "x", "", ""]);
    expect(missingSimilarity(together, apart)).toMatchObject({ rates: [1, 1], pattern: { value: 0 } });
  });

  it("say so where none is", () => {
    const whole = { columns: [numbers("a", [1, 2])], rows: 2 };
    expect(missingSimilarity(whole, whole)).toEqual({
      rates: [1],
      pattern: { value: 1 },
      dependence: { why: "No cell is missing." },
      worst: { why: "No cell is missing." },
    });
  });
});
