/** Long work in a worker: some of it, then the mail, then more of it. */
import type { Work } from "../downstream/work.ts";
import type { Host } from "./host.ts";

export interface Heeding {
  /** After each slice: how long it took, ms, and the share done, 1 at the end. */
  sliced?(took: number, share: number): void;
  /** After the mail was let in; throws where the rest of the work is no longer wanted. */
  rested?(): void;
}

/** Does the work in slices of `sliceMs` or a piece of it, whichever is longer. @throws what the work or `rested` throws. */
export async function inSlices<T>(
  work: Work<T>,
  host: Pick<Host<never>, "now" | "rest">,
  sliceMs: number,
  heeding: Heeding = {},
): Promise<T> {
  for (;;) {
    const began = host.now();
    let next = work.next();
    while (next.done !== true && host.now() - began < sliceMs) next = work.next();
    heeding.sliced?.(host.now() - began, next.done === true ? 1 : next.value);
    if (next.done === true) return next.value;
    await host.rest();
    heeding.rested?.();
  }
}
