import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateTicks, numberTicks, position, ticks } from "./ticks.ts";

const labels = (found: readonly { label: string }[]) => found.map((tick) => tick.label);

describe("ticks", () => {
  it("picks round numbers", () => {
    expect(labels(numberTicks(-2.3, 2.3, 5))).toEqual(["−2", "−1", "0", "1", "2"]);
    expect(labels(numberTicks(0, 0.06, 3))).toEqual(["0", "0.02", "0.04", "0.06"]);
    expect(labels(numberTicks(0, 90_000, 2))).toEqual(["0", "50,000"]);
  });

  it("stays inside the range, in order, distinct, and near the wanted number", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, width, wanted) => {
          const high = low + width;
          fc.pre(width > Math.abs(low) * 1e-6);
          const found = numberTicks(low, high, wanted);
          expect(found.length).toBeLessThanOrEqual(1.6 * wanted + 1);
          expect(new Set(labels(found)).size).toBe(found.length);
          for (const tick of found) {
            expect(tick.at).toBeGreaterThanOrEqual(low - width * 1e-6);
            expect(tick.at).toBeLessThanOrEqual(high + width * 1e-6);
          }
        },
      ),
    );
  });

  it("writes dates at the resolution of the axis", () => {
    const at = (text: string) => Date.parse(text);
    expect(labels(dateTicks(at("2010-03-01"), at("2020-02-01"), 5))).toEqual([
      "2012",
      "2014",
      "2016",
      "2018",
      "2020",
    ]);
    expect(labels(dateTicks(at("2021-01-15"), at("2021-06-15"), 5))).toContain("2021-03");
    expect(labels(dateTicks(at("2021-01-01"), at("2021-01-09"), 4))).toContain("2021-01-03");
    expect(labels(dateTicks(at("2021-01-01T08:00Z"), at("2021-01-01T10:00Z"), 4))).toContain("09:00");
  });

  it("thins crowded categories and knows their names", () => {
    const axis = {
      label: "",
      range: [-0.5, 39.5] as const,
      categories: Array.from({ length: 40 }, (_, i) => `c${i}`),
    };
    expect(ticks(axis, 5).length).toBeLessThanOrEqual(10);
    expect(position(axis, 2.3)).toBe("c2");
  });

  it("has nothing to say about a range without width", () => {
    expect(ticks({ label: "", range: [3, 3] }, 5)).toEqual([]);
    expect(ticks({ label: "", range: [NaN, 1] }, 5)).toEqual([]);
  });
});
