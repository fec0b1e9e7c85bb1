import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { fitEncoder } from "../encode/encoder.ts";
import { allRows } from "../quality/compared.ts";
import { independentColumns } from "../quality/references.ts";
import { report } from "../quality/report.ts";
import { random } from "../random/random.ts";
import { subgroups } from "./groups.ts";
import { learningCurves } from "./curve.ts";
import { limits } from "./limits.ts";
import { finishLong } from "./longWork.ts";
import { clinicRows, makerOf } from "./testing/clinic.ts";

const [train, holdout] = [clinicRows(150, 1), clinicRows(150, 2)];
const rows = { train: 150, holdout: 150, synthetic: 150 };

describe("the card of limitations", () => {
  it("says what nobody looked at", () => {
    const card = limits({ rows });
    expect(card.map(({ topic, weight }) => `${topic}: ${weight}`)).toEqual([
      "scarcity: so",
      "fidelity: unknown",
      "groups: unknown",
      "generalisation: unknown",
    ]);
    expect(card[0]!.sentence).toBe(
      "The model learned from 150 rows: kinds that make up less than 2 % of all may be missing from them, and then no synthetic row is like them, however many are drawn. Only 150 rows were held out: every figure that hangs on them is rough.",
    );
  });

  it("is filled with the run's own figures", async () => {
    // Columns drawn by themselves, and a ward left out: useless, and unfair.
    const synthetic = independentColumns(clinicRows(150, 3, { north: 0 }), 150, random(1));
    const compared = { train, holdout, synthetic };
    const encoder = fitEncoder(train, allRows(train), { numeric: "standard" });
    const question = { target: "outcome", encode: encoder.encode, random: random(1) };
    const own = finish(report(compared, question));
    const groups = finish(subgroups(compared, "ward", own.predictions, random(1)));
    if ("why" in groups) throw new Error(groups.why);
    const maker = makerOf((count, seed, real) => independentColumns(real, count, random(seed)));
    const { result } = await finishLong(
      learningCurves({ train, holdout }, { target: "outcome", sizes: [100], multiples: [10], mostSynthetic: 5_000, seeds: [1, 2, 3], learners: ["linear"], measures: ["auc"] }, maker), // prettier-ignore
    );
    const card = limits({ rows, report: own, groups: [groups], asked: ["ward"], contests: result.contests });
    const of = (topic: string) => card.find((limit) => limit.topic === topic)!;
    const efficacy = own.synthetic.axes
      .flatMap(({ parts }) => parts)
      .find(({ name }) => name === "efficacy")!.measured;
    const kept = "value" in efficacy ? Number((100 * efficacy.value).toPrecision(2)) : NaN;
    expect(of("usefulness")).toEqual({
      topic: "usefulness",
      weight: "found",
      sentence: `Models that learn from the rows keep ${kept} % of the skill that real rows give them: where real rows may be used, use them.`,
    });
    expect(of("fidelity")).toMatchObject({ weight: "found", sentence: expect.stringContaining('The least faithful column is "ward"') }); // prettier-ignore
    expect(of("privacy").sentence).toContain("This is no differential privacy");
    const north = groups.groups.find(({ name }) => name === "north")!;
    expect(of("groups").sentence).toContain(
      `one is gone: "north" (${Number((100 * north.shares.train).toPrecision(2))} % of training rows, 0 % of synthetic ones)`,
    );
    expect(of("fairness").sentence).toMatch(/differ by up to 0\.\d\d \(shuffled groups: 0\.\d\d\)/);
    expect(of("generalisation")).toMatchObject({ weight: "found", sentence: expect.stringContaining("Of 2 comparisons, 0 found a gain") }); // prettier-ignore
    expect(structuredClone(card)).toEqual(card);
  });
});
