/**
 * Which step of a run was the best, by rows that nobody learned from: every
 * second or so the model's rows are held against the holdout, and the checkpoint
 * that was kept when they were nearest stays, so that a run can go back to it.
 */
import type { KeptRun } from "../protocol/port.ts";
import { weightsOf } from "../project/weights.ts";
import { energyTo, type EnergyReference } from "../quality/energy.ts";
import { random } from "../random/random.ts";
import { picture, type Prepared } from "./preparing.ts";
import type { Snapshot } from "./scene.ts";

/** A holdout of fewer rows tells chance from progress too badly. */
const fewestRows = 20;
/** Rows of each side that are compared, fewer where they are wide: the work is their square times the width. */
const mostRows = 400;
const work = 16_000_000;
const everyMs = 1_000;

export interface Score {
  readonly run: number;
  readonly step: number;
  /** Energy distance to the holdout, about 0 to 1: the middle one of the last three looks, for one alone may be luck. */
  readonly distance: number;
}

export interface Scoring {
  /** Scores a snapshot; undefined where it isn't time yet. */
  score(snapshot: Snapshot): Score | undefined;
  /** Notes a checkpoint. @returns whether it is the best so far. */
  note(kept: KeptRun): boolean;
  readonly best: { readonly kept: KeptRun; readonly distance: number } | undefined;
}

/** Undefined where no rows, or too few, were set aside. */
export function scoring(prepared: Prepared, now: () => number): Scoring | undefined {
  const { split, table, lens, seed } = prepared;
  if (split.holdout.length < fewestRows) return undefined;
  const size = Math.max(fewestRows, Math.min(mostRows, Math.floor(Math.sqrt(work / lens.width))));
  const weights = weightsOf(lens.spans);
  const seen = (rows: ReturnType<typeof picture>): ReturnType<typeof picture> => {
    const count = Math.min(size, rows.rows);
    const values = rows.values.subarray(0, count * rows.width);
    return {
      values: values.map((value, i) => value * weights[i % rows.width]!),
      rows: count,
      width: rows.width,
    };
  };
  let reference: EnergyReference | undefined;
  const open = (): EnergyReference => {
    const order = random(seed).fork("score").permutation(split.holdout.length).slice(0, size);
    return energyTo(
      seen(
        picture(
          prepared,
          table,
          order.map((at) => split.holdout[at]!),
        ),
      ),
    );
  };
  let due = -Infinity;
  let latest: Score | undefined;
  /** The last few looks of the run. */
  let recent: number[] = [];
  let best: Scoring["best"];
  return {
    score(snapshot) {
      if (now() < due) return undefined;
      const began = now();
      if (latest?.run !== snapshot.run) {
        recent = [];
        best = undefined;
      }
      const distance = (reference ??= open()).distance(seen(snapshot.matrix()));
      due = now() + Math.max(everyMs, 9 * (now() - began));
      recent = [...recent, distance].slice(-3);
      latest = { run: snapshot.run, step: snapshot.step, distance: middleOf(recent) };
      return latest;
    },
    note(kept) {
      if (latest === undefined || kept.run !== latest.run || kept.checkpoint.step < latest.step) return false;
      const { distance } = latest;
      if (best !== undefined && distance >= best.distance) return false;
      best = { kept, distance };
      return true;
    },
    get best() {
      return best;
    },
  };
}

/** The middle one; of two, the larger. */
const middleOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
