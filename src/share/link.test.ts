import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { experiments, type ExperimentCase } from "../catalog/experiments.ts";
import { modelCards } from "../catalog/models.ts";
import { complete, faultOf } from "../catalog/setting.ts";
import { setupFor, type Setup } from "../store/setup.ts";
import { readLink, writeLink } from "./link.ts";
import { anySetup } from "./testing/anySetup.ts";

describe("a setup link", () => {
  it("is empty for the default lab and reads back as no link at all", () => {
    expect(writeLink(setupFor("birds"))).toBe("");
    expect(readLink("").found).toBe(false);
  });

  it("says that it can't carry weights, and sets up a run from fresh ones", () => {
    for (const weights of ["last", "file"] as const) {
      const link = writeLink({ ...setupFor("ring"), weights });
      expect(link).toBe("v=1&data=ring&weights=carried");
      const { setup, faults } = readLink(link);
      expect(setup).toEqual(setupFor("ring"));
      expect(faults).toEqual([expect.stringContaining("which no link carries")]);
    }
  });

  it("carries every control there and back", () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        const { setup: back, faults } = readLink(`#${writeLink(setup)}`);
        expect(faults).toEqual([]);
        const settings = modelCards.find((card) => card.id === setup.model)!.settings;
        expect(complete(settings, back.settings)).toEqual(complete(settings, setup.settings));
        expect({ ...back, settings: {}, columns: { ...back.columns } }).toEqual({
          ...setup,
          settings: {},
          columns: { ...setup.columns },
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it("never carries the columns of a person's own table", () => {
    const own: Setup = { ...setupFor("own"), columns: { "patient name": { include: false } } };
    expect(writeLink(own)).not.toContain("patient");
    const [{ choice }] = experiments as [ExperimentCase];
    expect(writeLink({ ...own, experiment: { ...choice, target: "patient name" } })).not.toContain("patient");
  });

  it("names a built-in experiment, and opens the same one", () => {
    for (const { id, dataset, seed, holdout, model, choice } of experiments) {
      const setup: Setup = { ...setupFor(dataset), seed, holdout, model, view: "helps", experiment: choice };
      const link = writeLink(setup);
      expect(link).toContain(`exp=${id}`);
      expect(readLink(link)).toEqual({ found: true, faults: [], setup });
    }
  });

  it("leaves out an experiment that isn't sound, and says so", () => {
    const sound = "curves;target=species;sizes=100;times=5;seeds=3;steps=400;teach=linear;by=auc";
    expect(readLink(`v=1&exp=${encodeURIComponent(sound)}`).faults).toEqual([]);
    const unsound = [
      "",
      "curves",
      "cures;target=species",
      sound.replace("sizes=100", "sizes=1e9"),
      sound.replace("sizes=100", "sizes=100,100.5"),
      sound.replace("seeds=3", "seeds=3000"),
      sound.replace("teach=linear", "teach=toString"),
      sound.replace("by=auc", "by=auc,auc"),
      sound.replace("target=species", "target=%E0%A4%A"),
      sound.replace("curves", "rare"),
    ];
    for (const text of unsound) {
      const { setup, faults } = readLink(`v=1&exp=${encodeURIComponent(text)}`);
      expect(setup.experiment, text).toBeUndefined();
      expect(faults).toEqual([expect.stringContaining("experiment")]);
    }
  });

  it("says what it ignored, and uses the default there", () => {
    const { setup, faults } = readLink("#v=1&model=toString&seed=1e9999&s.latent=-4&data=ring&holdout=7");
    expect(setup.dataset).toBe("ring");
    expect(setup).toMatchObject({ model: "diffusion", seed: 7, holdout: 0.2, settings: {} });
    expect(faults).toHaveLength(4);
  });

  it("refuses what is too long, too new or no link", () => {
    expect(readLink(`#v=1&data=${"x".repeat(20_000)}`).faults[0]).toContain("longer");
    expect(readLink("#v=2&data=ring").faults[0]).toContain("newer");
    expect(readLink("#seed=4").found).toBe(false);
  });

  it("survives any text without touching prototypes, and yields only valid settings", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `v=1&${text}`),
          fc.tuple(fc.string(), fc.string()).map(([a, b]) => `v=1&c.${a}=${b}&s.__proto__=1&c.__proto__=on`),
        ),
        (hash) => {
          const { setup } = readLink(`#${hash}`);
          for (const setting of modelCards.find((card) => card.id === setup.model)!.settings) {
            if (Object.hasOwn(setup.settings, setting.key))
              expect(faultOf(setting, setup.settings[setting.key])).toBeUndefined();
          }
          expect(({} as Record<string, unknown>)["include"]).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});
