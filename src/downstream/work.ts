/**
 * Long computations as generators: each `next()` does a piece of the work and
 * hands back the share that is done, so that a worker can answer its mail,
 * show progress, or stop by not asking for more.
 */

/** Yields the share done, 0 to 1, after every piece; returns the result. */
export type Work<T> = Generator<number, T, void>;

/** Does all of the work at once. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The work as a part of a larger one: its shares run from `from` to `to`. */
export function* part<T>(work: Work<T>, from: number, to: number): Work<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    yield from + (to - from) * value;
  }
}
