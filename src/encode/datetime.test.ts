import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundDate, unitOf } from "./datetime.ts";

const at = (text: string): number => Date.parse(`${text}Z`);

describe("the unit of a column of dates", () => {
  it.each([
    ["year", ["2020-01-01T00:00", "1999-01-01T00:00"]],
    ["month", ["2020-01-01T00:00", "1999-03-01T00:00"]],
    ["day", ["2020-01-01T00:00", "1999-03-02T00:00"]],
    ["hour", ["2020-01-01T00:00", "1999-03-02T05:00"]],
    ["minute", ["2020-01-01T00:07", "1999-03-02T05:00"]],
    ["second", ["2020-01-01T00:07:01", "1999-03-02T05:00"]],
    ["millisecond", ["2020-01-01T00:07:01.001"]],
  ] as const)("is the %s where all values lie on its grid", (unit, texts) => {
    expect(unitOf(texts.map(at))).toBe(unit);
  });
});

describe("rounding", () => {
  it("goes to the nearest first day of a month or year", () => {
    expect(roundDate(at("2024-02-20T00:00"), "month")).toBe(at("2024-03-01T00:00"));
    expect(roundDate(at("2024-02-10T00:00"), "month")).toBe(at("2024-02-01T00:00"));
    expect(roundDate(at("2023-12-31T23:59"), "year")).toBe(at("2024-01-01T00:00"));
    expect(roundDate(at("0050-05-05T00:00"), "year")).toBe(at("0050-01-01T00:00"));
  });

  it("lands on the grid, no further than half a unit away, and stays there", () => {
    const moment = fc.integer({ min: -6e13, max: 2e14 });
    const units = [
      ["day", 86_400_000],
      ["hour", 3_600_000],
      ["minute", 60_000],
      ["second", 1000],
      ["month", 31 * 86_400_000],
      ["year", 366 * 86_400_000],
    ] as const;
    fc.assert(
      fc.property(moment, fc.constantFrom(...units), (value, [unit, length]) => {
        const rounded = roundDate(value, unit);
        expect(roundDate(rounded, unit)).toBe(rounded);
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(length / 2);
      }),
    );
  });

  it("leaves moments beyond the calendar alone", () => {
    expect(roundDate(8.64e15, "month")).toBe(8.64e15);
    expect(roundDate(Infinity, "year")).toBe(Infinity);
  });
});
