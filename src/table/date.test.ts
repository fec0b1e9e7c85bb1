import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateFormat } from "./date.ts";

const patterns: readonly (readonly [pattern: string, precision: number])[] = [
  ["yyyy-MM-dd", 86_400_000],
  ["d.M.yyyy", 86_400_000],
  ["MM/dd/yyyy", 86_400_000],
  ["yyyyMMdd", 86_400_000],
  ["d MMM yyyy", 86_400_000],
  ["MMMM d, yyyy", 86_400_000],
  ["yyyy-MM-dd HH:mm", 60_000],
  ["yyyy-MM-ddTHH:mm:ss", 1000],
  ["yyyy-MM-ddTHH:mm:ss[Z]", 1000],
  ["yyyy-MM-ddTHH:mm:ss[+05:30]", 1000],
  ["yyyy-MM-ddTHH:mm:ssXXX", 1000],
  ["yyyy-MM-dd HH:mm:ss.SSS", 1],
  ["yyyy-MM-dd HH:mm:ss.SSSSSS", 1],
  ["M/d/yyyy h:mm a", 60_000],
  ["dd/MM/yyyy hh:mm:ss aaa", 1000],
];

describe("dateFormat", () => {
  it("reads what it writes, exactly at the pattern's precision", () => {
    const time = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 30) });
    fc.assert(
      fc.property(time, fc.constantFrom(...patterns), (ms, [pattern, precision]) => {
        const format = dateFormat(pattern);
        const text = format.format(ms);
        const again = format.parse(text);
        expect(format.format(again)).toBe(text);
        expect(ms - again).toBeGreaterThanOrEqual(precision === 86_400_000 ? 0 : -1e-3);
        expect(ms - again).toBeLessThan(precision);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps microseconds", () => {
    const format = dateFormat("yyyy-MM-dd HH:mm:ss.SSSSSS");
    for (const text of [
      "2024-02-29 23:59:59.999999",
      "1969-12-31 00:00:00.000001",
      "2024-01-01 12:00:00.123457",
    ]) {
      expect(format.format(format.parse(text))).toBe(text);
    }
  });

  it.each([
    ["yyyy-MM-dd", "1970-01-02", 86_400_000],
    ["yyyy-MM-dd", "1969-12-31", -86_400_000],
    ["yyyy-MM-dd", "0099-01-01", Date.parse("0099-01-01T00:00Z")],
    ["yyyy-MM-ddTHH:mmXXX", "1970-01-01T02:00+02:00", 0],
    ["yyyy-MM-ddTHH:mmXXX", "1970-01-01T00:00-0130", 5_400_000],
    ["yyyy-MM-ddTHH:mm[+02:00]", "1970-01-01T02:00+02:00", 0],
    ["dd.MM.yy", "31.12.68", Date.UTC(2068, 11, 31)],
    ["dd.MM.yy", "01.01.69", Date.UTC(1969, 0, 1)],
    ["h:mm a", "12:05 AM", 300_000],
    ["h:mm a", "12:05 pm", 43_500_000],
    ["d MMM yyyy", "29 feb 2024", Date.UTC(2024, 1, 29)],
  ])("reads %s: %s", (pattern, text, ms) => {
    expect(dateFormat(pattern).parse(text)).toBe(ms);
  });

  it.each([
    ["yyyy-MM-dd", "2023-02-29"],
    ["yyyy-MM-dd", "2023-13-01"],
    ["yyyy-MM-dd", "2023-00-10"],
    ["yyyy-MM-dd", "2023-04-31"],
    ["yyyy-MM-dd", "2023-4-3"],
    ["yyyy-MM-dd", "x2023-04-03"],
    ["HH:mm", "24:00"],
    ["HH:mm", "12:60"],
    ["h:mm a", "13:00 PM"],
    ["d MMM yyyy", "1 Foo 2020"],
    ["yyyy.MM.dd", "2020x01x01"],
  ])("refuses %s: %s", (pattern, text) => {
    expect(dateFormat(pattern).parse(text)).toBeNaN();
  });
});
