/**
 * What survives the worker: checkpoints on their way to the analysis worker,
 * which holds the newest. They are taken every two seconds of training, unless
 * they would take more than a twentieth of the time: a net of a hundred million
 * weights is read back more seldom than one of a thousand. A device goes on meanwhile: the copies are ordered between
 * two of its steps.
 */
import type { FromTrain, KeptRun } from "../protocol/port.ts";
import type { Lap } from "../protocol/run.ts";
import type { TrainEvent } from "../protocol/train.ts";
import type { Checkpoint } from "../train/checkpoint.ts";
import type { Trainer } from "../train/trainer.ts";
import type { Host } from "./host.ts";
import type { Reports } from "./reports.ts";

const everyMs = 2_000;
const share = 0.05;

export interface Keeping {
  /** @param elapsed milliseconds of training so far. */
  due(elapsed: number): boolean;
  /**
   * Keeps the run as it stands now, while it goes on. What goes wrong is thrown by the next call of this or `keep`.
   * @throws Diverged as `keep` does.
   */
  order(elapsed: number): void;
  /**
   * Keeps the run as it stands, unless that is how it was kept last. The device is done with its work then.
   * @throws Diverged where weights or losses are no sensible numbers.
   */
  keep(elapsed: number, finished: boolean): Promise<void>;
  /** Resolves when nothing that was ordered is under way. */
  settled(): Promise<void>;
  /** The run is dropped: what is under way is told to nobody. */
  end(): void;
}

export interface KeepingOptions {
  readonly host: Pick<Host<TrainEvent>, "post" | "now" | "rest">;
  readonly run: number;
  /** Names the rows it learns from. */
  readonly data: number;
  readonly config: KeptRun["config"];
  readonly trainer: Trainer;
  /** How its backend was chosen. */
  readonly laps: readonly Lap[];
  readonly reports: Pick<Reports, "untold">;
  answer(message: FromTrain, transfer: Transferable[]): void;
  /** What it goes on from, which needs no keeping again. */
  readonly kept: KeptRun | undefined;
  /** The device is gone, and what was read from it last is worth nothing. */
  lost(): boolean;
}

export function keeping(options: KeepingOptions): Keeping {
  const { host, run, data, config, trainer, laps, reports, answer, lost } = options;
  let every = everyMs;
  let last = options.kept && markOf(options.kept);
  /** What was ordered and is not here yet; never rejects. */
  let under: Promise<void> | undefined;
  /** What went wrong with it. */
  const faults: unknown[] = [];
  let ended = false;

  async function take(elapsed: number, finished: boolean): Promise<void> {
    const began = host.now();
    // Both are ordered before anything is awaited, so they are of one and the same step.
    const untold = reports.untold();
    const [losses, taken] = await Promise.all([untold, trainer.checkpoint(untold)]);
    const checkpoint = copyOf(taken);
    every = Math.max(everyMs, (host.now() - began) * (1 / share - 1));
    const fitted = instant(trainer) ? null : trainer.fitted;
    const kept = { run, data, checkpoint, config, fitted, elapsed, finished, laps, losses };
    last = markOf(kept);
    // The word that a GPU has failed comes a moment after the numbers that it spoilt.
    await host.rest();
    if (lost() || ended) return;
    answer({ type: "kept", kept }, buffersOf(checkpoint));
    host.post({ type: "kept", run, step: checkpoint.step });
  }

  function complain(): void {
    if (faults.length > 0) throw faults.pop();
  }

  return {
    due: (elapsed) => under === undefined && (last === undefined || elapsed - last.elapsed >= every),
    order(elapsed) {
      complain();
      under = take(elapsed, false)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => (under = undefined));
    },
    async keep(elapsed, finished) {
      await under;
      complain();
      if (last !== undefined && last.step === trainer.step && last.finished === finished)
        return trainer.settled();
      await take(elapsed, finished);
    },
    settled: async () => under,
    end: () => void (ended = true),
  };
}

/** A model without steps is fitted anew; what it fitted may be all the table. */
const instant = ({ objectives }: Trainer): boolean => objectives.length === 0;

const markOf = ({ elapsed, finished, checkpoint: { step } }: KeptRun) => ({ elapsed, finished, step });

/** The trainer goes back to its own where training diverges; this one leaves the worker. */
const copyOf = ({ step, parts }: Checkpoint): Checkpoint => ({
  step,
  parts: parts.map(({ values, count }) => ({ values: values.map((each) => each.slice()), count })),
});

const buffersOf = ({ parts }: Checkpoint): Transferable[] =>
  parts.flatMap(({ values }) => values.map(({ buffer }) => buffer as ArrayBuffer));
