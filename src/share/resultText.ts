/**
 * A result as the text of a link and back. A document's JSON says what there is;
 * the numbers of maps, curves and looks follow it as bytes, in the order in which
 * the document names them; both together are pressed.
 */
import { t } from "../language/words.ts";
import { readLink, writeLink } from "./link.ts";
import { readDocument, newestVersion, type DocumentRun, type SharedDocument } from "./document.ts";
import { pack, unpack } from "./pack.ts";
import { rangeOf, readCurve, readFrames, writeCurve, writeFrames, type Range } from "./quantised.ts";
import { foreign } from "./refusal.ts";
import type { SharedExperiment } from "./experiment.ts";
import { levels } from "./density.ts";
import type { SharedResult, SharedRun } from "./result.ts";

/** JSON that is read at all, in bytes: what is not bytes of curves is short. */
const longestDocument = 262_144;
const headBytes = 4;

/** What a result is, in JSON that a person can read, without the numbers of curves and maps. */
export function documentOf(result: SharedResult): SharedDocument {
  const { table, scene, runs, race, experiment } = result;
  return {
    version: newestVersion,
    table: {
      rows: table.rows,
      width: table.width,
      columns: table.columns.map(({ categories, ...column }) => ({
        ...column,
        ...(categories && { categories: categories.map((each) => ({ ...each })) }),
      })),
      ...(table.fingerprint && { fingerprint: table.fingerprint }),
    },
    ...(scene && {
      scene: { view: scene.view, x: axisOf(scene.x), y: axisOf(scene.y), side: scene.real.side },
    }),
    runs: runs.map(documentRun),
    ...(race && { race }),
    ...(experiment && { experiment }),
  } as SharedDocument;
}

const axisOf = ({ range, ...axis }: NonNullable<SharedResult["scene"]>["x"]) => ({
  ...axis,
  ...(range && { range: [...range] }),
});

function documentRun(run: SharedRun): DocumentRun {
  const { setup, backend, distance, best, clusters, trilemma, raced, spread, losses, scores, looks, axes } =
    run;
  return {
    setup: writeLink(setup),
    step: run.step,
    elapsed: run.elapsed,
    stepsPerSecond: run.stepsPerSecond,
    ...(backend && { backend }),
    ...(distance !== undefined && { distance }),
    ...(best && { best }),
    ...(clusters && { clusters }),
    ...(axes.length > 0 && { axes: [...axes] }),
    ...(trilemma && { trilemma }),
    ...(raced && { raced }),
    ...(spread && { spread }),
    ...(run.distances.length > 0 && {
      distances: run.distances.map((value) => (Number.isFinite(value) ? value : null)),
    }),
    ...(run.shares.some((shares) => shares.length > 0) && { shares: run.shares.map((each) => [...each]) }),
    ...(losses.steps.length > 0 && {
      losses: {
        many: losses.steps.length,
        steps: spanOf(losses.steps),
        curves: losses.curves.map(({ name, values }) => ({ name, span: spanOf(values) })),
      },
    }),
    ...(scores.steps.length > 0 && {
      scores: { many: scores.steps.length, steps: spanOf(scores.steps), span: spanOf(scores.values) },
    }),
    ...(looks.length > 0 && {
      looks: looks.map(({ step }) => step),
      points: looks[0]!.points.length / 2,
    }),
  } as DocumentRun;
}

const spanOf = (values: readonly number[]): [number, number] => {
  const { low, high } = rangeOf(values);
  return [low, high];
};
const toRange = ([low, high]: readonly [number, number]): Range => ({ low, high });

/** @returns base64url. */
export async function writeResult(result: SharedResult): Promise<string> {
  const document = documentOf(result);
  const json = new TextEncoder().encode(JSON.stringify(document));
  const parts: Uint8Array[] = [];
  if (result.scene) parts.push(result.scene.real.cells);
  result.runs.forEach(({ losses, scores, looks }, r) => {
    const run = document.runs[r]!;
    if (run.losses) {
      parts.push(writeCurve(losses.steps, toRange(run.losses.steps)));
      losses.curves.forEach(({ values }, c) =>
        parts.push(writeCurve(values, toRange(run.losses!.curves[c]!.span))),
      );
    }
    if (run.scores)
      parts.push(
        writeCurve(scores.steps, toRange(run.scores.steps)),
        writeCurve(scores.values, toRange(run.scores.span)),
      );
    parts.push(writeFrames(looks.map(({ points }) => points)));
  });
  const bytes = new Uint8Array(headBytes + json.length + parts.reduce((sum, part) => sum + part.length, 0));
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, headBytes);
  let at = headBytes + json.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return pack(bytes);
}

/** What was read, and what of its settings was ignored and why. */
export interface OpenedResult {
  readonly result: SharedResult;
  readonly faults: readonly string[];
}

