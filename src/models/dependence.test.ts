import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { apart, dependences } from "./dependence.ts";

/** Columns a, a copy of it, b, and b's opposite: two of four kinds each, then two of two. */
function table(rows: number): {
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
} {
  const source = random(3);
  const values = new Float32Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [source.integer(4), source.integer(2)];
    values.set([a, a, b, 1 - b], row * 4);
  }
  return { values, rows, width: 4 };
}

describe("dependences", () => {
  it("are a column's entropy where two are alike, and none where they are apart", () => {
    const [ba, ca, cb, da, db, dc] = dependences(table(2_000), [4, 4, 2, 2]);
    expect(ba).toBeCloseTo(Math.log(4), 2);
    expect(dc).toBeCloseTo(Math.log(2), 2);
    for (const none of [ca, cb, da, db]) expect(none).toBeLessThan(0.005);
  });
});

describe("columns that are drawn at once", () => {
  const between = dependences(table(2_000), [4, 4, 2, 2]);

  it("are those that tell nothing of each other", () => {
    for (const pair of apart([0, 1, 2, 3], 2, between)) {
      expect(pair).toHaveLength(2);
      expect(pair.filter((column) => column < 2)).toHaveLength(1);
    }
  });

  it("are each column once, in as many groups as were asked for or as there are columns", () => {
    for (const [columns, groups] of [
      [[0, 1, 3], 2],
      [[2], 3],
      [[], 2],
      [[0, 1, 2, 3], 1],
    ] as const) {
      const made = apart(columns, groups, between);
      expect(made.flat().toSorted((a, b) => a - b)).toEqual([...columns]);
      expect(made).toHaveLength(Math.min(groups, columns.length));
      const sizes = made.map(({ length }) => length);
      expect(Math.max(0, ...sizes) - Math.min(...sizes, Infinity)).toBeLessThanOrEqual(1);
    }
  });
});
