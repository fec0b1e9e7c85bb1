import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { modelScores } from "./evidence.ts";
import { conditionalAccuracy, imputation, rankModels, samplingSpeed } from "./modelUtility.ts";
import { convergence, repeatedSamples, steadiness } from "./stability.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

describe("stability", () => {
  it("of samples of one distribution is chance alone; of another it shows, column by column", () => {
    const alike = finish(repeatedSamples([1, 2, 3].map((seed) => ringRows(800, seed))));
    expect(alike).toMatchObject({ similarity: { value: expect.closeTo(0.955, 1) } });
    const moved = ringRows(800, 4);
    const other = {
      ...moved,
      columns: moved.columns.map((column) =>
        column.name === "x" && "values" in column
          ? { ...column, values: column.values.map((x) => x + 5) }
          : column,
      ),
    };
    const apart = finish(repeatedSamples([ringRows(800, 1), other]));
    expect("columns" in apart && apart.columns[0]).toEqual({ value: 1 });
    expect(finish(repeatedSamples([other]))).toHaveProperty("why");
  });

  it("of figures is 1 less their spread beside their mean", () => {
    expect(steadiness([0.8, 0.8])).toEqual({ mean: 0.8, spread: 0, steadiness: 1 });
    expect(steadiness([0.5, 1])).toMatchObject({
      mean: 0.75,
      steadiness: expect.closeTo(1 - Math.SQRT1_2 / 1.5, 12),
    });
    expect(steadiness([1])).toHaveProperty("why");
  });

  it("of training is 1 at rest and 0 for a loss that still falls as it always did", () => {
    const line = Array.from({ length: 500 }, (_, i) => 10 - i / 50);
    const settled = line.map((_, i) => Math.exp(-i / 40) + 0.001 * Math.sin(i));
    const value = (losses: readonly number[]): number => {
      const result = convergence(losses);
      return "value" in result ? result.value : NaN;
    };
    expect(value(line)).toBeLessThan(0.03);
    expect(value(settled)).toBeGreaterThan(0.98);
    expect(value(new Array<number>(200).fill(3))).toBe(1);
    expect(convergence([1, 2])).toEqual({ why: expect.stringContaining("takes 20") });
    expect(convergence([1, NaN, 3])).toEqual({ why: expect.stringContaining("step 2") });
  });
});

describe("a model's utility", () => {
  it("ranks models by their mean, and says which are level with the best", () => {
    const ranked = rankModels({ poor: [0.3, 0.31], good: [0.8, 0.9, 0.85], nearly: [0.82, 0.84], none: [] });
    expect(ranked.map(({ model, level }) => [model, level])).toEqual([
      ["good", true],
      ["nearly", true],
      ["poor", false],
    ]);
    expect(ranked[0]).toMatchObject({
      mean: expect.closeTo(0.85, 12),
      spread: expect.closeTo(0.05, 12),
      tables: 3,
    });
  });

  it("finds conditional rows like those that meet the condition, and others not", () => {
    const meets = (seed: number, group: string) => {
      const table = ringRows(2_000, seed);
      const column = table.columns[2]!;
      if (!("codes" in column)) throw new Error("categories");
      const rows = column.codes
        .map((_, row) => row)
        .filter((row) => column.levels[column.codes[row]!] === group);
      return {
        rows: rows.length,
        columns: table.columns.map((each) =>
          "values" in each
            ? { ...each, values: Float64Array.from(rows, (row) => each.values[row]!) }
            : { ...each, codes: rows.map((row) => each.codes[row]!) },
        ),
      };
    };
    const east = meets(1, "east");
    const accuracy = (made: typeof east): number => {
      const result = conditionalAccuracy(east, made, ["group", "bonus"]);
      return "value" in result ? result.value : NaN;
    };
    expect(accuracy(meets(2, "east"))).toBeGreaterThan(0.95);
    expect(accuracy(meets(2, "west"))).toBeLessThan(0.8);
    expect(conditionalAccuracy(meets(1, "nowhere"), east, [])).toHaveProperty("why");
  });

  it("weighs filled gaps against the mean and the most frequent, by hand", () => {
    const columns = (n: number[], c: string[]) => ({
      rows: 4,
      columns: [numbers("n", n), categories("c", c)],
    });
    const truth = columns([0, 4, 10, 6], ["a", "b", "a", "a"]);
    const emptied = { n: Int32Array.of(1, 2), c: Int32Array.of(1, 3) };
    // Mean 5, range 10: plain is off by 1 and 5; the filling by 0 and 1. Most frequent: a, wrong once; the filling never.
    const [n, c] = imputation(truth, columns([0, 4, 9, 6], ["a", "b", "a", "a"]), emptied, truth);
    expect(n).toMatchObject({
      error: expect.closeTo(Math.sqrt(0.5) / 10, 12),
      plain: expect.closeTo(Math.sqrt(13) / 10, 12),
    });
    expect(n).toMatchObject({ score: { value: expect.closeTo(1 - Math.sqrt(0.5 / 13), 12) } });
    expect(c).toMatchObject({ error: 0, plain: 0.5, score: { value: 1 } });
    const left = imputation(truth, columns([0, NaN, NaN, 6], ["a", "", "a", ""]), emptied, truth);
    expect(left[0]).toMatchObject({ score: { value: 0 } });
    expect(left[1]).toMatchObject({ error: 1, score: { value: 0 } });
    expect(samplingSpeed(500, 0.25)).toEqual({ value: 2_000 });
    expect(samplingSpeed(500, 0)).toHaveProperty("why");
  });

  it("says of each part what was not tried", () => {
    const nothing = finish(modelScores({}));
    for (const { measured } of nothing.parts) expect(measured).toHaveProperty("why");
    const samples = [1, 2].map((seed) => shuffledColumns(ringRows(200, seed), seed));
    const known = finish(
      modelScores({
        samples,
        shapes: [0.9, 0.92],
        efficacies: [0.7, 0.8],
        losses: Array.from({ length: 200 }, () => random(1).normal()),
        conditional: [{ value: 0.9 }, { why: "no" }],
        imputed: [],
        drawn: { rows: 10, seconds: 1 },
      }),
    );
    const values = Object.fromEntries(known.parts.map(({ name, measured }) => [name, measured]));
    expect(values).toMatchObject({ several: { value: 0.75 }, conditional: { value: 0.9 }, imputation: { why: "No gaps were made and filled." } }); // prettier-ignore
    expect(known.speed).toEqual({ value: 10 });
  });
});
