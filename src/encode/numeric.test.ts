import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { normalQuantile } from "./normal.ts";
import { fitScale, openScale } from "./numeric.ts";

const scaleOf = (
  values: readonly number[],
  kind: "quantile" | "minmax" | "standard" | "none",
  references = 10_000,
) => openScale(fitScale(Float64Array.from(values).sort(), kind, references));

describe("the normal quantile", () => {
  // Values of scipy.stats.norm.ppf as printed in tables of the normal distribution.
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.9, 1.2815515655446004],
    [0.999, 3.090232306167813],
    [1e-7, -5.199337582187471],
    [1e-15, -7.941345326170998],
  ])("of %d is %d", (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 9));

  it("rises with p and is odd about one half", () => {
    const p = fc.double({ min: 1e-9, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(p, p, (a, b) => {
        if (a < b) expect(normalQuantile(a)).toBeLessThanOrEqual(normalQuantile(b));
        expect(normalQuantile(1 - a) + normalQuantile(a)).toBeCloseTo(0, 6);
      }),
    );
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe("the quantile scale", () => {
  it("puts value i of n at the normal's (i + 1/2) / n, and equal ones at their middle", () => {
    const scale = scaleOf([1, 2, 2, 2, 9], "quantile");
    const at = (p: number): number => Math.fround(normalQuantile(p));
    expect([1, 2, 9].map((value) => scale.code(value, undefined))).toEqual([at(0.1), 0, at(0.9)]);
    // A repeated value owns its stretch; a draw stays within it.
    const stream = random(1);
    const codes = Array.from({ length: 200 }, () => scale.code(2, stream));
    expect(Math.min(...codes)).toBeGreaterThanOrEqual(at(0.3));
    expect(Math.max(...codes)).toBeLessThanOrEqual(at(0.7));
    expect(codes.every((code) => scale.value(code) === 2)).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(100);
  });

  it("is monotone and bounded, both ways, also from a thinned reference", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 80 }),
        value,
        value,
        fc.integer({ min: 2, max: 100 }),
        (values, a, b, references) => {
          const scale = scaleOf(values, "quantile", references);
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(scale.code(low, undefined)).toBeLessThanOrEqual(scale.code(high, undefined));
          expect(scale.value(low / 1e5)).toBeLessThanOrEqual(scale.value(high / 1e5));
          expect(scale.value(-99)).toBe(Math.min(...values));
          expect(scale.value(99)).toBe(Math.max(...values));
        },
      ),
      // Numbers so small that halves of them are rounded to whole multiples of the smallest there is.
      { examples: [[[2e-323, 2e-323, 2e-323, 1.5e-323, 0, 0], 1.3877787807814459e-12, 0, 5]] },
    );
  });
});

describe("the linear scales", () => {
  it("map [min, max] onto [-1, 1], clip beyond, and survive the widest range", () => {
    const scale = scaleOf([2, 4, 10], "minmax");
    expect([2, 4, 6, 10, 99, -99].map((value) => scale.code(value, undefined))).toEqual([
      -1, -0.5, 0, 1, 1, -1,
    ]);
    expect([scale.value(-1), scale.value(0), scale.value(7)]).toEqual([2, 6, 10]);
    const wide = scaleOf([-1.7e308, 1.7e308], "minmax");
    expect([-1.7e308, 0, 1.7e308].map((value) => wide.code(value, undefined))).toEqual([-1, 0, 1]);
    expect(wide.value(0)).toBe(0);
  });

  it("standardise, in range at any magnitude", () => {
    const scale = scaleOf([1, 2, 3, 4], "standard");
    expect(scale.code(2.5, undefined)).toBe(0);
    expect(scale.code(4, undefined)).toBeCloseTo(1.5 / Math.sqrt(1.25), 6);
    const huge = scaleOf([1e308, -1e308], "standard");
    expect([huge.code(1e308, undefined), huge.value(1)]).toEqual([1, 1e308]);
    expect(scaleOf([5, 5], "standard").code(5, undefined)).toBe(0);
  });

  it("leave numbers alone but for what a float32 can hold", () => {
    const scale = scaleOf([1, 2], "none");
    expect([scale.code(1.5, undefined), scale.value(1.5)]).toEqual([1.5, 1.5]);
    expect(Number.isFinite(scale.code(1e300, undefined))).toBe(true);
  });

  it.each(["quantile", "minmax", "standard", "none"] as const)(
    "read NaN as a value in range (%s)",
    (kind) => {
      const value = scaleOf([1, 2, 6], kind).value(NaN);
      expect(value >= 1 && value <= 6).toBe(true);
    },
  );
});
