import { readFileSync } from "node:fs";

/**
 * Milliseconds that this very thread was on a core: without waiting for one, and without the other threads of the engine, which
 * collect garbage and compile meanwhile. A few milliseconds coarse. @returns NaN where the system doesn't say.
 */
export function threadTime(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
  } catch {
    return NaN;
  }
}
