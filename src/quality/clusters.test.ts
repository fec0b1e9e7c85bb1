import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { random } from "../random/random.ts";
import { findClusters, missedClusters } from "./clusters.ts";

/** Points around centres, each as likely as its weight says. */
function points(centres: readonly (readonly number[])[], rows: number, sigma: number, seed = 1): Matrix {
  const source = random(seed);
  const width = centres[0]!.length;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const centre = centres[source.integer(centres.length)]!;
    for (let j = 0; j < width; j++) values[row * width + j] = centre[j]! + sigma * source.normal();
  }
  return { values, rows, width };
}

const grid = Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)]);
const clustersOf = (rows: Matrix, seed = 3) => finish(findClusters(rows, random(seed)))!;

describe("clusters", () => {
  it("are the twenty-five of a grid, whatever the seed", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const found = clustersOf(points(grid, 2_000, 0.07, seed), seed);
      expect(found.clear).toBe(true);
      expect(found.shares).toHaveLength(25);
      expect(Math.min(...found.shares)).toBeGreaterThan(0.02);
    }
  });

  it("are few where rows gather in few places of many dimensions", () => {
    const source = random(2);
    const centres = Array.from({ length: 6 }, () => Array.from({ length: 20 }, () => 3 * source.normal()));
    expect(clustersOf(points(centres, 1_000, 0.5))).toMatchObject({ clear: true, shares: { length: 6 } });
  });

  it("are regions of a cloud where rows form no groups", () => {
    for (const width of [2, 10])
      expect(clustersOf(points([new Array<number>(width).fill(0)], 1_000, 1))).toMatchObject({
        clear: false,
        shares: { length: 8 },
      });
  });

  it("are not looked for among a handful of rows, nor lost where all rows are equal", () => {
    expect(finish(findClusters(points(grid, 30, 0.1), random(1)))).toBeUndefined();
    const equal = clustersOf({ values: new Float32Array(200), rows: 100, width: 2 });
    expect(
      missedClusters(equal, equal.assign({ values: new Float32Array(80), rows: 40, width: 2 })).clusters,
    ).toEqual([]);
  });
});

describe("missed clusters", () => {
  const found = clustersOf(points(grid, 2_000, 0.07));
  const missed = (rows: Matrix) => missedClusters(found, found.assign(rows));

  it("are none for fresh real rows, however often one looks", () => {
    for (let seed = 10; seed < 210; seed++)
      expect(missed(points(grid, 400, 0.07, seed)).clusters).toEqual([]);
  });

  it("are those that a collapsed model has dropped, and the rows they should have had are counted", () => {
    for (let seed = 10; seed < 30; seed++) {
      const made = missed(points(grid.slice(3), 400, 0.07, seed));
      expect(made.clusters).toHaveLength(3);
      expect(made.found).toBe(0);
      expect(made.expected).toBeGreaterThan(30);
    }
    expect(missed(points([[2, 2]], 400, 0.07)).clusters).toHaveLength(24);
  });

  it("are none for a model whose rows are nowhere near anything yet, or merely blurred", () => {
    expect(missed(points([[40, 40]], 400, 0.07)).clusters).toEqual([]);
    expect(missed(points(grid, 400, 0.3)).clusters).toEqual([]);
  });

  it("are seen in a cloud without groups too", () => {
    const cloud = clustersOf(points([[0, 0, 0]], 2_000, 1));
    const half = points([[0, 0, 0]], 800, 1, 9);
    const right = Float32Array.from(half.values, (x, i) => (i % 3 === 0 ? Math.abs(x) : x));
    expect(missedClusters(cloud, cloud.assign(half)).clusters).toEqual([]);
    expect(missedClusters(cloud, cloud.assign({ ...half, values: right })).clusters.length).toBeGreaterThan(
      0,
    );
  });
});
