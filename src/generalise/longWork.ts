/**
 * Work that waits for others on the way: a model that trains on a device, say.
 * As `Work`, each `next()` does a piece and hands back the share that is done;
 * `return()` ends it for good, and whoever holds a model then frees it.
 */
import type { Work } from "../downstream/work.ts";

/** Yields the share done, 0 to 1, after every piece; returns the result. */
export type LongWork<T> = AsyncGenerator<number, T, void>;

/** The work, which may be `Work` that waits for nobody, as a part of a larger one: its shares run from `from` to `to`. */
export async function* stretch<T>(work: LongWork<T> | Work<T>, from: number, to: number): LongWork<T> {
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await work.next();
      if (done === true) {
        ended = true;
        return value;
      }
      yield from + (to - from) * value;
    }
  } finally {
    // Left early: the work inside has something to free, too.
    if (!ended) await (work as LongWork<T>).return(undefined as T);
  }
}

/** Does all of the work. */
export async function finishLong<T>(work: LongWork<T>): Promise<T> {
  for (;;) {
    const { done, value } = await work.next();
    if (done === true) return value;
  }
}
