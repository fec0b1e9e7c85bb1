import { describe, expect, it } from "vitest";
import { accuracy, auc, f1, macroF1, meanAuc, mostProbable } from "./scores.ts";
import { goldenCases } from "./testing/golden.ts";

describe("scores", () => {
  it.each(goldenCases)("equal scikit-learn's on $classes classes", (golden) => {
    const { classes, boosting, truth } = golden;
    const labels = Int32Array.from(truth);
    const probabilities = Float64Array.from(boosting.flat());
    const predicted = mostProbable(probabilities, classes);
    expect(meanAuc(probabilities, labels, classes)).toBeCloseTo(golden.auc, 12);
    expect(accuracy(predicted, labels)).toBeCloseTo(golden.accuracy, 12);
    expect(macroF1(predicted, labels, classes)).toBeCloseTo(golden.macroF1, 12);
  });

  it("count a tie between a positive and a negative row as half", () => {
    expect(auc([0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1])).toBe(0.875);
    expect(auc([1, 1, 1], [0, 1, 0])).toBe(0.5);
    expect(auc([2, 1], [0, 1])).toBe(0);
  });

  it("are not numbers where there is nothing to tell apart", () => {
    expect(auc([0.2, 0.3], [1, 1])).toBeNaN();
    expect(auc([], [])).toBeNaN();
    expect(f1(Int32Array.of(0), Int32Array.of(0), 1)).toBeNaN();
  });

  it("leave classes out that have no row", () => {
    const p = Float64Array.of(0.9, 0.1, 0, 0.2, 0.8, 0, 0.6, 0.4, 0);
    expect(meanAuc(p, Int32Array.of(0, 1, 0), 3)).toBe(1);
    expect(macroF1(Int32Array.of(0, 1, 0), Int32Array.of(0, 1, 1), 3)).toBeCloseTo(2 / 3, 12);
  });
});
