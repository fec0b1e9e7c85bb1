/**
 * Weights along the way: of the checkpoints that a run leaves, a few that lie far
 * apart stay, as many as there is room for, so that one can go back to other
 * steps than the best. The optimizer's memory is part of each, so that a run goes
 * on from there as it once did.
 */
import type { KeptRun } from "../protocol/port.ts";
import type { Checkpoint } from "../train/checkpoint.ts";

/** Bytes that checkpoints take together: with the page's looks at the run, 4 MB. The best one is held besides (`scoring`). */
export const room = 3_600_000;
/** The same where looks hold images. */
export const roomBesideImages = 3_400_000;
/** More would stand too close on a line to be told apart. */
const most = 12;

export interface Moments {
  /** Notes a checkpoint. @returns whether the list has changed. */
  note(kept: KeptRun): boolean;
  /** Ascending. */
  readonly steps: readonly number[];
  at(step: number): KeptRun | undefined;
  readonly bytes: number;
}

export function moments(bytes: number): Moments {
  let held: readonly KeptRun[] = [];
  const stepOf = ({ checkpoint }: KeptRun): number => checkpoint.step;
  return {
    note(kept) {
      const step = stepOf(kept);
      const size = bytesOf(kept.checkpoint);
      const before = held.filter((each) => each.run === kept.run && stepOf(each) < step);
      const fit = Math.min(most, Math.floor(bytes / size));
      // What was kept before the first step has learned nothing.
      const next = step === 0 || fit < 1 ? before : thinned([...before, kept], fit, stepOf);
      const changed = next.map(stepOf).join() !== held.map(stepOf).join();
      held = next;
      return changed;
    },
    get steps() {
      return held.map(stepOf);
    },
    at: (step) => held.find((each) => stepOf(each) === step),
    get bytes() {
      return held.reduce((sum, { checkpoint }) => sum + bytesOf(checkpoint), 0);
    },
  };
}

export const bytesOf = ({ parts }: Checkpoint): number =>
  parts.reduce((sum, { values }) => sum + values.reduce((all, { byteLength }) => all + byteLength, 0), 0);

/** Without those that stand nearest to what is before and after them; after the newest, as far off as what is before it. */
function thinned<T>(all: readonly T[], fit: number, stepOf: (one: T) => number): readonly T[] {
  let left = all;
  while (left.length > fit) {
    let [place, least] = [0, Infinity];
    for (let i = 0; i < left.length; i++) {
      const [before, step] = [i === 0 ? 0 : stepOf(left[i - 1]!), stepOf(left[i]!)];
      const between = i < left.length - 1 ? stepOf(left[i + 1]!) - before : 2 * (step - before);
      if (between < least) [place, least] = [i, between];
    }
    left = left.filter((_, i) => i !== place);
  }
  return left;
}
