import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimate, smooth } from "./series.ts";

describe("smooth", () => {
  it("leaves a constant alone, also at the start", () => {
    for (const value of smooth([2, 2, 2, 2], 0.9)) expect(value).toBeCloseTo(2, 12);
  });
  it("does nothing at weight 0 and keeps gaps", () => {
    expect(smooth([1, 5, 3], 0)).toEqual([1, 5, 3]);
    expect(smooth([1, NaN, 1], 0.5)).toEqual([1, NaN, 1]);
  });
  it("stays within what it averages", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (values, weight) => {
          for (const value of smooth(values, weight)) {
            expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
            expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          }
        },
      ),
    );
  });
});

describe("decimate", () => {
  it("keeps short series whole", () =>
    expect(decimate([1, 2], [3, 4], 10)).toEqual({ x: [1, 2], y: [3, 4] }));

  it("never exceeds the limit, keeps the ends, the extremes and the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 400 }),
        fc.integer({ min: 8, max: 60 }),
        (y, limit) => {
          const x = y.map((_, i) => i);
          const kept = decimate(x, y, limit);
          expect(kept.x.length).toBeLessThanOrEqual(Math.max(limit, 8));
          expect(kept.x[0]).toBe(0);
          expect(kept.x.at(-1)).toBe(y.length - 1);
          expect(Math.max(...kept.y)).toBe(Math.max(...y));
          expect(Math.min(...kept.y)).toBe(Math.min(...y));
          for (let i = 1; i < kept.x.length; i++) expect(kept.x[i]!).toBeGreaterThan(kept.x[i - 1]!);
        },
      ),
    );
  });
});
