import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
