import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { selectRows } from "../table/typed.ts";
import type { Table } from "../table/table.ts";
import { baselineProtection, noiseRows } from "./baseline.ts";
import { disclosure } from "./disclosure.ts";
import { nearestRows } from "./distance.ts";
import { numericalInference } from "./inference.ts";
import { membership } from "./membership.ts";
import { distanceRatio, nearness } from "./nearness.ts";
import { newRows } from "./newRows.ts";
import { ringRows } from "./testing/samples.ts";

const train = ringRows(500, 1);
const holdout = ringRows(400, 2);
const fresh = ringRows(500, 3);

describe("nearest rows", () => {
  it("are those that a plain search finds, of numbers, gaps and categories of any number", () => {
    const stream = random(5);
    const table = (rows: number): Table => ({
      rows,
      columns: [
        numbers(
          "n",
          Array.from({ length: rows }, () => (stream.uniform() < 0.2 ? NaN : stream.normal())),
        ),
        ...[3, 4, 2, 9, 5].map(
          (levels, i) =>
          categories(`c${i}`, Array.from({ length: rows }, () => ["", "a", "b", "c", "d", "e", "f", "g", "h"][stream.integer(levels)]!)), // prettier-ignore
        ),
        categories(
          "wide",
          Array.from({ length: rows }, () => `w${stream.integer(400)}`),
        ),
      ],
    });
    const [from, to] = [table(40), table(900)];
    const { rows, distances } = finish(nearestRows(from, to, 3));
    const n = to.columns[0]!;
    if (!("values" in n)) throw new Error("numbers");
    const range = Math.max(...n.values.filter((x) => !Number.isNaN(x))) - Math.min(...n.values.filter((x) => !Number.isNaN(x))); // prettier-ignore
    const apart = (i: number, j: number): number =>
      from.columns.reduce((sum, column, c) => {
        const other = to.columns[c]!;
        if ("values" in column && "values" in other) {
          const [a, b] = [column.values[i]!, other.values[j]!];
          if (Number.isNaN(a) || Number.isNaN(b)) return sum + Number(Number.isNaN(a) !== Number.isNaN(b));
          return sum + Math.min(1, Math.abs(a - b) / range);
        }
        if (!("codes" in column && "codes" in other)) throw new Error("categories");
        return sum + Number(column.levels[column.codes[i]!] !== other.levels[other.codes[j]!]);
      }, 0) / 7;
    for (let i = 0; i < 40; i++) {
      const sorted = Array.from({ length: 900 }, (_, j) => apart(i, j)).toSorted((a, b) => a - b);
      for (let k = 0; k < 3; k++) {
        expect(distances[3 * i + k]).toBeCloseTo(sorted[k]!, 12);
        expect(apart(i, rows[3 * i + k]!)).toBeCloseTo(sorted[k]!, 12);
      }
    }
  });
});

describe("nearness to training rows", () => {
  const of = (synthetic: Table) => {
    const result = finish(nearness(synthetic, train, holdout));
    if ("why" in result) throw new Error(result.why);
    return result;
  };

  it("of fresh rows is that of the holdout", () => {
    const { share, nndr, holdoutNndr, toTrain, holdoutToTrain } = of(fresh);
    expect(Math.abs(share.share - share.neutral)).toBeLessThan(0.06);
    expect(Math.abs(nndr - holdoutNndr)).toBeLessThan(0.06);
    expect(distanceRatio(toTrain, holdoutToTrain)).toBeGreaterThan(0.85);
  });

  it("of a copy is 0, and the closest pairs are the rows and their originals", () => {
    const order = random(4).permutation(500);
    const { nndr, toTrain, holdoutToTrain, closest } = of(selectRows(train, order));
    expect(nndr).toBe(0);
    expect(distanceRatio(toTrain, holdoutToTrain)).toBe(0);
    expect(closest).toHaveLength(20);
    for (const { synthetic, train: original, distance, toHoldout } of closest) {
      expect(original).toBe(order[synthetic]);
      expect(distance).toBe(0);
      expect(toHoldout).toBeGreaterThan(0);
    }
  });
});

describe("membership inference", () => {
  const areaOf = (synthetic: Table): number => {
    const result = finish(membership(synthetic, train, holdout, random(1)));
    return "why" in result ? NaN : result.auc;
  };

  it("learns nothing from fresh rows, everything from a copy, and half from half a copy", () => {
    expect(Math.abs(areaOf(fresh) - 0.5)).toBeLessThan(0.07);
    expect(areaOf(train)).toBeGreaterThan(0.99);
    const half = selectRows(
      train,
      Int32Array.from({ length: 250 }, (_, i) => i),
    );
    expect(areaOf(half)).toBeGreaterThan(0.65);
    expect(areaOf(half)).toBeLessThan(0.85);
  });

  it("says what it needs", () => {
    expect(finish(membership(fresh, train, ringRows(5, 1), random(1)))).toEqual({
      why: expect.stringContaining("20"),
    });
  });
});