/** @throws ShareRefusal in words. */
export async function readResult(text: string): Promise<OpenedResult> {
  const bytes = await unpack(text);
  if (bytes.length < headBytes) throw foreign("");
  const length = new DataView(bytes.buffer).getUint32(0);
  if (length > longestDocument || headBytes + length > bytes.length) throw foreign("");
  const document = readDocument(new TextDecoder().decode(bytes.subarray(headBytes, headBytes + length)));
  return assemble(document, bytes.subarray(headBytes + length));
}

/** Puts the numbers back in their places. */
function assemble(document: SharedDocument, numbers: Uint8Array): OpenedResult {
  let at = 0;
  const take = (many: number): Uint8Array => {
    if (at + many > numbers.length) throw foreign(t`its curves`);
    at += many;
    return numbers.subarray(at - many, at);
  };
  const curve = (many: number, span: readonly [number, number]): number[] =>
    readCurve(take(2 * many), toRange(span));
  const steps = (many: number, span: readonly [number, number]): number[] => {
    const found = curve(many, span).map(Math.round);
    if (found.some((step, i) => !(step >= (found[i - 1] ?? 0)))) throw foreign(t`its steps`);
    return found;
  };

  const { table, scene, race, experiment } = document;
  const cells = scene && take(scene.side ** 2);
  if (cells?.some((level) => level > levels)) throw foreign(t`its map`);
  const faults: string[] = [];
  const runs = document.runs.map((run): SharedRun => {
    const opened = readLink(run.setup);
    faults.push(...opened.faults);
    const { losses, scores, looks, points } = run;
    return {
      setup: opened.setup,
      step: run.step,
      elapsed: run.elapsed,
      stepsPerSecond: run.stepsPerSecond,
      backend: run.backend,
      ...(run.distance !== undefined && { distance: run.distance }),
      ...(run.best && { best: run.best }),
      ...(run.clusters && { clusters: run.clusters }),
      axes: run.axes.map(({ axis, score, holdout }) => ({
        axis,
        score,
        ...(holdout !== undefined && { holdout }),
      })),
      ...(run.trilemma && { trilemma: defined(run.trilemma) }),
      ...(run.raced && { raced: defined(run.raced) }),
      ...(run.spread && { spread: defined(run.spread) }),
      distances: table.columns.map((_, i) => run.distances[i] ?? NaN),
      shares: table.columns.map((_, i) => run.shares[i] ?? []),
      losses: losses
        ? {
            steps: steps(losses.many, losses.steps),
            curves: losses.curves.map(({ name, span }) => ({ name, values: curve(losses.many, span) })),
          }
        : { steps: [], curves: [] },
      scores: scores
        ? { steps: steps(scores.many, scores.steps), values: curve(scores.many, scores.span) }
        : { steps: [], values: [] },
      looks: looked(looks, readFrames(take(looks.length * 2 * points), 2 * points)),
    };
  });
  if (at !== numbers.length) throw foreign(t`its end`);
  if (new Set(runs.map(({ setup }) => setup.dataset)).size > 1) throw foreign(t`its tables`);
  return {
    result: {
      table: {
        rows: table.rows,
        width: table.width,
        columns: table.columns.map(({ name, categories, ...column }) => ({
          ...column,
          ...(name !== undefined && { name }),
          ...(categories && { categories }),
        })),
        ...(table.fingerprint && { fingerprint: table.fingerprint }),
      },
      ...(scene &&
        cells && {
          scene: {
            view: scene.view,
            x: axisBack(scene.x),
            y: axisBack(scene.y),
            real: { side: scene.side, cells: cells.slice() },
          },
        }),
      runs,
      ...(race && { race: { seeds: race.seeds, ...(race.most && { most: race.most }) } }),
      ...(experiment && { experiment: experimentBack(experiment) }),
    },
    faults: [...new Set(faults)],
  };
}

function experimentBack({
  target,
  positive,
  ...rest
}: NonNullable<SharedDocument["experiment"]>): SharedExperiment {
  return { ...rest, ...(target !== undefined && { target }), ...(positive !== undefined && { positive }) };
}

function looked(steps: readonly number[], frames: readonly Float32Array[]): SharedRun["looks"] {
  if (steps.some((step, i) => step < (steps[i - 1] ?? 0))) throw foreign(t`its replay`);
  return frames.map((points, i) => ({ step: steps[i]!, points }));
}

function axisBack({ label, range, variance }: NonNullable<SharedDocument["scene"]>["x"]) {
  if (range && !(range[0] < range[1])) throw foreign(t`its map`);
  return { label, ...(range && { range }), ...(variance !== undefined && { variance }) };
}

/** Without what is not there. */
const defined = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
