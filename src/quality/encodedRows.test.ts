/** Measures of whole encoded rows: alpha-precision, MMD, Wasserstein, overlap in the plane. */
import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { random } from "../random/random.ts";
import { agreement, alphaPrecision } from "./alphaPrecision.ts";
import { mmd } from "./mmd.ts";
import { planeOverlap } from "./overlap.ts";
import { slicedWasserstein } from "./wasserstein.ts";

const cloud = (rows: number, seed: number, at = 0, scale = 1): Matrix => {
  const stream = random(seed);
  return {
    values: Float32Array.from({ length: 3 * rows }, () => at + scale * stream.normal()),
    rows,
    width: 3,
  };
};

describe("alpha-precision", () => {
  const of = (synthetic: Matrix) => {
    const result = finish(alphaPrecision(cloud(600, 1), synthetic));
    if ("why" in result) throw new Error(result.why);
    return result;
  };

  it("is near 1 for fresh rows, with half of them covered and authentic", () => {
    const { precision, recall, authenticity } = of(cloud(600, 2));
    expect(precision).toBeGreaterThan(0.93);
    expect(recall).toBeCloseTo(0.5, 1);
    expect(authenticity).toBeCloseTo(0.5, 1);
  });

  it("falls for rows that are too average and for rows that are too far out", () => {
    expect(of(cloud(600, 2, 0, 0.3)).precision).toBeLessThan(0.3);
    expect(of(cloud(600, 2, 0, 3)).precision).toBeLessThan(0.4);
    expect(of(cloud(600, 2, 0, 0.3)).recall).toBeLessThan(0.35);
  });

  it("finds no copy authentic, and says what it needs", () => {
    const copy = of(cloud(600, 1));
    expect(copy.authenticity).toBe(0);
    expect(copy.recall).toBeGreaterThan(0.98);
    expect(finish(alphaPrecision(cloud(1, 1), cloud(9, 2)))).toEqual({
      why: expect.stringContaining("two rows"),
    });
  });

  it("integrates |α - share up to α|, by hand", () => {
    // All positions 0: the share is 1 for every α of the 30, and Σ |α - 1| = Σ α.
    expect(agreement([0, 0, 0])).toBeCloseTo(0, 12);
    expect(agreement([2])).toBeCloseTo(0, 12);
    expect(agreement(Array.from({ length: 30 }, (_, i) => i / 29))).toBeGreaterThan(0.95);
  });
});

describe("maximum mean discrepancy", () => {
  const of = (synthetic: Matrix): number => {
    const result = finish(mmd(cloud(300, 1), synthetic));
    return "why" in result ? NaN : result.squared;
  };

  it("is what its formula says, by hand", () => {
    const line = (...values: number[]): Matrix => ({
      values: Float32Array.from(values),
      rows: values.length,
      width: 1,
    });
    // Within: one pair each, at 1 and 1; between: 3, 4, 2, 3; σ = 1.
    const k = (d: number): number => Math.exp((-d * d) / 2);
    const between = (2 * k(3) + k(4) + k(2)) / 4;
    expect(finish(mmd(line(0, 1), line(3, 4)))).toEqual({
      squared: expect.closeTo(2 * k(1) - 2 * between, 6),
      bandwidth: 1,
    });
  });

  it("is about 0 for fresh rows and grows with what lies between", () => {
    const all = [of(cloud(300, 2)), of(cloud(300, 2, 0.5)), of(cloud(300, 2, 2))];
    expect(Math.abs(all[0]!)).toBeLessThan(0.01);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all[2]).toBeGreaterThan(0.5);
  });

  it("has no figure where rows are equal or too few", () => {
    const same = { values: new Float32Array(9), rows: 3, width: 3 };
    expect(finish(mmd(same, cloud(5, 1)))).toHaveProperty("why");
    expect(finish(mmd(cloud(1, 1), cloud(5, 1)))).toHaveProperty("why");
  });
});

describe("sliced Wasserstein distance", () => {
  const of = (a: Matrix, b: Matrix): number => {
    const result = finish(slicedWasserstein(a, b, random(1)));
    return "value" in result ? result.value : NaN;
  };

  it("of one column is the distance moved, whatever the numbers of rows", () => {
    const line = (...values: number[]): Matrix => ({
      values: Float32Array.from(values),
      rows: values.length,
      width: 1,
    });
    expect(of(line(0, 1), line(3, 2))).toBeCloseTo(2, 9);
    // A third of 0 stays, a sixth of it and of 3 meet, …: ∫ (F⁻¹ - G⁻¹)² = (1/2 - 1/3) 3² + (2/3 - 1/2) 0 + 0
    expect(of(line(0, 3), line(0, 3, 3))).toBeCloseTo(Math.sqrt(9 / 6), 9);
  });

  it("is near 0 for fresh rows, and a shift's share along a direction", () => {
    expect(of(cloud(900, 1), cloud(900, 2))).toBeLessThan(0.15);
    // Every direction sees a part of a shift of (2, 2, 2): its mean square is 12 / 3.
    expect(of(cloud(900, 1), cloud(900, 2, 2))).toBeCloseTo(2, 0);
  });
});

describe("overlap in the plane", () => {
  const points = (rows: number, seed: number, at = 0): Float32Array => {
    const stream = random(seed);
    return Float32Array.from({ length: 2 * rows }, () => at + stream.normal());
  };
  const of = (a: Float32Array, b: Float32Array): number => {
    const result = planeOverlap(a, b);
    return "value" in result ? result.value : NaN;
  };

  it("is about 0.9 for fresh points, 1 for the same, and gone for points elsewhere", () => {
    expect(of(points(2_000, 1), points(2_000, 2))).toBeGreaterThan(0.87);
    expect(of(points(2_000, 1), points(2_000, 1))).toBeCloseTo(1, 9);
    expect(of(points(2_000, 1), points(2_000, 2, 50))).toBeLessThan(0.1);
    expect(of(points(2_000, 1), new Float32Array(0))).toBeNaN();
  });
});
