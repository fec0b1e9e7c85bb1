/**
 * The one training loop, as a generator: each `next()` trains for a slice of
 * time and hands control back, so whoever pulls it decides about pauses,
 * messages and the end. Not pulling is pausing.
 */
import type { Budget } from "../protocol/run.ts";
import type { Trainer } from "./trainer.ts";

export interface TrainOptions {
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** Read before every step, so that it may change on the way. */
  readonly budget: () => Budget;
  /** Steps a second at most; Infinity for full speed. Read before every step. */
  readonly speed: () => number;
  /** Milliseconds of training between two hand-backs. */
  readonly slice?: number;
}

export interface Slice {
  /** Steps taken since the run began. */
  readonly step: number;
  /** Milliseconds spent training; pauses between slices are not counted. */
  readonly elapsed: number;
  /** Milliseconds until the next step is due at this speed; 0 at full speed. The puller waits that long. */
  readonly due: number;
}

/** Recorded steps in one submission at most: its encoder should not grow without bound. */
const mostBundled = 500;

/** The next bundle's size where the last one should have been `factor` times as large: changed twofold at most. */
const nextBundle = (bundle: number, factor: number): number =>
  Math.min(mostBundled, Math.max(1, Math.round(bundle * Math.min(2, Math.max(0.5, factor)))));

/** How often the weights are kept as ones to go back to, in milliseconds of training. */
const keepEvery = 2_000;

/**
 * Ends when the budget is used up, at once for instant models.
 * @throws Diverged when a checkpoint finds the weights ruined; losses are judged by `report`.
 */
export async function* train(trainer: Trainer, options: TrainOptions): AsyncGenerator<Slice, void> {
  const { clock, budget, speed, slice = 20 } = options;
  let elapsed = 0;
  let kept = -Infinity;
  let bundle = 1;
  const over = (): boolean => {
    const { unit, amount } = budget();
    return (
      trainer.objectives.length === 0 ||
      (unit === "steps" ? trainer.step >= amount : elapsed >= amount * 1000)
    );
  };
  const left = (): number => {
    const { unit, amount } = budget();
    return unit === "steps" ? Math.max(1, Math.ceil(amount) - trainer.step) : Infinity;
  };
  while (!over()) {
    if (elapsed - kept >= keepEvery) {
      await trainer.checkpoint();
      kept = elapsed;
    }
    const began = clock();
    const before = elapsed;
    const bundled = trainer.replays && speed() === Infinity;
    if (bundled) trainer.advance(undefined, Math.min(bundle, left()));
    else
      do {
        trainer.advance();
        elapsed = before + (clock() - began);
      } while (elapsed - before < slice && speed() === Infinity && !over() && !trainer.replays);
    // A GPU takes orders faster than it fills them: wait here, or a pause would come long after it was asked for.
    await trainer.settled();
    elapsed = before + (clock() - began);
    // As many recorded steps at a time as fill a slice: the device says how many those are, not JavaScript.
    if (bundled) bundle = nextBundle(bundle, slice / Math.max(1, elapsed - before));
    const due = speed() === Infinity ? 0 : Math.max(0, 1000 / speed() - (elapsed - before));
    elapsed += due; // slow motion takes the time it takes
    yield { step: trainer.step, elapsed, due };
  }
}
