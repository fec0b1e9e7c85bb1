/** Any setup that the controls can make, for tests of what carries setups. */
import fc from "fast-check";
import { datasetCards } from "../../catalog/datasets.ts";
import {
  experimentLimits,
  learnerWords,
  measureWords,
  type ExperimentChoice,
} from "../../catalog/experiments.ts";
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

const anyName = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const anyOf = <K extends string>(known: Readonly<Record<K, string>>): fc.Arbitrary<K[]> =>
  fc.shuffledSubarray(Object.keys(known) as K[], { minLength: 1 });
const { sizes, multiple, share, seeds, steps } = experimentLimits;

/** What is of no use to the other kind stands at its default. */
export const anyExperiment: fc.Arbitrary<ExperimentChoice> = fc
  .record({
    target: anyName,
    positive: anyName,
    sizes: fc.array(fc.integer({ min: sizes.least, max: sizes.most }), {
      minLength: 1,
      maxLength: sizes.many,
    }),
    seeds: fc.integer({ min: seeds.least, max: seeds.most }),
    steps: fc.integer({ min: steps.least, max: steps.most }),
    learners: anyOf(learnerWords),
    measures: anyOf(measureWords),
  })
  .chain((rest) =>
    fc.oneof(
      fc
        .double({ min: multiple.least, max: multiple.most, noNaN: true })
        .map((times): ExperimentChoice => ({ ...rest, kind: "curves", multiple: times, share: 0.3 })),
      fc
        .double({ min: share.least, max: share.most, noNaN: true })
        .map((of): ExperimentChoice => ({ ...rest, kind: "rare", multiple: 5, share: of })),
    ),
  );

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
        view: fc.constantFrom(
          undefined,
          "plane",
          "pca",
          "umap",
          "pair",
          "columns",
          "images",
          "rows",
          "quality",
          "inside",
          "helps",
        ),
        missingMarks: fc.oneof(
          fc.constant(setupFor(dataset).missingMarks),
          fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        ),
        pair: fc.option(fc.tuple(fc.nat(99), fc.nat(99)), { nil: undefined }),
        experiment: fc.option(anyExperiment, { nil: undefined }),
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
