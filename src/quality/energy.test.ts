import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { energyTo } from "./energy.ts";

const matrix = (values: readonly number[], width: number) => ({
  values: Float32Array.from(values),
  rows: values.length / width,
  width,
});
const cloud = (n: number, mean: number, seed: number) => {
  const source = random(seed);
  return matrix(
    Array.from({ length: 2 * n }, () => mean + source.normal()),
    2,
  );
};

describe("energy distance", () => {
  it("is what its formula says, by hand", () => {
    // Points 0 and 2 against 1 and 5: between (1 + 5 + 1 + 3)/4 = 2.5, within 2 and 4: (5 − 2 − 4)/5.
    expect(energyTo(matrix([0, 2], 1)).distance(matrix([1, 5], 1))).toBeCloseTo(-0.2, 12);
    // Far apart: 1 minus what is within by what is between: between 100, within 1 and 1.
    expect(energyTo(matrix([0, 1], 1)).distance(matrix([100, 101], 1))).toBeCloseTo(0.99, 12);
  });

  it("is about 0 for two samples of one distribution and grows with what lies between others", () => {
    const reference = energyTo(cloud(400, 0, 1));
    const distances = [0, 0.3, 1, 3].map((mean) => reference.distance(cloud(400, mean, 2)));
    expect(Math.abs(distances[0]!)).toBeLessThan(0.01);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(distances[3]!).toBeGreaterThan(0.3);
  });

  it("is defined where all rows are one, and no number where there is none", () => {
    expect(energyTo(matrix([1, 1, 1], 1)).distance(matrix([1, 1], 1))).toBe(0);
    expect(energyTo(matrix([1, 1, 1], 1)).distance(matrix([], 1))).toBeNaN();
  });
});
