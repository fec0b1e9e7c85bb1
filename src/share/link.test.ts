import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetCards } from "../catalog/datasets.ts";
import { modelCards } from "../catalog/models.ts";
import { complete, faultOf, type Setting, type SettingValue } from "../catalog/setting.ts";
import { setupFor, type Setup } from "../store/setup.ts";
import { readLink, writeLink } from "./link.ts";

function valueOf(setting: Setting): fc.Arbitrary<SettingValue> {
  switch (setting.kind) {
    case "number":
      return setting.whole
        ? fc.integer({ min: setting.min, max: setting.max })
        : fc.double({ min: setting.min, max: setting.max, noNaN: true }).map((x) => x + 0); // no -0
    case "choice":
      return fc.constantFrom(...setting.options.map((option) => option.value));
    case "sizes":
      return fc.array(fc.integer({ min: 1, max: setting.maxSize }), {
        minLength: 1,
        maxLength: setting.maxLayers,
      });
    case "switch":
      return fc.boolean();
  }
}

const anySetup: fc.Arbitrary<Setup> = fc
  .record({
    dataset: fc.constantFrom(...datasetCards.map((card) => card.id)),
    card: fc.constantFrom(...modelCards),
  })
  .chain(({ dataset, card }) =>
    fc
      .record({
        settings: fc.record(Object.fromEntries(card.settings.map((s) => [s.key, valueOf(s)])), {
          requiredKeys: [],
        }),
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        budget: fc.oneof(
          fc.record({
            unit: fc.constant("steps" as const),
            amount: fc.integer({ min: 1, max: 10_000_000 }),
          }),
          fc.record({ unit: fc.constant("seconds" as const), amount: fc.integer({ min: 1, max: 86_400 }) }),
        ),
        speed: fc.constantFrom(Infinity, 2, 10, 50),
        holdout: fc.constantFrom(0, 0.1, 0.2, 0.5),
        numeric: fc.constantFrom("quantile", "minmax", "standard", "none"),
        view: fc.constantFrom(undefined, "pca", "rows", "umap"),
        pair: fc.option(fc.tuple(fc.nat(99), fc.nat(99)), { nil: undefined }),
        columns: fc.dictionary(
          fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((name) => name !== "__proto__"),
          fc.oneof(
            fc.record({ include: fc.boolean() }),
            fc.record({ type: fc.constantFrom("number", "category", "text") }),
          ),
          { maxKeys: 4 },
        ),
      })
      .map((rest) => ({ ...setupFor(dataset), ...rest, model: card.id }) as Setup),
  );

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
      { numRuns: 300 },
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
