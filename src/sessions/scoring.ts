/**
 * Which step of a run was the best, by rows that nobody learned from: every
 * second or so, and where it is kept, the model's rows are held against the
 * holdout, and the checkpoint of the step where they were nearest stays, so that a
 * run can go back to it. One look alone may be luck, so the best is found by the
 * median of three; its own distance is that of its own rows, which it draws again
 * when it is gone back to.
 */
import { fewestHeldOut } from "../catalog/holdout.ts";
import type { KeptRun } from "../protocol/port.ts";
import { weighed, weightsOf } from "../project/weights.ts";
import { energyTo, type EnergyReference } from "../quality/energy.ts";
import { random } from "../random/random.ts";
import { picture, type Learnable } from "./preparing.ts";
import type { Snapshot } from "./scene.ts";

/** Rows of each side that are compared, fewer where they are wide: the work is their square times the width. */
const mostRows = 400;
const work = 16_000_000;
const everyMs = 1_000;

export interface Score {
  readonly run: number;
  readonly step: number;
  /** Energy distance to the holdout, about 0 to 1: the median of the last three looks. */
  readonly distance: number;
}

export interface Scoring<Kept extends Pick<KeptRun, "run" | "checkpoint"> = KeptRun> {
  /** It is time for the next score, by the clock and by what the last one took. */
  readonly due: boolean;
  score(snapshot: Scored): Score;
  /** Notes a checkpoint; one whose step was not scored is none to choose. @returns whether it is the best so far. */
  note(kept: Kept): boolean;
  readonly best: { readonly kept: Kept; readonly distance: number } | undefined;
  /** The run went back to a step: a later one is no longer its best. */
  goneBack(step: number): void;
}

type Scored = Pick<Snapshot, "run" | "step" | "matrix">;

/** Undefined where no rows, or too few, were set aside. */
export function scoring<Kept extends Pick<KeptRun, "run" | "checkpoint"> = KeptRun>(
  prepared: Learnable,
  now: () => number,
): Scoring<Kept> | undefined {
  const { split, table, lens, seed } = prepared;
  if (split.holdout.length < fewestHeldOut) return undefined;
  const size = Math.max(fewestHeldOut, Math.min(mostRows, Math.floor(Math.sqrt(work / lens.width))));
  const weights = weightsOf(lens.spans);
  const seen = (rows: ReturnType<typeof picture>): ReturnType<typeof picture> => {
    const count = Math.min(size, rows.rows);
    return weighed({ ...rows, values: rows.values.subarray(0, count * rows.width), rows: count }, weights);
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
  /** The last few of the run, for one alone may be luck. */
  let recent: number[] = [];
  /** What was found at the last few steps: a checkpoint comes a moment after them. */
  let found: { readonly step: number; readonly own: number; readonly median: number }[] = [];
  let best: (NonNullable<Scoring<Kept>["best"]> & { readonly median: number }) | undefined;
  return {
    get due() {
      return now() >= due;
    },
    score(snapshot) {
      const began = now();
      if (latest?.run !== snapshot.run) {
        recent = found = [];
        best = undefined;
      } else if (snapshot.step < latest.step) recent = found = [];
      const distance = (reference ??= open()).distance(seen(snapshot.matrix()));
      due = now() + Math.max(everyMs, 9 * (now() - began));
      recent = [...recent, distance].slice(-3);
      latest = { run: snapshot.run, step: snapshot.step, distance: medianOf(recent) };
      found = [...found, { step: snapshot.step, own: distance, median: latest.distance }].slice(-8);
      return latest;
    },
    note(kept) {
      const score = found.findLast(({ step }) => step === kept.checkpoint.step);
      if (score === undefined || kept.run !== latest?.run) return false;
      const { own, median } = score;
      if (best !== undefined && median >= best.median) return false;
      best = { kept, distance: own, median };
      return true;
    },
    goneBack(step) {
      recent = [];
      if (best !== undefined && best.kept.checkpoint.step > step) best = undefined;
    },
    get best() {
      return best;
    },
  };
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
