import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { fitBoostingValues } from "./boosting.ts";
import { fitForestValues, fitTreeValues } from "./forest.ts";
import { fitLinear } from "./linear.ts";
import { fitMlpValues } from "./mlp.ts";
import type { FitValues } from "./regressor.ts";
import { r2, rmse } from "./scores.ts";
import golden from "./testing/goldenValues.json" with { type: "json" };
import { goldenTable } from "./testing/golden.ts";
import { finish } from "./work.ts";

const train = goldenTable(golden.train);
const test = goldenTable(golden.test);
const values = Float64Array.from(golden.values);
const truth = Float64Array.from(golden.truth);
const worst = (ours: Float64Array, theirs: readonly number[]): number =>
  theirs.reduce((most, value, row) => Math.max(most, Math.abs(value - ours[row]!)), 0);

describe("linear regression", () => {
  it("equals scikit-learn's, categories and filled gaps included", () => {
    const predicted = finish(fitLinear(train, values, 0)).predict(test);
    expect(worst(predicted, golden.linear)).toBeLessThan(1e-3); // of values in thousands
    expect(r2(predicted, truth)).toBeCloseTo(golden.r2, 6);
    expect(rmse(predicted, truth)).toBeCloseTo(golden.rmse, 3);
  });

  it("stands columns that say the same, and columns that say nothing", () => {
    const x = Array.from({ length: 50 }, (_, i) => i);
    const table = {
      columns: [numbers("x", x), numbers("twice", x.map((i) => 2 * i)), numbers("flat", x.map(() => 3)), numbers("none", x.map(() => NaN))], // prettier-ignore
      rows: 50,
    };
    const predicted = finish(
      fitLinear(
        table,
        Float64Array.from(x, (i) => 5 * i - 7),
      ),
    ).predict(table);
    expect(
      worst(
        predicted,
        x.map((i) => 5 * i - 7),
      ),
    ).toBeLessThan(3); // shrunk a little by the penalty
  });
});

describe("boosted regression", () => {
  it("equals scikit-learn's", () => {
    const predicted = finish(fitBoostingValues(train, values, { rounds: 25 })).predict(test);
    const apart = golden.boosting.map((value, row) => Math.abs(value - predicted[row]!));
    // As in classification: where a bin of a node is empty, equally good cuts are chosen among by rounding.
    expect(apart.filter((distance) => distance > 0.05).length).toBeLessThanOrEqual(2);
    expect(Math.max(...apart)).toBeLessThan(100);
  });
});

const models: Readonly<Record<string, FitValues>> = {
  linear: fitLinear,
  tree: fitTreeValues,
  forest: fitForestValues,
  boosting: fitBoostingValues,
  mlp: fitMlpValues,
};

describe.each(Object.entries(models))("regression by %s", (name, fit) => {
  const stream = random(5);
  const made = (rows: number): { table: Table; values: Float64Array } => {
    const x = Array.from({ length: rows }, () => stream.normal());
    const kind = Array.from({ length: rows }, () => ["a", "b", "c"][stream.integer(3)]!);
    const gap = x.map((value, row) => (kind[row] === "c" ? NaN : value));
    return {
      table: { columns: [numbers("x", x), categories("kind", kind), numbers("gap", gap)], rows },
      values: Float64Array.from(
        x,
        (value, row) => 4 * value + (kind[row] === "b" ? 6 : 0) + 100 + 0.3 * stream.normal(),
      ),
    };
  };

  it("keeps what is there to be learned, of unseen rows", () => {
    const [seen, unseen] = [made(1_500), made(500)];
    const shares: number[] = [];
    const work = fit(seen.table, seen.values);
    let step = work.next();
    for (; step.done !== true; step = work.next()) shares.push(step.value);
    expect(r2(step.value.predict(unseen.table), unseen.values)).toBeGreaterThan(
      name === "tree" ? 0.95 : 0.97,
    );
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("gives a constant target back, and refuses what it can't learn from", () => {
    const { table } = made(40);
    const predicted = finish(fit(table, new Float64Array(40).fill(7))).predict(table);
    expect(worst(predicted, new Array<number>(40).fill(7))).toBeLessThan(0.2);
    expect(() => finish(fit(table, new Float64Array(39)))).toThrow("39 for 40");
    expect(() => finish(fit(table, new Float64Array(40).fill(NaN)))).toThrow("Row 1 has no value");
  });
});

describe("figures of a regression", () => {
  it("are 1 and 0 for exact values, 0 for the mean, and nothing where the truth does not vary", () => {
    const t = Float64Array.of(1, 2, 6);
    expect([r2(t, t), rmse(t, t)]).toEqual([1, 0]);
    expect(r2(Float64Array.of(3, 3, 3), t)).toBeCloseTo(0, 12);
    expect(r2(t, Float64Array.of(4, 4, 4))).toBeNaN();
  });
});
