/**
 * What follows when the training worker is lost: a fresh worker, on WebAssembly
 * where the GPU was at fault and nobody insisted on it, and an end to trying
 * where it keeps happening.
 */
import type { BackendName } from "../protocol/run.ts";

/** What dies again and again would only burn the battery. */
const mostLosses = 2;
const withinMs = 60_000;

export interface Recovery {
  /** The backend to ask for; undefined leaves the choice to the worker. */
  readonly backend: BackendName | undefined;
  /** Why it is another than at first, for the badge. */
  readonly reason: string | undefined;
  /**
   * Notes a loss. What to say of it, or undefined where it is time to give up.
   * @param message what happened, as a sentence.
   * @param now milliseconds that only grow.
   */
  again(message: string, had: BackendName | undefined, now: number): string | undefined;
}

/** @param forced the backend that the person insists on. */
export function recovery(forced: BackendName | undefined): Recovery {
  let losses: readonly number[] = [];
  let backend = forced;
  let reason: string | undefined;
  return {
    get backend() {
      return backend;
    },
    get reason() {
      return reason;
    },
    again(message, had, now) {
      losses = [...losses.filter((at) => now - at < withinMs), now];
      if (losses.length > mostLosses) return undefined;
      if (had !== "webgpu" || forced !== undefined) return message;
      backend = "wasm";
      reason = `${message} WebAssembly has taken over.`;
      return reason;
    },
  };
}
