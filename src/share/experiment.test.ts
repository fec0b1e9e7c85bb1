/** What of an experiment goes into a link, and that links without one are read as before. */
import { describe, expect, it } from "vitest";
import { experiments } from "../catalog/experiments.ts";
import type { ExperimentCard } from "../protocol/experiment.ts";
import { readDocument } from "./document.ts";
import { sharedExperiment } from "./experiment.ts";
import { documentOf, readResult, writeResult } from "./resultText.ts";
import { race } from "./testing/anyResult.ts";

const secret = "Mrs Miller's illness";
const arm = (scores: readonly (number | null)[]) => ({ name: "both", label: "real and synthetic rows", points: [{ real: 80, made: 400, scores }] }); // prettier-ignore
const chart = { learner: "boosting", measure: "auc", title: `AUC on ${secret}`, arms: [arm([0.69, null, 0.734])] } as const; // prettier-ignore
const card: ExperimentCard = {
  headline: { outcome: "mixed", words: "It depends: gain at 80 real rows; harm at 800 real rows" },
  charts: [chart, { ...chart, measure: "rmse" }, chart, chart],
  contests: [{ outcome: "gain", words: `Adding rows moves ${secret}.`, main: true }],
  choice: { ...experiments[0]!.choice, target: secret, positive: `${secret}: yes` },
  maker: "Diffusion, 400 steps",
  rows: { train: 1_234, test: 617 },
  seconds: 1,
  notes: [secret],
  limits: [{ topic: "generalisation", weight: "so", sentence: secret }],
};
const masked = { own: true, named: false, spelled: false };

describe("an experiment that is shared", () => {
  it("is its verdict and means, and of a private table no name, no scale and no exact number of rows", () => {
    const shared = sharedExperiment(card, masked);
    expect(JSON.stringify(shared)).not.toContain("Miller");
    expect(shared).toMatchObject({ outcome: "mixed", words: card.headline.words, tested: 620, seeds: 5 });
    expect(shared.charts.map(({ measure }) => measure)).toEqual(["auc", "auc"]);
    expect(shared.charts[0]!.arms[0]!.points).toEqual([{ real: 80, made: 400, mean: 0.712, low: 0.69, high: 0.734 }]); // prettier-ignore
    expect(sharedExperiment(card, { ...masked, named: true })).not.toHaveProperty("positive");
    expect(sharedExperiment(card, { ...masked, named: true }).target).toBe(secret);
    const open = sharedExperiment(card, { own: false, named: true, spelled: true });
    expect(open).toMatchObject({ positive: `${secret}: yes`, tested: 617 });
    expect(open.charts[1]!.measure).toBe("rmse");
  });

  it("goes there and back, bounded, and is not missed where there is none", async () => {
    const experiment = sharedExperiment(card, masked);
    const { result } = await readResult(await writeResult({ ...race(1), experiment }));
    expect(result.experiment).toEqual(experiment);
    const { experiment: none } = (await readResult(await writeResult(race(1)))).result;
    expect(none).toBeUndefined();
    const document = documentOf({ ...race(1), experiment });
    const tall = { ...experiment.charts[0]!, arms: Array.from({ length: 9 }, () => experiment.charts[0]!.arms[0]!) }; // prettier-ignore
    for (const change of [{ outcome: "wonder" }, { words: "x".repeat(301) }, { tested: -1 }, { charts: [tall] }])
      expect(() => readDocument(JSON.stringify({ ...document, experiment: { ...experiment, ...change } }))).toThrow("Likeness does not write (at experiment"); // prettier-ignore
  });
});
