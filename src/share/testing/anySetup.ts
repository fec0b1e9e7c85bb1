/** Any setup that the controls can make, for tests of what carries setups. */
import fc from "fast-check";
import { datasetCards } from "../../catalog/datasets.ts";
import { modelCards } from "../../catalog/models.ts";
import type { Setting, SettingValue } from "../../catalog/setting.ts";
import { setupFor, type Setup } from "../../store/setup.ts";

const anyType = fc.constantFrom(
  "number",
  "category",
  "boolean",
  "datetime",
  "identifier",
  "text",
  "constant",
);

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

export const anySetup: fc.Arbitrary<Setup> = fc
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
        speed: fc.oneof(fc.constant(Infinity), fc.double({ min: 0.1, max: 100_000, noNaN: true })),
        holdout: fc.double({ min: 0, max: 0.5, noNaN: true }).map((x) => x + 0),
        numeric: fc.constantFrom("quantile", "minmax", "standard", "none"),
        view: fc.constantFrom(undefined, "plane", "pca", "umap", "pair", "columns", "images", "rows"),
        missingMarks: fc.oneof(
          fc.constant(setupFor(dataset).missingMarks),
          fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        ),
        pair: fc.option(fc.tuple(fc.nat(99), fc.nat(99)), { nil: undefined }),
        columns: fc.dictionary(
          fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((name) => name !== "__proto__"),
          fc.oneof(
            fc.record({ include: fc.boolean() }),
            fc.record({ include: fc.boolean(), type: anyType }),
            fc.record({ type: anyType }),
          ),
          { maxKeys: 4 },
        ),
      })
      .map((rest) => ({ ...setupFor(dataset), ...rest, model: card.id }) as Setup),
  );
