/**
 * Recorded steps on their way to a device that takes orders faster than it fills
 * them: in bundles, each a few milliseconds of work, and never more than three
 * on their way, so that it is never idle and yet done soon after a pause.
 *
 * The next bundle is made to measure by what the last one took: by the device's
 * own clock, where it has one. Where not, the device tells when it is done with a
 * bundle; it began with it when it was done with the one before, or when it was
 * ordered, so its pace is known without asking it to stop. But a thread that is
 * busy hears late that a bundle is done, and takes the device for slower than it is.
 */
import type { Trainer } from "./trainer.ts";

export interface Pipeline {
  /** Orders a bundle, of `most` steps at most; returns of how many. */
  send(most: number): number;
  /** Resolves when the device has so few bundles left that it can be given another. */
  room(): Promise<void>;
  /** Resolves when it has none left. */
  drained(): Promise<void>;
  /** Until when the device has been at work, as the clock has it: now, or when it was done. */
  busyUntil(): number;
}

/** At most so many bundles with the device: one that it works at, one that waits, and the one being ordered. */
const mostSent = 3;

/** Steps in one bundle at most: its encoder should not grow without bound. */
const mostBundled = 500;

/**
 * @param clock milliseconds that only go forward.
 * @param target milliseconds of work in a bundle.
 */
export function pipeline(
  trainer: Pick<Trainer, "advance" | "settled" | "worked">,
  clock: () => number,
  target: number,
): Pipeline {
  let size = 1;
  let doneAt = -Infinity;
  /** Bundles that the device is not done with, the oldest first. */
  const sent: Promise<void>[] = [];

  async function measured(steps: number, began: number, ordered: number): Promise<void> {
    const worked = trainer.worked();
    await trainer.settled();
    const now = clock();
    const seen = now - Math.max(doneAt, began);
    doneAt = now;
    // To order it may have taken longer than to do it.
    const took = Math.max((await worked) ?? seen, ordered - began);
    // Not more than twofold at once: a picture that was drawn in between is no reason to think the device slow.
    const change = Math.min(2, Math.max(0.5, target / took));
    size = Math.min(mostBundled, Math.max(1, Math.round(steps * change)));
    void sent.shift();
  }

  return {
    send(most) {
      const steps = Math.min(size, most);
      const began = clock();
      trainer.advance(undefined, steps);
      const bundle = measured(steps, began, clock());
      bundle.catch(() => {}); // whoever waits for room hears of it
      sent.push(bundle);
      return steps;
    },
    async room() {
      while (sent.length >= mostSent) await sent[0];
    },
    async drained() {
      await Promise.all(sent);
    },
    busyUntil: () => (sent.length > 0 ? clock() : doneAt),
  };
}
