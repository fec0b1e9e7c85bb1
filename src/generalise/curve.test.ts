import { describe, expect, it } from "vitest";
import { independentColumns } from "../quality/references.ts";
import { random } from "../random/random.ts";
import { selectRows } from "../table/typed.ts";
import { learningCurves, usualSizes, type CurveOptions } from "./curve.ts";
import { finishLong } from "./longWork.ts";
import { clinicRows, makerOf } from "./testing/clinic.ts";

const tables = { train: clinicRows(1_500, 1), holdout: clinicRows(1_500, 2) };
const options: CurveOptions = {
  target: "outcome",
  positive: "ill",
  sizes: [60],
  multiples: [5],
  mostSynthetic: 10_000,
  seeds: [1, 2, 3, 4, 5],
  learners: ["linear"],
  measures: ["auc"],
};
/** As good as a model can be: fresh rows of the very source. It stands for knowledge that 25 rows don't hold. */
const truth = makerOf((count, seed) => clinicRows(count, 100 + seed));
const shuffled = makerOf((count, seed, real) => independentColumns(real, count, random(seed)));
const sizesOf = (arms: readonly { name: string; real: number; made: number }[]): readonly string[] =>
  arms.map(({ name, real, made }) => `${name} ${real} ${made}`);

describe("learning curves", () => {
  it("find a gain, harm, and where neither is to be had", async () => {
    const good = (
      await finishLong(
        learningCurves(tables, { ...options, sizes: [25, 1_500], seeds: [1, 2, 3, 4, 5, 6, 7, 8] }, truth),
      )
    ).result;
    const outcome = (name: string, real: number): string =>
      good.contests.find(({ arm }) => arm.name === name && arm.real === real)!.words;
    expect(outcome("both", 25)).toMatch(/^Gain: adding 125 synthetic rows to 25 real ones moves /);
    expect(outcome("synthetic", 25)).toMatch(/^Gain: /);
    // 1,500 rows teach a linear model all it can learn.
    expect(outcome("both", 1_500)).toMatch(/^No gain: /);
    const bad = (await finishLong(learningCurves(tables, { ...options, multiples: [1, 10] }, shuffled)))
      .result;
    expect(sizesOf(bad.arms)).toEqual([
      "real 60 0",
      "synthetic 60 60",
      "both 60 60",
      "synthetic 60 600",
      "both 60 600",
    ]);
    const harm = bad.contests.find(({ arm }) => arm.name === "synthetic" && arm.made === 600)!;
    expect(harm.verdict.outcome).toBe("harm");
    expect(harm.words).toMatch(
      /^Harm: learning from 600 synthetic rows in place of 60 real ones moves the AUC of a linear model from 0\.\d+ to 0\.\d+: −0\.\d+ \(95 % interval for all 4 comparisons together −0\.\d+ to −0\.\d+, 5 seeds\)\.$/,
    );
  });

  it("predict numbers too", async () => {
    const of: CurveOptions = { ...options, target: "days", measures: ["r2", "rmse"] };
    const { result } = await finishLong(learningCurves(tables, of, shuffled));
    const outcomes = result.contests.map(({ arm, verdict }) => [arm.name, verdict.measure, verdict.outcome]);
    expect(outcomes).toContainEqual(["synthetic", "r2", "harm"]);
    expect(outcomes).toContainEqual(["synthetic", "rmse", "harm"]);
  });

  it("come out the same with the same seeds, and cross a worker's line", async () => {
    const [a, b] = [
      await finishLong(learningCurves(tables, { ...options, seeds: [1, 2] }, truth)),
      await finishLong(learningCurves(tables, { ...options, seeds: [1, 2] }, truth)),
    ];
    expect(a.result).toEqual(b.result);
    expect(structuredClone(a.result)).toEqual(a.result);
  });

  it("free the maker, also where they are left early", async () => {
    const maker = makerOf((count, seed) => clinicRows(count, seed));
    const work = learningCurves(tables, options, maker);
    let pieces = 0;
    for await (const share of work) {
      expect(share).toBeLessThanOrEqual(1);
      // Opened, and in the middle of drawing.
      if (maker.opened === 1 && ++pieces === 2) break;
    }
    expect(maker).toMatchObject({ opened: 1, freed: 1 });
    const { result } = await finishLong(learningCurves(tables, options, maker));
    expect(maker).toMatchObject({ opened: 6, freed: 6 });
    expect(result.notes[0]).toContain("saw only the real rows of each point");
  });

  it("say that the run's own model knows more, and why a point has no figure", async () => {
    const none = makerOf((_, __, real) => selectRows(real, new Int32Array(0)), "all");
    const { result } = await finishLong(learningCurves(tables, { ...options, seeds: [1, 2] }, none));
    expect(result.notes[0]).toContain("had learned from all 1,500 training rows");
    expect(result.notes.at(-1)).toBe("A test's maker made no row. (4 times: left out.)");
    expect(result.contests[0]!.verdict.outcome).toBe("undecided");
  });

  it("refuse in words what leaves nothing to do", async () => {
    const run = (change: Partial<CurveOptions>) =>
      finishLong(learningCurves(tables, { ...options, ...change }, truth));
    await expect(run({ seeds: [1, 1] })).rejects.toThrow("none twice");
    await expect(run({ sizes: [] })).rejects.toThrow("at least one number of real rows");
    await expect(run({ multiples: [0] })).rejects.toThrow("a number above 0");
    expect(usualSizes(6_000)).toEqual([50, 150, 500, 1_500, 6_000]);
  });
});
