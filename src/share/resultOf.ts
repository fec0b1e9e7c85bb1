/**
 * From the lab's state to what is shared of it. Of a person's own table nothing
 * but figures goes in by default: real rows as a coarse density, synthetic points
 * without the scale that would make values of them, no name, no category, no file
 * name. What the person ticks comes in addition. Built-in data are no secret.
 */
import { modelCard } from "../catalog/models.ts";
import { t } from "../language/words.ts";
import type { Scene } from "../protocol/analysis.ts";
import { mapOf, pointsOf, type Look } from "../store/replay.ts";
import { setupFor, type Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { densityOf, fewestInCell } from "./density.ts";
import { sharedExperiment } from "./experiment.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { longestLink } from "./pack.ts";
import { bucketed, thinned } from "./quantised.ts";
import { mostColumns, type SharedColumn, type SharedResult, type SharedRun } from "./result.ts";
import { resultHash } from "./link.ts";
import { writeResult } from "./resultText.ts";

export interface Ticks {
  readonly names: boolean;
  readonly categories: boolean;
  readonly replay: boolean;
}

/** Values of a curve that a link carries. */
const curveValues = 120;
/** Frames and points of a replay, richest first: the first that fits is taken. */
const replays: readonly { readonly looks: number; readonly points: number }[] = [
  { looks: 24, points: 300 },
  { looks: 24, points: 200 },
  { looks: 18, points: 150 },
  { looks: 12, points: 120 },
  { looks: 10, points: 100 },
  { looks: 8, points: 80 },
  { looks: 6, points: 60 },
];
/** Characters of a link without a replay, and with one. */
export const longestPlain = 8_000;
export const longestReplay = 20_000;

/**
 * Rows of these models are the real ones, or lie between two of them: their points are
 * no less private than the table.
 */
const passOn: readonly string[] = ["copy", "smote"];

/** Whether the points of a run may be shared. */
export const showsPoints = ({ dataset, model }: Setup): boolean =>
  dataset !== "own" || !passOn.includes(model);

/** Undefined where there is nothing to share yet: no run, or one that has shown nothing. */
export function resultOf(
  state: LabState,
  ticks: Pick<Ticks, "names" | "categories">,
  fingerprint?: Fingerprint,
): SharedResult | undefined {
  const { data, training, stage, backend } = state;
  const { summary, prepared } = data;
  const started = training.startedFrom;
  if (started === undefined || summary === undefined || prepared === undefined) return undefined;
  const instant = modelCard(started.model).instant;
  if (training.step === 0 && !(instant && state.phase === "finished")) return undefined;
  const own = started.dataset === "own";
  const named = !own || ticks.names;
  const spelled = !own || ticks.categories;

  const overlays = stage.scenes.columns?.columns ?? [];
  const made = stage.frames.columns?.columns ?? [];
  const listed = worst(made.map(({ distance }) => distance)).filter((i) => overlays[i] !== undefined);
  /** Of each, the categories that may be told, by their place among its bars. */
  const told = listed.map((i): readonly number[] => {
    const { histogram } = overlays[i]!;
    return spelled && histogram.kind === "category"
      ? histogram.counts.flatMap((n, at) => (n >= fewestInCell ? [at] : []))
      : [];
  });
  const columns = listed.map((i, at): SharedColumn => {
    const { name, histogram } = overlays[i]!;
    const type = summary.columns.find((column) => column.name === name)?.type ?? "text";
    const all = histogram.kind === "category" ? total(histogram.counts) + histogram.others : 0;
    return {
      type,
      place: i,
      ...(named && { name: cut(name) }),
      ...(histogram.kind === "category" &&
        told[at]!.length > 0 && {
          categories: told[at]!.map((level) => ({
            label: cut(histogram.labels[level]!),
            share: digits(histogram.counts[level]! / all, 3),
          })),
        }),
    };
  });

  const view = mapOf(prepared.views);
  const scene = view && stage.scenes[view];
  const points = scene && "real" in scene ? scene : undefined;
  const { distance } = training.scores.at(-1) ?? {};
  const clusters = training.inspected?.clusters;
  const run: SharedRun = {
    setup: own && !spelled ? { ...started, missingMarks: setupFor("own").missingMarks } : started,
    step: training.step,
    elapsed: digits(training.elapsed, 4),
    stepsPerSecond: digits(training.stepsPerSecond, 3),
    backend: backend?.name,
    ...(distance !== undefined && { distance: digits(distance, 4) }),
    ...(training.best && {
      best: { step: training.best.step, distance: digits(training.best.distance, 4) },
    }),
    ...(clusters && { clusters: { of: clusters.of, missed: clusters.missed } }),
    ...reported(state),
    distances: listed.map((i) => digits(made[i]!.distance, 3)),
    shares: listed.map((i, at) => {
      const { counts, others } = made[i]!;
      const all = total(counts) + others;
      return told[at]!.map((level) => (all > 0 ? digits(counts[level]! / all, 3) : 0));
    }),
    losses: lossesOf(state),
    scores: scoresOf(training.scores),
    looks: points && showsPoints(started) ? looksOf(training.replay.looks, points) : [],
  };
  return {
    table: {
      rows: own ? digits(summary.rows, 2) : summary.rows,
      width: overlays.length || summary.columns.filter(({ include }) => include).length,
      columns,
      ...(own && fingerprint && { fingerprint }),
    },
    ...(points && {
      scene: {
        view: points.view === "plane" ? "plane" : "pca",
        x: axisOf(points.x, t`First column`, own, named),
        y: axisOf(points.y, t`Second column`, own, named),
        real: densityOf(points.real, { x: points.x.range, y: points.y.range }),
      },
    }),
    runs: [run],
    ...(state.experiment.card && {
      experiment: sharedExperiment(state.experiment.card, { own, named, spelled }),
    }),
  };
}

/** What the quality report has found, where there is one of the rows as they are. */
function reported({ report, training }: LabState): Pick<SharedRun, "axes" | "trilemma"> {
  const { card, of } = report;
  if (card === undefined || of?.run !== training.run || of.step !== training.step) return { axes: [] };
  const inside = (value: number): number => digits(Math.min(1, Math.max(0, value)), 3);
  const axes = card.axes.flatMap(({ name, measured, holdout }) =>
    "value" in measured
      ? {
          axis: name,
          score: inside(measured.value),
          ...("value" in holdout && { holdout: inside(holdout.value) }),
        }
      : [],
  );
  const told = card.axes
    .flatMap(({ parts }) => parts)
    .find(({ name }) => name === "indistinguishable")?.measured;
  return { axes, ...(told && "value" in told && { trilemma: { quality: inside(told.value) } }) };
}

type PointScene = Extract<Scene, { real: unknown }>;

function axisOf({ label, range, variance }: PointScene["x"], plain: string, own: boolean, named: boolean) {
  // A component's label says nothing of the table; a column's is its name.
  const said = variance !== undefined || named ? cut(label) : plain;
  return {
    label: said,
    ...(!own && { range: [range[0], range[1]] as const }),
    ...(variance !== undefined && { variance: digits(Math.min(1, Math.max(0, variance)), 2) }),
  };
}

/** Columns by how far off they are, the worst of them, in the table's order. */
function worst(distances: readonly number[]): readonly number[] {
  return [...distances.keys()]
    .sort((a, b) => (distances[b] ?? 0) - (distances[a] ?? 0) || a - b)
    .slice(0, mostColumns)
    .sort((a, b) => a - b);
}

function lossesOf({ training }: LabState): SharedRun["losses"] {
  const { losses, objectives } = training;
  const names = objectives.filter((name) => losses.values[name] !== undefined).slice(0, 8);
  const first = names[0];
  if (first === undefined || losses.steps.length === 0) return { steps: [], curves: [] };
  return {
    steps: bucketed(losses.steps, losses.values[first]!, curveValues).steps,
    curves: names.map((name) => ({
      name: cut(name, 60),
      values: bucketed(losses.steps, losses.values[name]!, curveValues).values,
    })),
  };
}

function scoresOf(scores: LabState["training"]["scores"]): SharedRun["scores"] {
  return bucketed(
    scores.map(({ step }) => step),
    scores.map(({ distance }) => distance),
    curveValues,
  );
}

/** Points as shares of the map's ranges. */
function looksOf(looks: readonly Look[], { x, y }: PointScene): SharedRun["looks"] {
  return looks.flatMap(({ step, cloud }) =>
    cloud === undefined
      ? []
      : {
          step,
          points: pointsOf(cloud).map((value, i) => {
            const [low, high] = i % 2 === 0 ? x.range : y.range;
            return (value - low) / (high - low);
          }),
        },
  );
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
const cut = (text: string, most = 200): string => (text.length > most ? text.slice(0, most) : text);

/** A number to so many significant digits; what is none stays none. */
const digits = (value: number, many: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(many)) : value;

export interface SharedLink {
  /** For the address, without "#". */
  readonly hash: string;
  /** What is in it. */
  readonly result: SharedResult;
}

/** Its runs with so many looks of so many points each; of one look it is the last. */
export const thinnedTo = (result: SharedResult, looks: number, points: number): SharedResult => ({
  ...result,
  runs: result.runs.map((run) => ({
    ...run,
    looks: thinned(run.looks, looks).map((look) => ({
      ...look,
      points: look.points.subarray(0, 2 * points),
    })),
  })),
});

/**
 * The richest link that is no longer than a link of its kind may be: with a replay of many looks or few, or with the
 * last picture alone.
 */
export async function linkOf(full: SharedResult, replay: boolean): Promise<SharedLink> {
  const tries = replay ? replays : [{ looks: 1, points: 250 }, { looks: 1, points: 120 }]; // prettier-ignore
  const longest = replay ? longestReplay : longestPlain;
  for (const [i, { looks, points }] of tries.entries()) {
    const result = thinnedTo(full, looks, points);
    const hash = resultHash(await writeResult(result));
    if (hash.length <= longest || i === tries.length - 1) return { hash, result };
  }
  throw new Error(t`There is always a last one to try.`);
}

/** Replays of a file, richest first. */
const fileReplays = [
  { looks: 64, points: 400 },
  { looks: 40, points: 300 },
  { looks: 24, points: 300 },
  { looks: 24, points: 150 },
  { looks: 12, points: 100 },
  { looks: 1, points: 100 },
];

/** A result for a file: as rich as may be read back. */
export async function packedForFile(full: SharedResult): Promise<string> {
  for (const { looks, points } of fileReplays) {
    const packed = await writeResult(thinnedTo(full, looks, points));
    if (packed.length <= longestLink) return packed;
  }
  throw new Error(t`The last one has hardly anything in it and always fits.`);
}
