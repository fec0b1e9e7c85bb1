import { describe, expect, it } from "vitest";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { plainNumber } from "../../table/number.ts";
import { slotsOf } from "./slots.ts";

/** A column as far as a slider looks at it. */
const column = (edges: readonly number[], spelling?: ColumnSummary["spelling"]): ColumnSummary =>
  ({
    histogram: { kind: "numeric", edges, counts: edges.slice(1).map(() => 1) },
    spelling,
  }) as Partial<ColumnSummary> as ColumnSummary;

describe("places on a range slider", () => {
  it("are the whole numbers themselves where those are few", () => {
    const slots = slotsOf(column([-0.5, 4.5, 9.5], { type: "number", format: plainNumber }))!;
    expect(slots.most).toBe(9);
    expect([0, 4, 9].map(slots.textAt)).toEqual(["0", "4", "9"]);
    expect(["0", "4", "12", "-3", "x", ""].map(slots.placeOf)).toEqual([0, 4, 9, 0, undefined, undefined]);
  });

  it("are written as the column writes its numbers and dates, and read back", () => {
    const euro = { ...plainNumber, decimals: 2, minDecimals: 2, decimalMark: ",", prefix: "€ " } as const;
    const slots = slotsOf(column([0, 10], { type: "number", format: euro }))!;
    expect(slots.textAt(50)).toBe("€ 2,50");
    expect(slots.placeOf("€ 2,50")).toBe(50);
    expect(slots.placeOf("2.5")).toBe(50);
    const day = 86_400_000;
    const dates = slotsOf(column([0, 100 * day], { type: "datetime", pattern: "yyyy-MM-dd" }))!;
    expect(dates.textAt(100)).toBe("1970-02-20");
    expect(dates.placeOf("1970-02-20")).toBe(100);
  });

  it("are not there for categories and for a single value", () => {
    expect(slotsOf(column([0, 1]))).toBeUndefined();
    expect(slotsOf(column([6.5, 7.5], { type: "number", format: plainNumber }))).toBeUndefined();
  });
});
