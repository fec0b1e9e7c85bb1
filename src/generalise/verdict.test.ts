import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { Arm } from "./arms.ts";
import type { MeasureName } from "./scores.ts";
import { PARTS } from "./tested.ts";
import { judge, verdictWords } from "./verdict.ts";

/** An arm with these scores by seed; `noise` moves them with each part of the test rows that is left out. */
function arm(scores: readonly number[], measure: MeasureName = "auc", noise = 0): Arm {
  return {
    name: "arm",
    learner: "boosting",
    real: 100,
    made: 0,
    tested: scores.map((score) => ({
      scores: { [measure]: score },
      without: Array.from({ length: PARTS }, (_, part) => ({
        [measure]: score + (part % 2 === 0 ? noise : -noise),
      })),
    })),
  };
}
const before = arm([0.7, 0.71, 0.69, 0.7, 0.72]);

describe("a verdict", () => {
  it("is a gain, harm or no gain where the paired differences say so", () => {
    expect(judge(before, arm([0.74, 0.75, 0.73, 0.745, 0.76]), { measure: "auc" })).toMatchObject({
      outcome: "gain",
      difference: expect.closeTo(0.041, 10),
      before: expect.closeTo(0.704, 10),
    });
    expect(judge(before, arm([0.66, 0.67, 0.645, 0.66, 0.68]), { measure: "auc" }).outcome).toBe("harm");
    // Surely better, by less than is worth having.
    const small = judge(before, arm([0.702, 0.712, 0.692, 0.7021, 0.722]), { measure: "auc" });
    expect(small.low).toBeGreaterThan(0);
    expect(small.outcome).toBe("no gain");
    // Differences of either sign: anything is possible.
    expect(judge(before, arm([0.8, 0.6, 0.75, 0.68, 0.74]), { measure: "auc" }).outcome).toBe("undecided");
  });

  it("pairs by seed: what all seeds have in common is no noise", () => {
    const far = [0.5, 0.9, 0.6, 0.8, 0.7];
    const up = far.map((score, i) => score + 0.02 + 0.001 * i);
    expect(judge(arm(far), arm(up), { measure: "auc" }).outcome).toBe("gain");
    const missing = { ...arm(up), tested: [{ why: "No row." }, ...arm(up).tested.slice(1)] };
    expect(judge(arm(far), missing, { measure: "auc" }).differences).toHaveLength(4);
  });

  it("is stricter for one of many comparisons, and for few test rows", () => {
    const after = arm([0.735, 0.722, 0.71, 0.73, 0.741]);
    expect(judge(before, after, { measure: "auc" }).outcome).toBe("gain");
    expect(judge(before, after, { measure: "auc", comparisons: 200 }).outcome).toBe("undecided");
    expect(
      judge(before, arm([0.735, 0.722, 0.71, 0.73, 0.741], "auc", 0.01), { measure: "auc" }),
    ).toMatchObject({
      outcome: "undecided",
      // (PARTS - 1) / PARTS × Σ 0.01², under the root.
      testError: expect.closeTo(Math.sqrt(PARTS - 1) * 0.01, 10),
    });
  });

  it("takes a lower RMSE for the better one, and a share of it for what is worth having", () => {
    const errors = arm([200, 210, 190], "rmse");
    const verdict = judge(errors, arm([180, 189, 171], "rmse"), { measure: "rmse" });
    expect(verdict).toMatchObject({ outcome: "gain", least: 4, difference: expect.closeTo(-20, 10) });
    expect(verdictWords(verdict, "Adding 10 rows", "a tree")).toBe(
      "Gain: adding 10 rows moves the RMSE of a tree from 200 to 180: −20 (95 % interval −22.48 to −17.52, 3 seeds).",
    );
    expect(judge(errors, arm([220, 231, 209], "rmse"), { measure: "rmse" }).outcome).toBe("harm");
  });

  it("is rarely wrong where there is nothing to find", () => {
    const stream = random(3);
    let false_ = 0;
    for (let trial = 0; trial < 400; trial++) {
      const noisy = (): number[] => Array.from({ length: 5 }, () => 0.7 + 0.02 * stream.normal());
      const { outcome } = judge(arm(noisy()), arm(noisy()), { measure: "auc" });
      if (outcome === "gain" || outcome === "harm") false_++;
    }
    expect(false_ / 400).toBeLessThan(0.08);
    expect(false_).toBeGreaterThan(0); // an interval of 95 % is no certainty, or it would be too wide
  });

  it("says in words that one seed, or none, is not enough", () => {
    const one = judge(arm([0.7]), arm([0.9]), { measure: "auc" });
    expect(one).toMatchObject({ outcome: "undecided", high: Infinity });
    expect(verdictWords(one, "Adding rows", "a tree")).toBe(
      "Undecided: with the one seed there is, adding rows takes the AUC of a tree from 0.700 to 0.900. One seed can't tell a gain from chance.",
    );
    const none = { ...arm([0.7]), tested: [{ why: "No row." }] };
    expect(verdictWords(judge(none, none, { measure: "auc" }), "Adding rows", "a tree")).toBe(
      "Undecided: adding rows could be tested with none of the seeds.",
    );
  });
});
