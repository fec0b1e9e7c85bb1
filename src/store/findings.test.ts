import { describe, expect, it } from "vitest";
import type { ModelId } from "../catalog/card.ts";
import { modelCards } from "../catalog/models.ts";
import { faultOf, type Settings } from "../catalog/setting.ts";
import type { Finding, Seen } from "./finding.ts";
import { findings } from "./findings.ts";
import { emptyStage, untrained } from "./fold.ts";
import { setupFor, type Setup } from "./setup.ts";
import type { LabState, Phase } from "./state.ts";

const curve = (value: number, points = 60): number[] => new Array<number>(points).fill(value);
function state(
  values: Record<string, number[]>,
  change: Partial<LabState["training"]["startedFrom"] & object> = {},
) {
  const startedFrom = { ...setupFor("birds"), ...change };
  const steps = Array.from({ length: 60 }, (_, i) => i);
  return {
    training: { ...untrained(1), startedFrom, losses: { steps, values, version: 1 } },
    stage: emptyStage,
    setup: startedFrom,
    phase: "training" as const,
  };
}

describe("findings", () => {
  it("see a discriminator that always wins, with the remedy, and none where it has to guess", () => {
    const lost = state({ discriminator: curve(0.05), generator: curve(6) }, { model: "gan" });
    expect(findings(lost)).toMatchObject([
      { id: "discriminator-wins", remedy: { settings: { r1: 5 }, live: false } },
    ]);
    expect(findings(lost)[0]!.evidence).toMatch(/0\.05 .* 6\.0/);
    expect(findings(state({ discriminator: curve(1.2), generator: curve(1) }, { model: "gan" }))).toEqual([]);
    expect(
      findings(state({ discriminator: curve(0.05, 10), generator: curve(6, 10) }, { model: "gan" })),
    ).toEqual([]);
    const critic = { model: "gan", settings: { loss: "wgan-gp" } } as const;
    expect(findings(state({ discriminator: curve(-3), generator: curve(6) }, critic))).toEqual([]);
  });

  it("see latents that say nothing", () => {
    const strict = { model: "vae", settings: { beta: 1 } } as const;
    expect(findings(state({ loss: curve(9), KL: curve(0.01) }, strict))).toMatchObject([
      { id: "posterior-collapse", remedy: { settings: { beta: 0.2 } } },
    ]);
    expect(findings(state({ loss: curve(9), KL: curve(4) }, { model: "vae" }))).toEqual([]);
  });

  it("see a category that never comes, and not one that is merely rare", () => {
    const histogram = {
      kind: "category",
      labels: ["Bern", "Chur", "Genf"],
      counts: [900, 90, 10],
      others: 0,
    } as const;
    const shown = (counts: number[]) => ({
      training: untrained(1),
      phase: "training" as const,
      setup: setupFor("birds"),
      stage: {
        ...emptyStage,
        scenes: { columns: { view: "columns", columns: [{ name: "city", histogram }] } },
        frames: { columns: { run: 1, step: 9, view: "columns", columns: [{ counts, others: 0, distance: 0, missing: 0 }] } }, // prettier-ignore
      } as const,
    });
    expect(findings(shown([400, 0, 0]))).toMatchObject(
      [{ id: "dropped-category", title: "city: Chur is never drawn", evidence: /9\.0 % .* none of 400/ }].map(
        (each) => ({ ...each, evidence: expect.stringMatching(each.evidence) }),
      ),
    );
    expect(findings(shown([360, 40, 0]))).toEqual([]);
    // Chur should come 36 times in 400, give or take 6.
    expect(findings(shown([390, 10, 0]))).toMatchObject([
      { id: "amplified-bias", evidence: expect.stringMatching(/9\.0 % .* 2\.5 % of 400 .* 10 where 36/) },
    ]);
    expect(findings(shown([385, 15, 0]))).toEqual([]); // half as often, and within chance of many looks
    expect(findings(shown([290, 110, 0]))).toEqual([]); // more than enough
  });

  const wave = (middle: number, reach: number, points: number, period: number): number[] =>
    Array.from({ length: points }, (_, i) => middle + reach * Math.sin((2 * Math.PI * i) / period));
  const scored = (distances: number[]) => distances.map((distance, i) => ({ step: i + 1, distance }));
  const run = (
    change: Partial<LabState["training"]>,
    setup: Partial<Setup> = {},
    phase: Phase = "finished",
  ) => {
    const base = state({}, setup);
    return { ...base, phase, training: { ...base.training, ...change } };
  };
  const ids = (seen: Seen): string[] => findings(seen).map(({ id }) => id);

  it("see two networks that chase each other, and not those that settle or merely fight", () => {
    const swings = { values: { discriminator: wave(2, 1.5, 120, 30), generator: wave(3, 2, 120, 30) } };
    const steady = { values: { discriminator: wave(1.4, 0.1, 120, 30), generator: wave(0.8, 0.1, 120, 30) } };
    const of = (losses: typeof swings, distances: number[], settings: Settings = {}): Seen =>
      run(
        { losses: { steps: [], version: 1, ...losses }, scores: scored(distances) },
        { model: "gan", settings },
      );
    const found = findings(of(swings, wave(0.3, 0.15, 12, 5)));
    expect(found.map(({ id }) => id)).toEqual(["oscillation"]);
    expect(found[0]!.evidence).toMatch(/last 12 looks .* between 0\.1[56] and 0\.4[45]/);
    expect(found[0]!.remedy).toEqual({ label: "Lower the learning rate to 0.0004", settings: { learningRate: 0.0004 }, live: true }); // prettier-ignore
    expect(findings(of(swings, wave(0.3, 0.15, 12, 5), { r1: 0 }))[0]!.remedy).toMatchObject({ settings: { r1: 1 }, live: false }); // prettier-ignore
    expect(ids(of(steady, wave(0.3, 0.15, 12, 5)))).toEqual([]);
    expect(ids(of(swings, wave(0.01, 0.008, 12, 5)))).toEqual([]); // as near as can be
    expect(
      ids(
        of(
          swings,
          Array.from({ length: 12 }, (_, i) => 0.6 - 0.04 * i),
        ),
      ),
    ).toEqual([]); // on its way
    expect(ids(of(swings, wave(0.3, 0.15, 5, 3)))).toEqual([]); // too short a time
    expect(ids(of(swings, [...wave(0.3, 0.15, 12, 5), 0.12, 0.11, 0.1, 0.09]))).toEqual([]); // nearer than ever
    const early = { ...of(swings, wave(0.3, 0.15, 12, 5)), phase: "training" as const };
    expect(ids({ ...early, training: { ...early.training, step: 700 } })).toEqual([]);
    expect(ids({ ...early, training: { ...early.training, step: 1_300 } })).toEqual(["oscillation"]);
    // No opponents, no chase.
    expect(ids(run({ losses: { steps: [], values: { loss: wave(2, 1.5, 120, 30) }, version: 1 }, scores: scored(wave(0.3, 0.15, 12, 5)) }, { model: "vae" }))).toEqual([]); // prettier-ignore
  });

  it("count the latent dimensions that carry nothing, and leave a model alone that uses some", () => {
    const curves = { loss: curve(9), KL: curve(0.02), "dimensions in use": curve(0) };
    const [found] = findings(state(curves, { model: "vae" }));
    expect(found!.evidence).toMatch(/16 of 16 latent dimensions carry less than 0\.01 nats/);
    expect(findings(state({ ...curves, KL: curve(6), "dimensions in use": curve(4) }, { model: "vae" }))).toEqual([]); // prettier-ignore
  });

  it("say why training ran away, and what goes on with smaller steps", () => {
    const [found] = findings(run({ diverged: "Training diverged by step 40: the loss became not a number. Try a lower learning rate." }, { model: "vae" })); // prettier-ignore
    expect(found).toMatchObject({
      id: "divergence",
      evidence: "Training diverged by step 40: the loss became not a number.",
      remedy: { settings: { learningRate: 0.0004 }, live: true },
    });
  });

  const clusters = { clear: true, of: 25, missed: 3, lasting: 0, found: 0, expected: 44, rows: 370 };
  it("see clusters that stay empty, and wait for a model that is still on its way", () => {
    const at = (step: number, phase: Phase, change = {}): Seen =>
      run({ step, inspected: { step, clusters: { ...clusters, ...change } } }, { model: "gan" }, phase);
    expect(ids(at(1_900, "training"))).toEqual([]);
    expect(ids(at(700, "training", { lasting: 3 }))).toEqual([]);
    expect(ids(at(1_900, "training", { lasting: 3 }))).toEqual(["mode-collapse"]);
    expect(findings(at(2_000, "finished"))).toMatchObject([
      {
        title: "3 of 25 clusters are all but empty",
        evidence: expect.stringContaining(
          "Of the 370 synthetic rows that lie near real ones, 44 should lie there; none does.",
        ),
        shown: { kind: "missed" },
        remedy: { settings: { loss: "wgan-gp" }, live: false },
      },
    ]);
    expect(findings(at(2_000, "finished", { clear: false, of: 8, missed: 1, found: 1 }))[0]!.title).toBe("1 of 8 regions is all but empty"); // prettier-ignore
    expect(ids(at(2_000, "finished", { missed: 0 }))).toEqual([]);
  });

  const memory = { nearer: 0.95, neutral: 0.8, error: 0.03, copies: 12, copiesExpected: 0, rows: 400, remembers: true, lasting: true }; // prettier-ignore
  it("see rows learned by heart, and call it by design where it is", () => {
    const of = (model: ModelId, change: object = {}, setup: Partial<Setup> = {}): readonly Finding[] =>
      findings(run({ inspected: { step: 2_000, memory: { ...memory, ...change } }, step: 2_000 }, { model, ...setup })); // prettier-ignore
    expect(of("diffusion")).toMatchObject([
      {
        id: "memorisation",
        evidence: expect.stringMatching(/95 % .* 80 % \(± 6 %\)\. 12 of 400 equal/),
        shown: { kind: "remembered" },
        remedy: { settings: { weightDecay: 3 } },
      },
    ]);
    expect(of("diffusion", {}, { settings: { weightDecay: 0 } })[0]!.remedy).toMatchObject({ settings: { weightDecay: 0.75 } }); // prettier-ignore
    expect(of("vae")[0]!.remedy).toMatchObject({ settings: { jitter: 0.1 } });
    expect(of("vae", {}, { settings: { jitter: 0.1 } })[0]!.remedy).toBeUndefined();
    expect(of("vae", {}, { kind: "images" })[0]!.remedy).toMatchObject({ settings: { shift: 2 } });
    expect(of("diffusion", { remembers: false, lasting: false })).toEqual([]);
    for (const model of ["copy", "smote"] as const) {
      const [found] = of(model);
      expect(found!.title).toMatch(/by design$/);
      expect(found!.remedy).toBeUndefined();
    }
  });

  it("see too few steps from noise to rows only where the rows are off", () => {
    const of = (setup: Partial<Setup>, distance: number, rows = 380, phase: Phase = "finished"): Seen =>
      run(
        {
          scores: scored([distance]),
          step: 2_000,
          inspected: { step: 2_000, clusters: { ...clusters, missed: 0, rows }, memory: { ...memory, remembers: false } },
        },
        { model: "diffusion", ...setup },
        phase,
      ); // prettier-ignore
    const few = { settings: { process: "edm", samplingSteps: 2 } };
    expect(findings(of(few, 0.02, 70))).toMatchObject([
      {
        id: "short-schedule",
        evidence: expect.stringMatching(/in 2 steps\. 70 of 400 lie near .* is 0\.020/),
        remedy: { settings: { samplingSteps: 20 }, budget: { unit: "steps", amount: 2_600 }, live: true },
      },
    ]);
    expect(ids(of(few, 0.3))).toEqual(["short-schedule"]);
    expect(ids(of(few, 0.02))).toEqual([]); // enough, as it seems
    expect(ids(of({ settings: { process: "edm" } }, 0.3, 70))).toEqual([]); // something else is wrong
    // It is live: what it was changed to counts.
    const changed = of(few, 0.3);
    expect(ids({ ...changed, setup: { ...changed.setup, settings: { ...few.settings, samplingSteps: 20 } } })).toEqual([]); // prettier-ignore
  });

  it("offer only settings that the model has, with values that it takes", () => {
    const everything = {
      inspected: { step: 2_000, clusters, memory },
      step: 2_000,
      diverged: "It ran away.",
    };
    for (const { id, settings } of modelCards)
      for (const kind of ["table", "shape", "vectors", "images"] as const)
        for (const { remedy } of findings(run(everything, { model: id, kind })))
          for (const [key, value] of Object.entries(remedy?.settings ?? {})) {
            const setting = settings.find((each) => each.key === key);
            expect(setting && faultOf(setting, value)).toBeUndefined();
            expect(setting).toBeDefined();
            expect(setting!.live === true).toBe(remedy!.live);
          }
  });
});
