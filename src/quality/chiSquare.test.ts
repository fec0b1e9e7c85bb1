/** The chi-square tests, association and correlation, against what scipy says. */
import { describe, expect, it } from "vitest";
import { categories, numbers } from "../table/testing/columns.ts";
import { cramersV } from "./association.ts";
import { csTest, homogeneity } from "./chiSquare.ts";
import { correlation, rankCorrelation, ranks } from "./correlation.ts";
import { upperGamma } from "./gamma.ts";

const SURVIVAL = [
  [0.1, 1, 0.7518296340458492],
  [3.84, 1, 0.05004352124870519],
  [50, 1, 1.537459794428033e-12],
  [1, 5, 0.9625657732472964],
  [12, 5, 0.03478778050624185],
  [200, 5, 2.8406228986415534e-41],
  [30, 60, 0.9995815503316723],
  [90, 60, 0.007337199297796568],
  [400, 60, 9.818469937150823e-52],
] as const;
const HOMOGENEITY = 1.4525732463293569e-56;

const repeat = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([name, count]) => new Array<string>(count).fill(name));

describe("the gamma distribution's upper tail", () => {
  it("is scipy.stats.chi2.sf", () => {
    // chi2.sf(x, degrees) = Q(degrees / 2, x / 2), scipy 1.17.1.
    for (const [x, degrees, p] of SURVIVAL)
      expect(upperGamma(degrees / 2, x / 2) / p, `${x}, ${degrees}`).toBeCloseTo(1, 9);
    expect(upperGamma(3, 0)).toBe(1);
  });
});

describe("chi-square", () => {
  const before = categories("c", repeat({ a: 500, b: 300, c: 200 }));
  const after = categories("c", repeat({ a: 200, b: 300, c: 500 }));

  it("of relative frequencies believes almost anything, and of counts does not", () => {
    expect(csTest(before, after)).toEqual({ value: expect.closeTo(Math.exp(-0.315), 12) });
    const proper = homogeneity(before, after);
    expect(proper).toMatchObject({ degrees: 2, chi: expect.closeTo(257.142857, 5) });
    // scipy.stats.chi2_contingency([[500, 300, 200], [200, 300, 500]]).pvalue
    expect("p" in proper && proper.p / HOMOGENEITY).toBeCloseTo(1, 6);
    expect(proper).toMatchObject({ cramersV: expect.closeTo(Math.sqrt(257.142857 / 2_000), 8) });
  });

  it("says 1 where there is one category or no difference, and why where there is no row", () => {
    const one = categories("c", repeat({ a: 9 }));
    expect(homogeneity(one, one)).toEqual({ chi: 0, degrees: 0, p: 1, cramersV: 0 });
    expect(homogeneity(before, before)).toMatchObject({ chi: 0, p: 1 });
    expect(homogeneity(one, categories("c", []))).toHaveProperty("why");
    expect(csTest(one, categories("c", []))).toHaveProperty("why");
  });
});

describe("association and correlation", () => {
  it("are 1 for what follows and not defined for what does not vary", () => {
    const a = Int32Array.of(0, 0, 1, 1, 2, 2);
    expect(cramersV(a, a)).toBeCloseTo(1, 12);
    expect(cramersV(a, Int32Array.of(0, 1, 0, 1, 0, 1))).toBeCloseTo(0, 12);
    expect(cramersV(a, new Int32Array(6))).toBeNaN();
  });

  it("by ranks sees any rising curve as a line, and shares the ranks of equal values", () => {
    const x = Float64Array.from({ length: 20 }, (_, i) => i);
    expect(rankCorrelation(x, x.map(Math.exp))).toBeCloseTo(1, 12);
    expect(correlation(x, x.map(Math.exp))).toBeLessThan(0.7);
    expect(Array.from(ranks(Float64Array.of(5, 1, 5, 9)))).toEqual([2.5, 1, 2.5, 4]);
    const { values } = numbers("n", [1, NaN, 3]);
    expect(rankCorrelation(values, Float64Array.of(2, 5, NaN))).toBeNaN();
  });
});
