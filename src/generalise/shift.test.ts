import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { selectRows } from "../table/typed.ts";
import { learningCurves, type CurveOptions } from "./curve.ts";
import { finishLong } from "./longWork.ts";
import { underShift, weighing, type Shift } from "./shift.ts";
import { clinicRows, makerOf } from "./testing/clinic.ts";

const holdout = clinicRows(1_000, 2);
const shareOf = (weights: Float64Array, meets: (row: number) => boolean): number =>
  weights.reduce((sum, weight, row) => sum + (meets(row) ? weight : 0), 0) / weights.length;
const [x0, , , , , ward] = holdout.columns as unknown as [{ values: Float64Array }, 0, 0, 0, 0, { codes: Int32Array; levels: string[] }]; // prettier-ignore
const north = ward.levels.indexOf("north");

describe("weighing", () => {
  it("meets every share at once and leaves what it was not asked about in proportion", () => {
    const shifts: Shift[] = [
      { column: "ward", value: "north", share: 0.8 },
      { column: "x0", from: 1, share: 0.5 },
    ];
    const weighed = weighing(holdout, shifts);
    if ("why" in weighed) throw new Error(weighed.why);
    const { weights, effective, before } = weighed;
    expect(shareOf(weights, (row) => ward.codes[row] === north)).toBeCloseTo(0.8, 8);
    expect(shareOf(weights, (row) => x0.values[row]! >= 1)).toBeCloseTo(0.5, 8);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1_000, 6);
    expect(before[0]).toBeCloseTo(0.3, 1);
    expect(effective).toBeLessThan(600);
    expect(effective).toBeGreaterThan(50);
    const [a, b] = [0, 1].map((k) => weights.filter((_, row) => ward.codes[row] === north && x0.values[row]! < 1)[k]!); // prettier-ignore
    expect(a).toBeCloseTo(b!, 12);
    expect(weighing(holdout, [])).toMatchObject({ effective: 1_000 });
  });

  it("says what can't be had", () => {
    const why = (...shifts: Shift[]) => (weighing(holdout, shifts) as { why: string }).why;
    expect(why({ column: "ward", value: "east", share: 0.1 })).toBe(
      "No test row has ward = east, so no weighing gives it another share.",
    );
    expect(why({ column: "nowhere", value: "a", share: 0.1 })).toContain("There is no column");
    expect(why({ column: "ward", from: 1, share: 0.1 })).toContain("have no range");
    expect(why({ column: "x0", value: "a", share: 0.1 })).toContain("shift the share of a range");
    expect(why({ column: "ward", value: "north", share: 1.5 })).toContain("from 0 to 1");
    expect(
      why({ column: "ward", value: "north", share: 0.9 }, { column: "ward", value: "south", share: 0.9 }),
    ).toBe(
      "No weighing of the test rows gives all of this at once: 90 % with ward = north, 90 % with ward = south.",
    );
  });
});

describe("an experiment under a shift", () => {
  it("is the experiment tested on such rows alone, without training again", async () => {
    const options: CurveOptions = { target: "outcome", sizes: [150], multiples: [2], mostSynthetic: 1_000, seeds: [1, 2, 3], learners: ["linear"], measures: ["auc"] }; // prettier-ignore
    const maker = makerOf((count, seed) => clinicRows(count, 10 + seed));
    const train = clinicRows(600, 1);
    const whole = await finishLong(learningCurves({ train, holdout }, options, maker));
    const opened = maker.opened;
    const shifted = finish(underShift(whole, holdout, [{ column: "ward", value: "north", share: 1 }]));
    if ("why" in shifted) throw new Error(shifted.why);
    expect(maker.opened).toBe(opened);
    const rows = Int32Array.from({ length: 1_000 }, (_, row) => row).filter(
      (row) => ward.codes[row] === north,
    );
    const alone = await finishLong(
      learningCurves({ train, holdout: selectRows(holdout, rows) }, options, maker),
    );
    shifted.result.contests.forEach(({ verdict }, i) => {
      expect(verdict.after).toBeCloseTo(alone.result.contests[i]!.verdict.after, 10);
    });
    // A linear model is told nothing of how the wards differ: it does worse where fewer rows came from.
    expect(shifted.result.contests[0]!.verdict.before).toBeLessThan(whole.result.contests[0]!.verdict.before);
    expect(shifted.words).toBe(
      "The test rows are weighed to 100 % with ward = north (29.3 % as they are); 1,000 of them then say as much as 293.",
    );
  });
});
