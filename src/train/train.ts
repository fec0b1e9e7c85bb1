/**
 * The one training loop, as a generator: each `next()` trains for a slice of
 * time and hands control back, so whoever pulls it decides about pauses,
 * messages and the end. Not pulling is pausing, as soon as the device is done
 * with what it has: two bundles of recorded steps at most (`pipeline.ts`).
 */
import type { Budget } from "../protocol/run.ts";
import { pipeline } from "./pipeline.ts";
import type { Trainer } from "./trainer.ts";

export interface TrainOptions {
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** Read before every step, so that it may change on the way. */
  readonly budget: () => Budget;
  /** Steps a second at most; Infinity for full speed. Read before every step. */
  readonly speed: () => number;
  /** Milliseconds of training between two hand-backs; of work in a bundle of recorded steps. */
  readonly slice?: number;
}

export interface Slice {
  /** Steps taken since the run began. */
  readonly step: number;
  /** Milliseconds spent training; pauses between slices are not counted, unless the device was still at work. */
  readonly elapsed: number;
  /** Milliseconds until the next step is due at this speed; 0 at full speed. The puller waits that long. */
  readonly due: number;
  /** Steps that were ordered at once; 1 where each is taken by itself. */
  readonly bundle: number;
}

/** Ends when the budget is used up, at once for instant models. Checkpoints are for whoever pulls to take. */
export async function* train(trainer: Trainer, options: TrainOptions): AsyncGenerator<Slice, void> {
  const { clock, budget, speed, slice = 20 } = options;
  let elapsed = 0;
  const device = pipeline(trainer, clock, slice);
  let handedBack: number | undefined;
  const over = (): boolean => {
    const { unit, amount } = budget();
    return (
      trainer.objectives.length === 0 ||
      (unit === "steps" ? trainer.step >= amount : elapsed >= amount * 1000)
    );
  };
  const stepsLeft = (): number => {
    const { unit, amount } = budget();
    return unit === "steps" ? Math.max(1, Math.ceil(amount) - trainer.step) : Infinity;
  };
  while (!over()) {
    const began = clock();
    if (handedBack !== undefined) elapsed += Math.max(0, device.busyUntil() - handedBack);
    const before = elapsed;
    let bundle = 1;
    if (trainer.replays && speed() === Infinity) {
      bundle = device.send(stepsLeft());
      await (over() ? device.drained() : device.room());
    } else {
      do {
        trainer.advance();
        elapsed = before + (clock() - began);
      } while (elapsed - before < slice && speed() === Infinity && !over() && !trainer.replays);
      // A GPU takes orders faster than it fills them: wait here, or a pause would come long after it was asked for.
      await trainer.settled();
    }
    handedBack = clock();
    elapsed = before + (handedBack - began);
    const due = speed() === Infinity ? 0 : Math.max(0, 1000 / speed() - (elapsed - before));
    elapsed += due; // slow motion takes the time it takes
    yield { step: trainer.step, elapsed, due, bundle };
  }
  await device.drained();
}
