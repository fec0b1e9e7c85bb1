/**
 * Snapshots for the analysis worker to draw: one for every wish, when there is
 * something new to see, and never so many that training suffers.
 */
import type { FromTrain } from "../protocol/port.ts";
import type { Trainer } from "../train/trainer.ts";

/** Drawing snapshots takes at most this share of the time. */
const share = 0.2;
const shortestGapMs = 120;

export interface Pictures {
  /** Asks for a snapshot of so many rows. */
  want(rows: number): void;
  /** Another model is to be seen, though it be at the same step. */
  turnTo(): void;
  /** When the next one is due, as the clock has it: 0 where nothing trains meanwhile; Infinity where none is wanted. */
  dueAt(trainer: Trainer, training: boolean): number;
  /** Makes the one that is wanted. @throws whatever the model throws; the wish stands. */
  make(
    of: { readonly run: number; readonly data: number; readonly keeps?: boolean },
    trainer: Trainer,
  ): Promise<void>;
}

export function pictures(
  now: () => number,
  answer: (message: FromTrain, transfer: Transferable[]) => void,
): Pictures {
  let wanted: number | undefined;
  let shown = -1;
  let next = 0;
  return {
    want: (rows) => void (wanted = rows),
    turnTo() {
      shown = -1;
      next = 0;
    },
    dueAt(trainer, training) {
      if (wanted === undefined || trainer.step === shown) return Infinity;
      return training ? next : 0;
    },
    async make({ run, data, keeps = false }, trainer) {
      const began = now();
      const { step } = trainer;
      const count = wanted!;
      // Before the wait: what is asked for meanwhile is another one, and a step that can't be drawn is not tried for ever.
      wanted = undefined;
      shown = step;
      try {
        const rows = await trainer.snapshot(count);
        answer({ type: "snapshot", run, data, step, rows, ...(keeps && { keeps }) }, [
          rows.values.buffer as ArrayBuffer,
        ]);
      } catch (error) {
        wanted ??= count;
        throw error;
      }
      const ended = now();
      next = ended + Math.max(shortestGapMs, (ended - began) * (1 / share - 1));
    },
  };
}
