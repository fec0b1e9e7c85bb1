/**
 * The form of everything that is shared, and the one door it comes in by: JSON of
 * a known version, brought up to the newest and then checked field by field, with
 * bounds on all that has a length. What passes is plain data of our own making:
 * unknown keys, "__proto__" among them, are left behind.
 *
 * Version 1 is the setup link alone, kept as text; it is still written as it was,
 * in the open. Version 2 adds the table, the map and the runs.
 */
import * as v from "valibot";
import { mostArms, mostCharts, mostSizes, sharedKinds, sharedLearners, sharedMeasures, sharedOutcomes } from "./experiment.ts"; // prettier-ignore
import { axisNames, mostColumns, mostRuns, spreadFigures } from "./result.ts";
import { foreign, newer } from "./refusal.ts";

export const newestVersion = 2;

/** Values of a curve, looks of a replay and points of a look at most. */
export const mostValues = 512;
export const mostLooks = 96;
export const mostPoints = 2_000;
const mostCurves = 8;
/** Seeds of a race. */
const mostSeeds = 20;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const figure = v.pipe(v.number(), v.finite(), v.minValue(-1e300), v.maxValue(1e300));
const deviation = v.pipe(figure, v.minValue(0));
const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
const whole = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const step = whole(1e9);
const many = whole(1e12);
const range = v.tuple([figure, figure]);
const hashed = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{4,32}$/u));
const list = <T extends v.GenericSchema>(of: T, most: number) => v.pipe(v.array(of), v.maxLength(most));

const axis = v.object({ label: text(200), range: v.optional(range), variance: v.optional(share) });

const column = v.object({
  type: v.picklist(["number", "category", "boolean", "datetime", "identifier", "text", "constant"]),
  place: whole(1_000_000),
  name: v.optional(text(200)),
  categories: v.optional(list(v.object({ label: text(200), share }), 12)),
});

/** Where a curve's bytes lead from and to; its bytes stand after the JSON. */
const span = v.pipe(
  range,
  v.check(([low, high]) => low <= high, "the range is upside down"),
);

const run = v.object({
  setup: text(16_384),
  step,
  elapsed: v.pipe(figure, v.minValue(0)),
  stepsPerSecond: v.pipe(figure, v.minValue(0)),
  backend: v.optional(v.picklist(["webgpu", "wasm", "cpu"])),
  distance: v.optional(figure),
  best: v.optional(v.object({ step, distance: figure })),
  clusters: v.optional(v.object({ of: whole(10_000), missed: whole(10_000) })),
  axes: v.optional(
    list(v.object({ axis: v.picklist(axisNames), score: share, holdout: v.optional(share) }), 6),
    [],
  ),
  trilemma: v.optional(
    v.object({
      quality: v.optional(share),
      coverage: v.optional(share),
      rowsPerSecond: v.optional(v.pipe(figure, v.minValue(0))),
    }),
  ),
  // These two came later, as `race` and `experiment` below did.
  raced: v.optional(
    v.object({
      shape: v.optional(share),
      precision: v.optional(share),
      recall: v.optional(share),
      modes: v.optional(v.object({ hit: deviation, of: whole(10_000) })),
    }),
  ),
  spread: v.optional(v.object(v.entriesFromList(spreadFigures, v.optional(deviation)))),
  distances: v.optional(list(v.nullable(share), mostColumns), []),
  shares: v.optional(list(list(share, 12), mostColumns), []),
  losses: v.optional(
    v.object({
      many: whole(mostValues),
      steps: span,
      curves: list(v.object({ name: text(60), span }), mostCurves),
    }),
  ),
  scores: v.optional(v.object({ many: whole(mostValues), steps: span, span })),
  looks: v.optional(list(step, mostLooks), []),
  points: v.optional(whole(mostPoints), 0),
});

const point = v.object({ real: many, made: many, mean: figure, low: figure, high: figure });
const experiment = v.object({
  kind: v.picklist(sharedKinds),
  outcome: v.picklist(sharedOutcomes),
  words: text(300),
  maker: text(100),
  seeds: whole(1_000),
  tested: many,
  target: v.optional(text(200)),
  positive: v.optional(text(200)),
  charts: list(
    v.object({
      learner: v.picklist(sharedLearners),
      measure: v.picklist(sharedMeasures),
      arms: list(v.object({ label: text(60), points: list(point, mostSizes) }), mostArms),
    }),
    mostCharts,
  ),
});

const form = v.object({
  version: v.literal(newestVersion),
  table: v.object({
    rows: many,
    width: whole(1_000_000),
    columns: list(column, mostColumns),
    fingerprint: v.optional(v.object({ salt: hashed, print: hashed })),
  }),
  scene: v.optional(
    v.object({
      view: v.picklist(["plane", "pca"]),
      x: axis,
      y: axis,
      side: v.pipe(whole(64), v.minValue(1)),
    }),
  ),
  runs: v.pipe(list(run, mostRuns), v.minLength(1)),
  // Came later: a page that doesn't know them leaves them behind, and what has none is read as before.
  race: v.optional(
    v.object({
      seeds: v.pipe(whole(mostSeeds), v.minValue(1)),
      most: v.optional(
        v.object({
          unit: v.picklist(["steps", "seconds"]),
          amount: v.pipe(whole(10_000_000), v.minValue(1)),
        }),
      ),
    }),
  ),
  experiment: v.optional(experiment),
});

/** The newest version, as it stands in JSON. */
export type SharedDocument = v.InferOutput<typeof form>;
export type DocumentRun = SharedDocument["runs"][number];

/** What each version became in the next. */
const migrations: Readonly<Record<number, (old: object) => object>> = {
  1: (old) => {
    const { setup } = old as { readonly setup?: unknown };
    return {
      version: 2,
      table: { rows: 0, width: 0, columns: [] },
      runs: [{ setup, step: 0, elapsed: 0, stepsPerSecond: 0 }],
    };
  },
};

/** @throws ShareRefusal in words. */
export function readDocument(json: string): SharedDocument {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    throw foreign("");
  }
  for (let turn = 1; turn < newestVersion; turn++) {
    const made = versionOf(data);
    if (made > newestVersion) throw newer();
    const migrate = Object.hasOwn(migrations, made) ? migrations[made] : undefined;
    if (migrate !== undefined) data = migrate(data as object);
  }
  const { success, output, issues } = v.safeParse(form, data, { abortEarly: true });
  if (success) return output;
  throw foreign((v.getDotPath(issues[0]) ?? "").slice(0, 60));
}

/** NaN where there is none. */
function versionOf(data: unknown): number {
  const { version } = { ...(data as { readonly version?: unknown } | null) };
  return typeof version === "number" ? version : NaN;
}
