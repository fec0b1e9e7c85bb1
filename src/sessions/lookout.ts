/**
 * Looks at a model's newest rows while it learns. A look is done in slices, and
 * the next one waits twenty times as long as it took, so that it costs less than
 * a twentieth of the worker's time; only where the model stands still is its
 * last word always looked at.
 */
import type { Work } from "../downstream/work.ts";
import type { Host } from "./host.ts";
import { inSlices } from "./slices.ts";

const timesAsLong = 20;
const sliceMs = 8;

export interface Lookout<S> {
  see(snapshot: S): void;
  /** The run stands, or stood, at this step: a snapshot of it is looked at in any case. */
  stands(step: number): void;
  end(): void;
}

export interface Looking<S, T> {
  /** Between two looks, ms; longer where they take long. */
  readonly everyMs: number;
  /** @param before what was looked at last. */
  look(snapshot: S, before: S | undefined): Work<T>;
  /** Called after each look. */
  tell(found: T): void;
  /** Called where one went wrong. */
  fail(error: unknown): void;
}

/** Nobody waits for the look that is under way. */
class Ended extends Error {}

export function lookout<S extends { readonly step: number }, T>(
  host: Pick<Host<never>, "now" | "rest">,
  { everyMs, look, tell, fail }: Looking<S, T>,
): Lookout<S> {
  let newest: S | undefined;
  let looked: S | undefined;
  let standing: number | undefined;
  let busy = false;
  let ended = false;
  let due = -Infinity;

  async function go(): Promise<void> {
    if (busy || ended || newest === undefined || newest === looked) return;
    if (host.now() < due && newest.step !== standing) return;
    busy = true;
    const snapshot = newest;
    let spent = 0;
    try {
      const found = await inSlices(look(snapshot, looked), host, sliceMs, {
        sliced: (took) => (spent += took),
        rested() {
          if (ended) throw new Ended();
        },
      });
      looked = snapshot;
      tell(found);
    } catch (error) {
      if (error instanceof Ended) return;
      throw error;
    } finally {
      due = host.now() + Math.max(everyMs, timesAsLong * spent);
      busy = false;
    }
    // What came meanwhile may be the last word.
    if (newest.step === standing) await go();
  }

  return {
    see(snapshot) {
      newest = snapshot;
      go().catch(fail);
    },
    stands(step) {
      standing = step;
      go().catch(fail);
    },
    end() {
      ended = true;
    },
  };
}
