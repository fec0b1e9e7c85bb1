/**
 * One training run in its worker: it pulls the loop of `train/` a slice at a
 * time, and between two slices it is paused, tuned, drawn and kept. Whoever
 * holds it gives it its turns, one after another.
 */
import { isLive } from "../catalog/models.ts";
import type { SettingValue } from "../catalog/setting.ts";
import type { FromTrain, KeptRun } from "../protocol/port.ts";
import type { Budget, Lap, RunConfig } from "../protocol/run.ts";
import type { RunState, TrainCommand, TrainEvent } from "../protocol/train.ts";
import { train, type Slice } from "../train/train.ts";
import { Diverged, type Trainer } from "../train/trainer.ts";
import { detailOf, messageOf, type Host } from "./host.ts";
import { keeping } from "./keeping.ts";
import type { Insides } from "./insides.ts";
import type { Pictures } from "./pictures.ts";
import { reports } from "./reports.ts";

/** Work between two looks at the mail, ms: well under the 100 ms in which a pause must take effect. */
const sliceMs = 16;

/** What can be said to a run. */
export type RunCommand = Extract<
  TrainCommand,
  { type: "pause" | "resume" | "step" | "tune" | "speed" | "budget" | "credit" }
>;

export interface Run {
  readonly trainer: Trainer;
  /** As it was started, with what was changed since. */
  readonly config: RunConfig;
  /** Says where it stands and begins. */
  begin(paused: boolean): Promise<void>;
  say(command: RunCommand): void;
  /** Goes back to where this run was kept, at its next turn, and pauses there. */
  goBack(to: KeptRun): void;
  /** A pause was asked for and no step is under way: makes it hold. */
  settle(): Promise<void>;
  /** One slice of work. */
  turn(): Promise<void>;
  /** When there is something to do without being spoken to, as the clock has it; Infinity where there never is. */
  readonly dueAt: number;
  readonly pausing: boolean;
  /** Frees what it holds; it says nothing more. */
  end(): void;
}

export interface RunOptions {
  readonly host: Pick<Host<TrainEvent>, "post" | "now" | "rest">;
  readonly run: number;
  /** Names the rows it learns from. */
  readonly data: number;
  readonly config: RunConfig;
  /** Of that config and those rows, at the step where it was kept. */
  readonly trainer: Trainer;
  /** How the backend that it trains on was chosen. */
  readonly laps: readonly Lap[];
  /** Where the run goes on from, if an earlier worker had it. */
  readonly kept: KeptRun | undefined;
  readonly pictures: Pictures;
  readonly insides: Insides;
  answer(message: FromTrain, transfer: Transferable[]): void;
  log(line: string): void;
  /** It is about to be dropped and has nothing more to say. */
  muted(): boolean;
  /** The device is known to be gone. */
  lost(): boolean;
  /** Whether an error is the doing of a device that is gone: the word of that may come a moment later. */
  wasLost(): Promise<boolean>;
}

