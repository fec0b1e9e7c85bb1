/**
 * What the page hears of a run: losses, gathered while it has not paid for news,
 * and the pace of late. One credit, one message; the newest always goes along.
 */
import type { TrainEvent } from "../protocol/train.ts";
import type { Trainer } from "../train/trainer.ts";
import type { Host } from "./host.ts";

/** Losses are read from the device at most so often, ms: reading makes it wait. */
const everyMs = 100;
/** The pace is that of so many ms. */
const paceMs = 2_000;
const mostCredits = 2;

export interface Reports {
  credit(): void;
  /** After a pause: the pace begins anew. */
  resume(): void;
  /**
   * Notes the step that was reached, and tells the page if it is time and it has paid.
   * @param elapsed milliseconds of training so far.
   * @param force tell it in any case, as at the end of a run.
   * @throws Diverged where a loss is no sensible number.
   */
  note(elapsed: number, force: boolean): Promise<void>;
}

/** @param muted true where the run is about to be dropped and has nothing more to say. */
export function reports(
  host: Pick<Host<TrainEvent>, "post" | "now">,
  run: number,
  trainer: Trainer,
  muted: () => boolean,
): Reports {
  let credits = mostCredits;
  let pace: { readonly at: number; readonly step: number }[] = [];
  let losses: { steps: number[]; values: Record<string, number[]> } = { steps: [], values: {} };
  let reportedAt = host.now();
  let reportedStep = 0;

  async function gather(now: number): Promise<void> {
    const { step, losses: read } = await trainer.report();
    reportedAt = now;
    reportedStep = step;
    if (Object.keys(read).length === 0) return;
    losses.steps.push(step);
    for (const curve of trainer.curves) (losses.values[curve] ??= []).push(read[curve] ?? NaN);
  }

  function tell(elapsed: number): void {
    credits = Math.max(0, credits - 1);
    const first = pace[0];
    const span = first === undefined ? 0 : host.now() - first.at;
    host.post({
      type: "progress",
      run,
      step: trainer.step,
      losses,
      elapsed: elapsed / 1000,
      stepsPerSecond: span > 0 ? ((trainer.step - first!.step) * 1000) / span : 0,
    });
    losses = { steps: [], values: {} };
  }

  return {
    credit: () => void (credits = Math.min(mostCredits, credits + 1)),
    resume: () => void (pace = []),
    async note(elapsed, force) {
      const now = host.now();
      pace.push({ at: now, step: trainer.step });
      while (pace.length > 2 && now - pace[0]!.at > paceMs) pace.shift();
      if (!force && now - reportedAt < everyMs) return;
      if (trainer.step !== reportedStep) await gather(now);
      if (!muted() && (credits > 0 || force)) tell(elapsed);
    },
  };
}
