import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracy, f1, macroF1, meanAuc, mostProbable, r2, rmse } from "../downstream/scores.ts";
import { random } from "../random/random.ts";
import type { Prediction } from "./prediction.ts";
import { scorer } from "./scores.ts";
import { PARTS, testedOf } from "./tested.ts";

function someClasses(rows: number, count: number, seed: number): Extract<Prediction, { kind: "classes" }> {
  const stream = random(seed);
  const raw = Array.from({ length: rows * count }, () => Math.round(4 * stream.uniform()) + 0.25); // ties on purpose
  const probabilities = Float64Array.from(raw, (value, i) => {
    const row = i - (i % count);
    return value / raw.slice(row, row + count).reduce((sum, each) => sum + each, 0);
  });
  return {
    kind: "classes",
    classes: Array.from({ length: count }, (_, k) => `k${k}`),
    truth: Int32Array.from({ length: rows }, (_, row) => (row < count ? row : stream.integer(count))),
    probabilities,
    rows: Int32Array.from({ length: rows }, (_, row) => row),
  };
}

describe("scores", () => {
  it("are those of downstream where all rows count alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.nat(1_000), (count, seed) => {
        const of = someClasses(60, count, seed);
        const { truth, probabilities } = of;
        const predicted = mostProbable(probabilities, count);
        const own = scorer(of, "k1")();
        expect(own.auc).toBeCloseTo(meanAuc(probabilities, truth, count), 12);
        expect(own.accuracy).toBeCloseTo(accuracy(predicted, truth), 12);
        expect(own.macroF1).toBeCloseTo(macroF1(predicted, truth, count), 12);
        expect(own.f1).toBeCloseTo(f1(predicted, truth, 1), 12);
      }),
      { numRuns: 30 },
    );
    const [truth, predicted] = [Float64Array.of(1, 2, 5, 9), Float64Array.of(1.5, 2, 4, 8)];
    const rows = Int32Array.of(0, 1, 2, 3);
    expect(scorer({ kind: "values", truth, predicted, rows })()).toEqual({
      r2: expect.closeTo(r2(predicted, truth), 12),
      rmse: expect.closeTo(rmse(predicted, truth), 12),
    });
  });

  it("count a row of weight w as w rows", () => {
    fc.assert(
      fc.property(fc.nat(1_000), (seed) => {
        const of = someClasses(40, 3, seed);
        const weights = Float64Array.from({ length: 40 }, (_, i) => (i * 7) % 4);
        const repeated = Array.from(weights, (weight, row) => Array<number>(weight).fill(row)).flat();
        const twice: Prediction = {
          ...of,
          truth: Int32Array.from(repeated, (row) => of.truth[row]!),
          probabilities: Float64Array.from(
            repeated.flatMap((row) => Array.from(of.probabilities.slice(3 * row, 3 * row + 3))),
          ),
          rows: Int32Array.from(repeated, (_, i) => i),
        };
        const [a, b] = [scorer(of, "k2")(weights), scorer(twice, "k2")()];
        for (const [name, value] of Object.entries(b))
          expect(a[name as keyof typeof a], name).toBeCloseTo(value, 10);
      }),
      { numRuns: 20 },
    );
  });

  it("know average precision, recall and precision of the class", () => {
    const of: Prediction = {
      kind: "classes",
      classes: ["a", "b"],
      truth: Int32Array.of(1, 0, 1, 0),
      probabilities: Float64Array.of(0.1, 0.9, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3),
      rows: Int32Array.of(0, 1, 2, 3),
    };
    // By score: b, a, b, a. Precision where a "b" is reached: 1/1 and 2/3.
    expect(scorer(of, "b")()).toMatchObject({
      averagePrecision: (1 + 2 / 3) / 2,
      recall: 0.5,
      precision: 0.5,
    });
    expect(scorer(of)().recall).toBeUndefined();
  });

  it("without a part are those of the other rows, whatever rows have no target", () => {
    const of = someClasses(200, 2, 5);
    const shifted = { ...of, rows: of.rows.map((row) => row + 3) };
    const tested = testedOf(shifted, "k1");
    expect(tested.without).toHaveLength(PARTS);
    const weights = Float64Array.from(shifted.rows, (row) => (row % PARTS === 4 ? 0 : 1));
    expect(tested.without[4]).toEqual(scorer(of, "k1")(weights));
  });
});
