import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "./random.ts";

describe("random", () => {
  it("repeats itself for the same seed and differs for neighbours", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, random(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("keeps forks apart from their parent and from one another", () => {
    const parent = random(1);
    const before = parent.fork("noise").uniform();
    parent.uniform();
    expect(parent.fork("noise").uniform()).toBe(before); // drawing from the parent moves no child
    expect(parent.fork("noise").uniform()).not.toBe(parent.fork("split").uniform());
  });

  it("draws uniforms within [0, 1) that fill twenty bins evenly", () => {
    const source = random(3);
    const bins = new Array<number>(20).fill(0);
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const value = source.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 20)]! += 1;
    }
    const expected = n / 20;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(43.8); // 99.9th percentile of chi-square with 19 degrees of freedom
  });

  it("draws normals with the right first four moments", () => {
    const source = random(11);
    const n = 50_000;
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const value = source.normal();
      for (let power = 0; power < 4; power++) moments[power]! += value ** (power + 1) / n;
    }
    const [mean, square, cube, fourth] = moments as [number, number, number, number];
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(square - 1)).toBeLessThan(0.03);
    expect(Math.abs(cube)).toBeLessThan(0.06);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.15);
  });

  it("permutes: every index once", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), (seed, n) => {
        const sorted = [...random(seed).permutation(n)].sort((a, b) => a - b);
        expect(sorted).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it("picks in proportion to weights and never where the weight is zero", () => {
    const source = random(5);
    const counts = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) counts[source.pick([1, 0, 3])]! += 1;
    expect(counts[1]).toBe(0);
    expect(counts[2]! / 10_000).toBeCloseTo(0.75, 1);
  });
});
