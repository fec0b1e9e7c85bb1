import { describe, expect, it } from "vitest";
import { fitBoosting } from "../downstream/boosting.ts";
import { fitLogistic } from "../downstream/logistic.ts";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import type { Fit } from "../downstream/classifier.ts";
import type { Table } from "../table/table.ts";
import { c2st } from "./c2st.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

const real = ringRows(900, 1);
const aucOf = (synthetic: Table, fit: Fit): number => {
  const test = finish(c2st(real, synthetic, fit, random(1)));
  return "auc" in test ? test.auc : NaN;
};

describe("the classifier two-sample test", () => {
  it("can't tell fresh real rows from real ones", () => {
    expect(aucOf(ringRows(900, 2), fitBoosting)).toBeGreaterThan(0.44);
    expect(aucOf(ringRows(900, 2), fitBoosting)).toBeLessThan(0.56);
  });

  it("tells columns shuffled one by one by boosted trees, where logistic regression sees nothing", () => {
    const shuffled = shuffledColumns(real, 3);
    expect(aucOf(shuffled, fitBoosting)).toBeGreaterThan(0.9);
    expect(aucOf(shuffled, fitLogistic)).toBeLessThan(0.55);
  });

  it("sees missing cells as such", () => {
    const filled = {
      ...real,
      columns: real.columns.map((column) =>
        column.name === "bonus" && "values" in column
          ? { ...column, values: column.values.map((value) => (Number.isNaN(value) ? 0.5 : value)) }
          : column,
      ),
    };
    expect(aucOf(filled, fitBoosting)).toBeGreaterThan(0.7);
  });

  it("gives the same figure for the same seed, and words where there are too few rows", () => {
    expect(aucOf(ringRows(60, 2), fitLogistic)).toBe(aucOf(ringRows(60, 2), fitLogistic));
    expect(finish(c2st(real, ringRows(2, 1), fitLogistic, random(1)))).toEqual({
      why: expect.stringContaining("at least 3"),
    });
  });

  it("tells how far it is, from 0 to 1", () => {
    const shares = [...c2st(ringRows(60, 1), ringRows(60, 2), fitBoosting, random(1))];
    // A hundred trees a fold, two pieces before them and one after.
    expect(shares).toHaveLength(3 * (2 + 100 + 1));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
