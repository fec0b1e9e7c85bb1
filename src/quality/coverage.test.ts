import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { random } from "../random/random.ts";
import { coverage } from "./coverage.ts";

const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  width: rows[0]?.length ?? 0,
});
const cloud = (rows: number, seed: number, at = 0): Matrix => {
  const stream = random(seed);
  return matrix(Array.from({ length: rows }, () => [at + stream.normal(), stream.normal(), stream.normal()]));
};
const resultOf = (real: Matrix, synthetic: Matrix, k?: number) => {
  const result = finish(coverage(real, synthetic, undefined, k));
  if ("why" in result) throw new Error(result.why);
  return result;
};

describe("coverage", () => {
  it("counts balls: rows on a line, k = 1", () => {
    // Balls of the real rows reach 1, 1, 8; those of the synthetic rows 2 and 2.
    const real = matrix([[0], [1], [9]]);
    const synthetic = matrix([[0.5], [2.5]]);
    expect(resultOf(real, synthetic, 1)).toEqual({
      precision: 1, // 2.5 lies within 8 of 9
      recall: 2 / 3,
      density: 3 / 2,
      coverage: 1,
    });
  });

  it("is what theory says for fresh rows of the same kind", () => {
    const { precision, recall, density, coverage: covered } = resultOf(cloud(700, 1), cloud(700, 2));
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.9);
    expect(density).toBeCloseTo(1, 0);
    expect(covered).toBeCloseTo(1 - 2 ** -5, 1);
  });

  it("falls where one half is never made: recall and coverage, not precision", () => {
    const stream = random(3);
    const halves = matrix(
      Array.from({ length: 600 }, (_, i) => [(i % 2) * 100 + stream.normal(), stream.normal()]),
    );
    const half = matrix(Array.from({ length: 600 }, () => [stream.normal(), stream.normal()]));
    const { precision, recall, coverage: covered } = resultOf(halves, half);
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeLessThan(0.55);
    expect(covered).toBeLessThan(0.55);
  });

  it("agrees with a plain computation in double precision, wide rows and ties included", () => {
    const cell = fc.integer({ min: 0, max: 3 });
    const side = fc.array(fc.array(cell, { minLength: 20, maxLength: 20 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(side, side, (a, b) => {
        const distance = (x: readonly number[], y: readonly number[]): number =>
          x.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0);
        const reach = (rows: readonly (readonly number[])[], i: number): number =>
          rows.flatMap((row, j) => (i === j ? [] : [distance(rows[i]!, row)])).toSorted((p, q) => p - q)[1]!;
        const inReal = b.map((y) => a.filter((x, i) => distance(x, y) <= reach(a, i)).length);
        expect(resultOf(matrix(a), matrix(b), 2)).toEqual({
          precision: inReal.filter((balls) => balls > 0).length / b.length,
          recall: a.filter((x) => b.some((y, j) => distance(x, y) <= reach(b, j))).length / a.length,
          density: inReal.reduce((sum, balls) => sum + balls, 0) / (2 * b.length),
          coverage: a.filter((x, i) => b.some((y) => distance(x, y) <= reach(a, i))).length / a.length,
        });
      }),
      { numRuns: 60 },
    );
  });

  it("says what it needs", () => {
    expect(finish(coverage(cloud(5, 1), cloud(50, 2)))).toEqual({
      why: expect.stringContaining("more than 5 rows"),
    });
    expect(() => finish(coverage(cloud(9, 1), matrix([[1]])))).toThrow("Rows of 3 and of 1 numbers");
  });
});
