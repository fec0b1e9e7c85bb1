import { describe, expect, it } from "vitest";
import type { Span } from "../encode/span.ts";
import { tensorRandom } from "../engine/noise.ts";
import { random } from "../random/random.ts";
import { conditions, countCategories } from "./categories.ts";

const spans: readonly Span[] = [
  { kind: "category", start: 0, width: 3, column: 0, label: "kind" },
  { kind: "numeric", start: 3, width: 1, column: 1, label: "size" },
  { kind: "category", start: 4, width: 2, column: 2, label: "flag" },
];
/** 1,000 rows: 900 of the first kind, 90 of the second, 10 of the third; size says which row it is. */
const rows = {
  values: new Float32Array(1_000 * 6),
  rows: 1_000,
  width: 6,
};
for (let i = 0; i < 1_000; i++) {
  rows.values[i * 6 + (i < 900 ? 0 : i < 990 ? 1 : 2)] = 1;
  rows.values[i * 6 + 3] = i;
  rows.values[i * 6 + 4 + (i % 2)] = 1;
}
const open = (): ReturnType<typeof conditions> => conditions(spans, 6, countCategories(spans, rows));

describe("what a conditional generator is told", () => {
  it("in training is a category of the row beside it, a rare one by the logarithm of its frequency", () => {
    const learned = open().learned(rows, tensorRandom(random(4)));
    expect(learned).toMatchObject({ rows: 2_000, width: 12 });
    const told = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < learned.rows; i++) {
      const at = i * 12;
      const row = learned.values[at + 3]!;
      expect(learned.values.subarray(at, at + 6)).toEqual(rows.values.subarray(row * 6, row * 6 + 6));
      const own = [0, 1, 2, 3, 4, 5].filter((k) => learned.values[at + 6 + k] === 1);
      expect(own).toHaveLength(1);
      expect(learned.values[at + own[0]!]).toBe(1);
      told[own[0]!]!++;
    }
    const weights = [900, 90, 10].map(Math.log1p);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, k) => expect(told[k]! / 1_000).toBeCloseTo(weight / total, 1));
    expect(told[4]! + told[5]!).toBe(1_000);
  });

  it("in sampling is each category as often as it occurs", () => {
    const told = open().byFrequency(4_000, tensorRandom(random(5)));
    const count = (k: number): number => told.filter((value, i) => i % 6 === k && value === 1).length;
    expect(count(0) / (count(0) + count(1) + count(2))).toBeCloseTo(0.9, 1);
    expect(count(2)).toBeGreaterThan(0);
    expect(count(0) + count(1) + count(2) + count(4) + count(5)).toBe(4_000);
  });

  it("of rows that are given is one of what is known", () => {
    const known = Uint8Array.from({ length: 300 }, (_, i) => (i < 150 && i % 3 === 0 ? 1 : 0));
    const given = { values: rows.values.slice(900 * 6), rows: 100, width: 6 };
    const { told, mask } = open().byGiven(given, known, 3, tensorRandom(random(5)));
    for (let i = 0; i < 100; i++) {
      const mine = told.subarray(i * 6, i * 6 + 6);
      expect(mine.reduce((sum, value) => sum + value, 0)).toBe(1);
      expect([...mask.subarray(i * 6, i * 6 + 6)]).toEqual(i < 50 ? [1, 1, 1, 0, 0, 0] : [0, 0, 0, 0, 0, 0]);
      if (i < 50) expect(mine.indexOf(1)).toBe(1);
    }
  });

  it("is nothing where no column holds categories", () => {
    const plain = conditions([spans[1]!], 1, []);
    const two = { values: Float32Array.from([1, 2]), rows: 2, width: 1 };
    expect([...plain.learned(two, tensorRandom(random(1))).values]).toEqual([1, 0, 2, 0]);
    expect([...plain.byFrequency(2, tensorRandom(random(1)))]).toEqual([0, 0]);
  });
});
