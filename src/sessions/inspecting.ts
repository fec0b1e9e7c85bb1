/**
 * Looks at a model's newest rows for what losses don't show: groups of real
 * rows that it leaves out, and rows that it learned by heart.
 */
import { part, type Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { weighed, weightsOf } from "../project/weights.ts";
import type { ClusterLook, MemoryLook, Shown } from "../protocol/analysis.ts";
import { findClusters, missedClusters, type Clusters } from "../quality/clusters.ts";
import { equalShare, memorisation, remembers } from "../quality/memorisation.ts";
import { random } from "../random/random.ts";
import type { Host } from "./host.ts";
import { lookout, type Lookout } from "./lookout.ts";
import { picture, type Prepared } from "./preparing.ts";
import { some, type Snapshot } from "./scene.ts";

/** Between two looks, ms; longer where they take long. */
const everyMs = 2_000;
/** A cluster is missed once it was empty in so many looks in a row. */
const looksInRow = 3;
/** Real rows that clusters are found among, and numbers in each beyond which rows are projected. */
const clusterRows = 2_000;
const widest = 24;
/** Holdout rows fewer than these say too little of memory. */
const fewestHeld = 20;
/** Numbers compared in one look for memory; of a larger table a sample is looked at. */
const comparisons = 40_000_000;
const snapshotRows = 400;
/** Rows that are ringed at most. */
const mostRinged = 200;

export interface Inspection {
  readonly run: number;
  readonly step: number;
  readonly clusters?: ClusterLook;
  readonly memory?: MemoryLook;
}

/** Rows to be ringed: of the whole table, and of the snapshot. */
export interface Ringed {
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
}

export interface Inspecting extends Lookout<Snapshot> {
  ringed(shown: Shown): Ringed;
}

/** What is worked out once. */
interface Reference {
  readonly clusters: Clusters | undefined;
  /** By row of `sample`, its cluster. */
  readonly assigned: Int32Array;
  readonly sample: Int32Array;
  readonly real:
    | { readonly rows: Int32Array; readonly train: Matrix; readonly holdout: Matrix; readonly equal: number }
    | undefined;
}

/** @param tell called after each look. @param fail where one went wrong. */
export function inspecting(
  prepared: Prepared,
  host: Pick<Host<never>, "now" | "rest">,
  tell: (inspection: Inspection) => void,
  fail: (error: unknown) => void,
): Inspecting {
  const { table, split, lens, seed } = prepared;
  const weights = weightsOf(lens.spans);
  const source = random(seed).fork("inspect");
  const project = projection(lens.width, source.fork("directions"));
  const pictured = (rows: Int32Array): Matrix => weighed(picture(prepared, table, rows), weights);

  let reference: Reference | undefined;
  /** Missed clusters of the last looks at this run, the newest last. */
  let misses: (readonly number[])[] = [];
  let memories: boolean[] = [];
  let rings: { readonly missed: Int32Array; readonly remembered: Ringed } | undefined;

  function* refer(): Work<Reference> {
    const order = source.fork("rows").permutation(split.train.length);
    const sample = order.slice(0, clusterRows).map((at) => split.train[at]!);
    const rows = project(pictured(sample));
    const clusters = yield* part(findClusters(rows, source.fork("clusters")), 0, 0.5);
    const base = {
      clusters,
      sample,
      assigned: clusters?.assign(rows) ?? new Int32Array(sample.length).fill(-1),
    };
    if (split.holdout.length < fewestHeld) return { ...base, real: undefined };
    const total = split.train.length + split.holdout.length;
    const share = Math.min(1, comparisons / (snapshotRows * lens.width * total));
    const of = (all: Int32Array, fork: string): Int32Array =>
      source.fork(fork).permutation(all.length).slice(0, Math.max(fewestHeld, Math.round(share * all.length))).map((at) => all[at]!); // prettier-ignore
    const known = of(split.train, "train");
    const [train, holdout] = [pictured(known), pictured(of(split.holdout, "holdout"))];
    const few = { ...holdout, rows: Math.min(holdout.rows, 200) };
    const equal = yield* part(equalShare(few, train), 0.5, 1);
    return { ...base, real: { rows: known, train, holdout, equal } };
  }

  function* look(snapshot: Snapshot, before: Snapshot | undefined): Work<Inspection> {
    const known = (reference ??= yield* part(refer(), 0, 0.5));
    const made = weighed(snapshot.matrix(), weights);
    if (before?.run !== snapshot.run) [misses, memories] = [[], []];
    const { run, step } = snapshot;
    const { clusters, real } = known;
    const missed = clusters && missedClusters(clusters, clusters.assign(project(made)));
    const memory = real && (yield* part(memorisation(made, real.train, real.holdout, real.equal), 0.5, 1));
    misses = [...misses, missed?.clusters ?? []].slice(-looksInRow);
    memories = [...memories, memory !== undefined && remembers(memory)].slice(-2);
    const gone = missed?.clusters ?? [];
    const lasting =
      misses.length < looksInRow ? [] : gone.filter((each) => misses.every((then) => then.includes(each)));
    rings = {
      missed: known.sample.filter((_, i) => gone.includes(known.assigned[i]!)),
      remembered: {
        real: Int32Array.from(memory?.remembered.slice(0, mostRinged) ?? [], ({ of }) => real!.rows[of]!),
        synthetic: Int32Array.from(memory?.remembered.slice(0, mostRinged) ?? [], ({ row }) => row),
      },
    };
    return {
      run,
      step,
      ...(missed && {
        clusters: {
          clear: clusters!.clear,
          of: clusters!.shares.length,
          missed: gone.length,
          // A model that is still on its way finds one after the other.
          lasting: misses[0]!.length > gone.length ? 0 : lasting.length,
          found: missed.found,
          expected: missed.expected,
          rows: missed.near,
        },
      }),
      ...(memory && {
        memory: {
          nearer: memory.nearer,
          neutral: memory.neutral,
          error: memory.error,
          copies: memory.copies,
          copiesExpected: memory.copiesExpected,
          rows: memory.rows,
          remembers: remembers(memory),
          lasting: memories.length === 2 && memories.every(Boolean),
        },
      }),
    };
  }

  return {
    ...lookout(host, { everyMs, look, tell, fail }),
    ringed(shown) {
      const none = new Int32Array(0);
      switch (shown.kind) {
        case "missed":
          return { real: some(rings?.missed ?? none, mostRinged), synthetic: none };
        case "remembered":
          return rings?.remembered ?? { real: none, synthetic: none };
        case "category":
          return { real: some(having(prepared, shown.column, shown.label), mostRinged), synthetic: none };
        default:
          shown satisfies never;
          return { real: none, synthetic: none };
      }
    },
  };
}

/** Training rows that have a category. */
function having({ table, split }: Prepared, name: string, label: string): Int32Array {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || !("codes" in column)) return new Int32Array(0);
  const code = column.levels.indexOf(label);
  return code < 0 ? new Int32Array(0) : split.train.filter((row) => column.codes[row] === code);
}

/**
 * Wide rows in few directions drawn at random, which keep distances about as they are (W. Johnson, J. Lindenstrauss,
 * Extensions of Lipschitz Mappings into a Hilbert Space, 1984); narrow ones as they are.
 */
function projection(width: number, source: ReturnType<typeof random>): (rows: Matrix) => Matrix {
  if (width <= widest) return (rows) => rows;
  const directions = Float32Array.from({ length: width * widest }, () => source.normal() / Math.sqrt(widest));
  return ({ values, rows }) => {
    const out = new Float32Array(rows * widest);
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < width; j++) {
        const value = values[row * width + j]!;
        if (value === 0) continue;
        for (let d = 0; d < widest; d++) out[row * widest + d]! += value * directions[j * widest + d]!;
      }
    return { values: out, rows, width: widest };
  };
}