describe("disclosure", () => {
  const people = (sex: string[], town: string[], illness: string[]): Table => ({
    rows: sex.length,
    columns: [categories("sex", sex), categories("town", town), categories("illness", illness)],
  });
  const real = people(["f", "f", "m", "m"], ["x", "y", "x", "y"], ["a", "b", "a", "c"]);

  it("counts who is looked up rightly, by hand", () => {
    const synthetic = people(["f", "f", "f", "m"], ["x", "x", "y", "z"], ["a", "b", "b", "c"]);
    const of = (method: "cap" | "zero" | "generalized") =>
      disclosure(real, synthetic, ["sex", "town"], ["illness"], method);
    // f,x → a or b: ½; f,y → b: 1; m,x and m,y: no such key.
    expect(of("cap")).toMatchObject({ protection: 0.25, attacked: 2 });
    expect(of("zero")).toMatchObject({ protection: 1 - 1.5 / 4, attacked: 4 });
    // m,x is one column from f,x (a, b) and from m,z (c): 1/3 a. m,y from f,y (b) and m,z (c): ½ c.
    expect(of("generalized")).toMatchObject({
      protection: expect.closeTo(1 - (1.5 + 1 / 3 + 1 / 2) / 4, 12),
    });
    expect(of("cap")).toMatchObject({
      baseline: expect.closeTo(2 / 3, 12),
      score: expect.closeTo(0.375, 12),
    });
  });

  it("says what it needs", () => {
    expect(disclosure(real, real, [], ["illness"])).toHaveProperty("why");
    expect(disclosure(real, real, ["nowhere"], ["illness"])).toEqual({
      why: 'There is no column "nowhere".',
    });
    expect(disclosure(real, people(["d"], ["d"], ["a"]), ["sex"], ["illness"])).toHaveProperty("why");
  });

  it("reads numbers off a line as well as the line is kept", () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const table = (y: readonly number[]): Table => ({
      rows: 200,
      columns: [numbers("x", x), numbers("y", y)],
    });
    const line = table(x.map((i) => 3 * i));
    const valueOf = (synthetic: Table) => {
      const result = numericalInference(line, synthetic, ["x"], ["y"]);
      return "value" in result ? result.value : NaN;
    };
    expect(valueOf(line)).toBeLessThan(1e-9);
    // One who only knows the median is off by the variance of a uniform rank, less what smoothing takes off it.
    const flat = valueOf(table(x.map((i) => (i % 2 === 0 ? 0 : 597))));
    expect(flat).toBeGreaterThan(0.05);
    expect(flat).toBeLessThan(0.0834);
    expect(numericalInference(line, line, ["x"], ["nowhere"])).toHaveProperty("why");
  });
});

describe("new rows and noise", () => {
  it("match within a hundredth of the synthetic number, and gaps match gaps", () => {
    const real = { rows: 3, columns: [numbers("n", [100, 0, NaN]), categories("c", ["a", "a", "b"])] };
    const made = { rows: 5, columns: [numbers("n", [100.9, 0.001, NaN, NaN, 102]), categories("c", ["a", "a", "b", "a", "a"])] }; // prettier-ignore
    expect(finish(newRows(real, made))).toEqual({ value: 3 / 5 });
    expect(finish(newRows(real, { ...made, rows: 0 }))).toHaveProperty("why");
  });

  it("noise keeps ranges, categories and shares of gaps, and lies far off", () => {
    const noise = noiseRows(train, 2_000, random(1));
    const [x, , group, bonus] = noise.columns;
    if (!("values" in x!) || !("codes" in group!) || !("values" in bonus!)) throw new Error("columns");
    const real = train.columns[0]!;
    if (!("values" in real)) throw new Error("numbers");
    expect(Math.min(...x.values)).toBeGreaterThanOrEqual(Math.min(...real.values));
    expect(Math.max(...x.values)).toBeLessThanOrEqual(Math.max(...real.values));
    expect(new Set(group.codes).size).toBe(2);
    expect(bonus.values.filter(Number.isNaN).length / 2_000).toBeCloseTo(0.5, 1);
    const of = (synthetic: Table) => finish(baselineProtection(train, synthetic, random(2)));
    expect(of(train)).toMatchObject({ score: 0 });
    const scored = of(fresh);
    expect("score" in scored && scored.score).toBeLessThan(0.5);
    const empty = { ...train, rows: 0 };
    expect(finish(baselineProtection(empty, fresh, random(1)))).toHaveProperty("why");
  });
});
