/**
 * What the page hears of a run: losses, gathered while it has not paid for news,
 * and the pace of late. One credit, one message; the newest always goes along.
 */
import type { LossReport, Orders, TrainEvent } from "../protocol/train.ts";
import type { Trainer } from "../train/trainer.ts";
import type { Host } from "./host.ts";

/** Losses are read from the device at most so often, ms. */
const everyMs = 100;
/** The pace is that of so many ms: pictures, downloads and other programs hold steps up, now and then for a second. */
const paceMs = 10_000;
const mostCredits = 2;

export interface Reports {
  credit(): void;
  /** After a pause, or at another speed: the pace begins anew. */
  resume(): void;
  /**
   * Notes the step that was reached. If it is time, losses are read, and the page is told of them if it has paid. The
   * device goes on meanwhile, and so may the caller: what comes back is told as it comes, and what goes wrong is
   * thrown by the next call.
   * @param elapsed milliseconds of training so far.
   * @param orders how they reached the device of late.
   * @param force tell it now and in any case, as at the end of a run.
   * @throws Diverged where a loss is no sensible number.
   */
  note(elapsed: number, orders: Orders, force: boolean): Promise<void>;
  /**
   * For a checkpoint of this very step: the losses up to it that the page may not have, which are those gathered
   * since the last call and those not yet told by then.
   * @throws Diverged where a loss is no sensible number.
   */
  untold(): Promise<LossReport>;
}

interface Point {
  readonly step: number;
  readonly losses: Readonly<Record<string, number>>;
}

/**
 * @param muted true where the run is about to be dropped and has nothing more to say.
 * @param earlier what an earlier worker may not have told.
 */
export function reports(
  host: Pick<Host<TrainEvent>, "post" | "now">,
  run: number,
  trainer: Trainer,
  muted: () => boolean,
  earlier: LossReport | undefined,
): Reports {
  let credits = mostCredits;
  let pace: { readonly at: number; readonly step: number }[] = [];
  let points: Point[] = earlier === undefined ? [] : pointsOf(earlier);
  /** How many of the points the page was sent. */
  let told = 0;
  let reportedAt = host.now();
  let reportedStep = trainer.step;

  /** Losses that are being read while the device goes on; never rejects. */
  let reading: Promise<void> | undefined;
  /** What went wrong with that: one at most, thrown as soon as somebody can hear it. */
  const faults: unknown[] = [];

  async function gather(): Promise<void> {
    reportedAt = host.now();
    if (trainer.step === reportedStep) return;
    const { step, losses } = await trainer.report();
    reportedStep = step;
    if (Object.keys(losses).length > 0) points.push({ step, losses });
  }

  /** Resolves when nothing is being read, and all there is has been. */
  async function gatherAll(): Promise<void> {
    await reading;
    complain();
    await gather();
  }

  function complain(): void {
    if (faults.length > 0) throw faults.pop();
  }

  const report = (from: number): LossReport => ({
    steps: points.slice(from).map(({ step }) => step),
    values: Object.fromEntries(
      trainer.curves.map((curve) => [curve, points.slice(from).map(({ losses }) => losses[curve] ?? NaN)]),
    ),
  });

  function tell(elapsed: number, orders: Orders): void {
    credits = Math.max(0, credits - 1);
    const first = pace[0];
    const span = first === undefined ? 0 : host.now() - first.at;
    host.post({
      type: "progress",
      run,
      step: trainer.step,
      losses: report(told),
      elapsed: elapsed / 1000,
      stepsPerSecond: span > 0 ? ((trainer.step - first!.step) * 1000) / span : 0,
      orders,
    });
    told = points.length;
  }

  return {
    credit: () => void (credits = Math.min(mostCredits, credits + 1)),
    resume: () => void (pace = []),
    async note(elapsed, orders, force) {
      const now = host.now();
      pace.push({ at: now, step: trainer.step });
      while (pace.length > 2 && now - pace[0]!.at > paceMs) pace.shift();
      complain();
      if (force) {
        await gatherAll();
        if (!muted()) tell(elapsed, orders);
      } else if (reading === undefined && now - reportedAt >= everyMs) {
        reading = gather()
          .then(() => {
            if (!muted() && credits > 0) tell(elapsed, orders);
          })
          .catch((error: unknown) => void faults.push(error))
          .finally(() => (reading = undefined));
      }
    },
    async untold() {
      await gatherAll();
      const all = report(0);
      // What was told a moment ago may still be on its way when this worker ends; what was told before that is not.
      points = points.slice(told);
      told = 0;
      return all;
    },
  };
}

const pointsOf = ({ steps, values }: LossReport): Point[] =>
  steps.map((step, i) => ({
    step,
    losses: Object.fromEntries(Object.entries(values).map(([curve, series]) => [curve, series[i]!])),
  }));