export function openRun(options: RunOptions): Run {
  const { host, run, data, trainer, laps, kept, pictures, insides, answer, log, muted, lost, wasLost } =
    options;
  let { config } = options;
  const instant = trainer.objectives.length === 0;
  const reporting = reports(host, run, trainer, muted, kept?.losses);
  const keeper = keeping({ host, run, data, config, trainer, laps, reports: reporting, answer, lost, kept });
  /** The loop while it has work; a budget that was raised gets a new one. */
  let slices: AsyncGenerator<Slice, void> | undefined;
  /** Training time of loops that have ended, and of all, pauses left out, ms. */
  let before = kept?.elapsed ?? 0;
  let elapsed = before;
  /** Steps that were ordered at once of late. */
  let bundle = 1;
  let refusalLogged = false;
  /** When the next step is due in slow motion. */
  let stepAt = 0;
  let state: RunState = "paused";
  let pausing = false;
  let returning: KeptRun | undefined;
  /** Single steps that were asked for, by objective. */
  const singles: (string | undefined)[] = [];

  function announce(to: RunState, message?: string): void {
    state = to;
    host.post({ type: "state", run, state, step: trainer.step, ...(message !== undefined && { message }) });
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      singles.length = 0;
      pausing = false;
      endSlices();
      // Another worker goes on from what was kept.
      if (await wasLost()) return;
      if (error instanceof Diverged) {
        // It has gone back to its last good weights already, but perhaps taken a few more steps since.
        await keeper.settled();
        trainer.restore();
        return announce("diverged", error.message);
      }
      announce("paused");
      host.post({ type: "failed", message: messageOf(error), detail: detailOf(error), fatal: false });
    }
  }

  function note(force: boolean): Promise<void> {
    const { refusal } = trainer;
    if (refusal !== undefined && !refusalLogged) {
      refusalLogged = true;
      log(`Steps of ${config.model} are taken one by one, because ${refusal}.`);
    }
    return reporting.note(elapsed, { bundle, ...(refusal !== undefined && { refusal }) }, force);
  }

  /** A picture of the step that is about to be kept, where one is wanted. */
  async function lookFirst(): Promise<void> {
    if (!muted() && pictures.dueAt(trainer, false) === 0)
      await pictures.make({ run, data, keeps: true }, trainer);
  }

  async function single(objective: string | undefined): Promise<void> {
    trainer.advance(objective);
    bundle = 1;
    await note(true);
    if (singles.length === 0) await keeper.keep(elapsed, false);
    // Unless it was told to go on meanwhile.
    if (state === "paused") announce("paused");
  }

  async function advance(): Promise<void> {
    if (keeper.due(elapsed)) {
      await lookFirst();
      if (trainer.replays) keeper.order(elapsed);
      else await keeper.keep(elapsed, false);
    }
    slices ??= train(trainer, {
      clock: () => host.now(),
      budget: () => budgetLeft(config.budget, before),
      speed: () => config.speed,
      slice: sliceMs,
    });
    const { value, done } = await slices.next();
    if (done !== true) {
      elapsed = before + value.elapsed;
      ({ bundle } = value);
      stepAt = value.due > 0 ? host.now() + value.due : 0;
      return note(false);
    }
    endSlices();
    await note(true);
    await lookFirst();
    await keeper.keep(elapsed, true);
    if (state === "training") announce("finished");
  }

  async function goBack({ checkpoint, elapsed: then }: KeptRun): Promise<void> {
    pausing = false;
    singles.length = 0;
    endSlices();
    // What was lost and won since is of no interest any more.
    await keeper.settled();
    await reporting.untold();
    trainer.restore(checkpoint);
    before = elapsed = then;
    pictures.turnTo();
    host.post({ type: "returned", run, step: trainer.step, elapsed: elapsed / 1000 });
    await lookFirst();
    await keeper.keep(elapsed, false);
    announce("paused");
  }

  function endSlices(): void {
    slices = undefined;
    before = elapsed;
    stepAt = 0;
  }

  function tune(key: string, value: SettingValue): void {
    // The page marks what is not live as waiting for a new run.
    if (!isLive(config.model, key)) return;
    try {
      trainer.tune(key, value);
      config = { ...config, settings: { ...config.settings, [key]: value } };
    } catch {
      // Nor does a value that can't be used change anything.
    }
  }

  return {
    trainer,
    get config() {
      return config;
    },
    get pausing() {
      return pausing;
    },
    get dueAt() {
      if (pausing || singles.length > 0 || returning !== undefined) return 0;
      const training = state === "training";
      const looks = Math.min(pictures.dueAt(trainer, training), insides.dueAt(trainer, training));
      return Math.min(training ? stepAt : Infinity, looks);
    },
    async begin(paused) {
      const { nets, curves, step, carried } = trainer;
      host.post({ type: "started", run, nets, objectives: curves, from: step, ...(carried && { carried }) });
      if (kept === undefined) await keeper.keep(0, instant);
      if (instant || (paused && kept?.finished === true)) announce("finished");
      else announce(paused ? "paused" : "training");
    },
    goBack(to) {
      if (to.run === run && !instant) returning = to;
    },
    end() {
      keeper.end();
      trainer.dispose();
    },
    settle: () =>
      guarded(async () => {
        if (state === "training") {
          await lookFirst();
          await keeper.keep(elapsed, false);
        }
        // Unless it was told to go on meanwhile.
        if (state === "training" && pausing) announce("paused");
        pausing = false;
      }),
    turn: () =>
      guarded(async () => {
        const to = returning;
        returning = undefined;
        if (to !== undefined) await goBack(to);
        else if (singles.length > 0) await single(singles.shift());
        else if (state === "training" && host.now() >= stepAt) await advance();
        if (!muted() && host.now() >= pictures.dueAt(trainer, state === "training"))
          await pictures.make({ run, data }, trainer);
        if (!muted() && host.now() >= insides.dueAt(trainer, state === "training"))
          await insides.make(trainer);
      }),
    say(command) {
      switch (command.type) {
        case "pause":
          if (state === "training") pausing = true;
          break;
        case "resume":
          pausing = false;
          if (state === "training" || instant) break;
          reporting.resume();
          stepAt = 0;
          announce("training");
          break;
        case "step":
          if (instant) break;
          state = "paused";
          singles.push(command.objective);
          break;
        case "tune":
          tune(command.key, command.value);
          break;
        case "speed":
          config = { ...config, speed: command.speed };
          stepAt = 0;
          break;
        case "budget":
          config = { ...config, budget: command.budget };
          break;
        case "credit":
          reporting.credit();
          break;
        default:
          command satisfies never;
      }
    },
  };
}

/** What is left for a loop that counts its time from its own beginning. */
const budgetLeft = ({ unit, amount }: Budget, before: number): Budget => ({
  unit,
  amount: unit === "seconds" ? amount - before / 1000 : amount,
});
