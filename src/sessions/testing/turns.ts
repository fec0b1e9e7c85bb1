/**
 * Time for tests of sessions, the same on every machine: a clock that moves when it is looked at, and waits for
 * turns of the event loop instead of milliseconds. What a busy machine does slowly it then does in the same order.
 */
import { onTestFinished } from "vitest";

/** Resolves after the messages that are waiting now have been handled. */
export const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock and a way to wait for it. @param pace milliseconds that pass between two looks. */
export function turnClock(pace = 1): { now(): number; wait(milliseconds: number): Promise<void> } {
  let now = 0;
  return {
    now: () => (now += pace),
    wait(milliseconds) {
      now += milliseconds;
      return tick();
    },
  };
}

/** Resolves once `met`, which is asked every turn; how long that may take is up to the test's own limit. */
export async function until(met: () => boolean): Promise<void> {
  let over = false;
  onTestFinished(() => void (over = true));
  while (!met() && !over) await tick();
}
