/**
 * What the train worker does with its commands: it pulls the training loop a
 * slice at a time, serves rows when asked, and yields between slices so that a
 * pause takes effect at once. Everything that touches the device happens one
 * thing after another; commands only say what comes next. The clock and the
 * ways to wait are handed in.
 */
import type { OpenedBackend } from "../engine/backends.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import type { BackendName, RunConfig } from "../protocol/run.ts";
import type { RunState, TrainCommand, TrainEvent } from "../protocol/train.ts";
import { train, type Slice } from "../train/train.ts";
import { Diverged, trainer as openTrainer, type Trainer } from "../train/trainer.ts";
import { detailOf, messageOf, type Host } from "./host.ts";
import { reports, type Reports } from "./reports.ts";
import { serving } from "./serving.ts";

/** Work between two looks at the mail, ms: well under the 100 ms in which a pause must take effect. */
const sliceMs = 16;
/** Drawing snapshots takes at most this share of the time. */
const snapshotShare = 0.2;
const shortestSnapshotGapMs = 120;

export interface TrainHost extends Host<TrainEvent> {
  openBackend(forced: BackendName | undefined): Promise<OpenedBackend>;
  /** Resolves after about that many milliseconds; only slow motion can bear such a coarse wait. */
  wait(milliseconds: number): Promise<void>;
}

type Start = Extract<TrainCommand, { type: "start" }>;

export interface TrainSession {
  handle(command: TrainCommand): void;
}

interface Run {
  readonly id: number;
  /** Names the rows it learns from. */
  readonly data: number;
  config: RunConfig;
  readonly trainer: Trainer;
  /** The loop of `train/` while it has work; a budget that was raised gets a new one. */
  slices: AsyncGenerator<Slice, void> | undefined;
  /** Training time of loops that have ended, and of all, pauses left out, ms. */
  before: number;
  elapsed: number;
  /** When the next step is due in slow motion. */
  dueAt: number;
  state: RunState;
  /** A pause was asked for; it holds once no step is under way. */
  pausing: boolean;
  /** Single steps that were asked for, by objective. */
  readonly singles: (string | undefined)[];
  readonly reports: Reports;
  snapshotStep: number;
  snapshotDue: number;
}

export function trainSession(host: TrainHost): TrainSession {
  let port: MessagePort | undefined;
  let rows: Extract<ToTrain, { type: "rows" }> | undefined;
  let waiting: Start | undefined;
  let beginning = false;
  /** What was said to a run that has not begun yet. */
  const later: TrainCommand[] = [];
  let backend: Promise<OpenedBackend> | undefined;
  let run: Run | undefined;
  let wanted: number | undefined;
  let wake = (): void => {};
  let stopping = false;

  const answer = (message: FromTrain, transfer: Transferable[] = []): void =>
    port?.postMessage(message, transfer);
  const samples = serving(answer);

  function announce(to: Run, state: RunState, message?: string): void {
    to.state = state;
    host.post({
      type: "state",
      run: to.id,
      state,
      step: to.trainer.step,
      ...(message !== undefined && { message }),
    });
  }

  function fail(error: unknown, fatal: boolean): void {
    host.post({ type: "failed", message: messageOf(error), detail: detailOf(error), fatal });
  }

  // ---- the loop -----------------------------------------------------------

  const startable = (): boolean => waiting !== undefined && rows?.data === waiting.data;

  /** Milliseconds until there is something to do without being spoken to; Infinity where there never is. */
  function idle(): number {
    if (stopping || startable() || samples.due || run?.pausing === true) return 0;
    if (run === undefined || samples.busy) return Infinity;
    if (run.singles.length > 0) return 0;
    const training = run.state === "training";
    const step = training ? run.dueAt : Infinity;
    const picture = canShow(run) ? (training ? run.snapshotDue : 0) : Infinity;
    return Math.max(0, Math.min(step, picture) - host.now());
  }

  async function loop(): Promise<void> {
    for (;;) {
      if (stopping) retire();
      if (waiting !== undefined && startable()) await begin(waiting, rows!);
      if (run?.pausing === true) await settle(run);
      // Rows that are being made come from weights that stand still.
      if (run !== undefined && !samples.busy) await turn(run);
      await samples.serve(run?.trainer);
      const pause = idle();
      if (pause === 0) await host.rest();
      else {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        await (pause === Infinity ? woken : Promise.race([woken, host.wait(pause)]));
      }
    }
  }

  async function begin(command: Start, { encoded }: Extract<ToTrain, { type: "rows" }>): Promise<void> {
    waiting = undefined;
    beginning = true;
    retire();
    try {
      await (backend ??= host.openBackend(undefined));
      const trainer = openTrainer({ spans: encoded.spans, rows: encoded.train, config: command.config });
      run = newRun(
        command,
        trainer,
        reports(host, command.run, trainer, () => stopping),
      );
      host.post({
        type: "started",
        run: command.run,
        nets: trainer.nets,
        objectives: trainer.curves,
      });
      await trainer.checkpoint();
      if (trainer.objectives.length === 0) announce(run, "finished");
      else announce(run, command.paused ? "paused" : "training");
    } catch (error) {
      retire();
      fail(error, false);
      host.post({ type: "state", run: command.run, state: "stopped", step: 0 });
    }
    beginning = false;
    // What is left was said to this run, unless another has been asked for since.
    if (waiting === undefined) for (const said of later.splice(0)) handle(said);
  }

  /** One slice of work for a run. */
  async function turn(current: Run): Promise<void> {
    try {
      if (current.singles.length > 0) await single(current, current.singles.shift());
      else if (current.state === "training" && host.now() >= current.dueAt) await advance(current);
      if (canShow(current) && (current.state !== "training" || host.now() >= current.snapshotDue))
        await snapshot(current);
    } catch (error) {
      current.singles.length = 0;
      endSlices(current);
      // A diverged trainer has already gone back to its last good weights.
      if (error instanceof Diverged) announce(current, "diverged", error.message);
      else {
        announce(current, "paused");
        fail(error, false);
      }
    }
  }

  /** The device may still be at work on what it was given last. */
  async function settle(current: Run): Promise<void> {
    await current.trainer.settled();
    // Unless it was told to go on meanwhile.
    if (current.pausing && current.state === "training") announce(current, "paused");
    current.pausing = false;
  }

  async function single(current: Run, objective: string | undefined): Promise<void> {
    current.trainer.advance(objective);
    await current.reports.note(current.elapsed, true);
    announce(current, "paused");
  }

  async function advance(current: Run): Promise<void> {
    current.slices ??= slicesOf(current);
    const { value, done } = await current.slices.next();
    if (done !== true) {
      current.elapsed = current.before + value.elapsed;
      current.dueAt = value.due > 0 ? host.now() + value.due : 0;
      return current.reports.note(current.elapsed, false);
    }
    endSlices(current);
    await current.reports.note(current.elapsed, true);
    await current.trainer.checkpoint();
    if (current.state === "training") announce(current, "finished");
  }

  const slicesOf = (current: Run): AsyncGenerator<Slice, void> =>
    train(current.trainer, {
      clock: () => host.now(),
      budget: () => {
        const { unit, amount } = current.config.budget;
        return { unit, amount: unit === "seconds" ? amount - current.before / 1000 : amount };
      },
      speed: () => current.config.speed,
      slice: sliceMs,
    });

  function endSlices(current: Run): void {
    current.slices = undefined;
    current.before = current.elapsed;
    current.dueAt = 0;
  }

  // ---- rows for the analysis worker ------------------------------------------

  /** A snapshot is asked for and would show something new. */
  const canShow = (current: Run): boolean =>
    wanted !== undefined && !stopping && current.trainer.step !== current.snapshotStep;

  async function snapshot(current: Run): Promise<void> {
    const began = host.now();
    const { step } = current.trainer;
    const count = wanted!;
    // Before the wait: what is asked for meanwhile is another one, and a step that can't be drawn is not tried for ever.
    wanted = undefined;
    current.snapshotStep = step;
    try {
      const matrix = await current.trainer.snapshot(count);
      const { id, data } = current;
      answer({ type: "snapshot", run: id, data, step, rows: matrix }, [matrix.values.buffer as ArrayBuffer]);
    } catch (error) {
      wanted ??= count;
      throw error;
    }
    const took = host.now() - began;
    current.snapshotDue = host.now() + Math.max(shortestSnapshotGapMs, took * (1 / snapshotShare - 1));
  }

  function retire(): void {
    stopping = false;
    samples.end();
    run?.trainer.dispose();
    run = undefined;
  }

  function hear(message: ToTrain): void {
    switch (message.type) {
      case "rows":
        rows = message;
        break;
      case "want":
        wanted = message.rows;
        break;
      case "sample":
        samples.ask(message);
        break;
      case "more":
        samples.more(message.request);
        break;
      case "enough":
        samples.enough(message.request);
        break;
      default:
        message satisfies never;
    }
    wake();
  }

  const forRuns = new Set<TrainCommand["type"]>(["pause", "resume", "step", "tune", "speed", "budget"]);

  function handle(command: TrainCommand): void {
    if ((waiting !== undefined || beginning) && forRuns.has(command.type)) {
      later.push(command);
      return;
    }
    switch (command.type) {
      case "connect":
        port = command.port;
        port.onmessage = (message: MessageEvent<ToTrain>) => hear(message.data);
        break;
      case "backend":
        backend = host.openBackend(command.forced);
        backend.then(
          ({ backend: name, adapter, reason }) =>
            host.post({ type: "backend", backend: name, adapter, reason }),
          (error: unknown) => fail(error, true),
        );
        break;
      case "start":
        later.length = 0;
        waiting = command;
        break;
      case "pause":
        if (run?.state === "training") run.pausing = true;
        break;
      case "resume":
        if (run !== undefined) run.pausing = false;
        if (run !== undefined && run.state !== "training" && run.trainer.objectives.length > 0) {
          run.reports.resume();
          run.dueAt = 0;
          announce(run, "training");
        }
        break;
      case "step":
        if (run !== undefined && run.trainer.objectives.length > 0) {
          run.state = "paused";
          run.singles.push(command.objective);
        }
        break;
      case "stop":
        later.length = 0;
        waiting = undefined;
        stopping = true;
        break;
      case "tune":
        if (run !== undefined) {
          try {
            run.trainer.tune(command.key, command.value);
          } catch {
            // Not a live setting: the page marks it as waiting for a restart.
          }
        }
        break;
      case "speed":
        if (run !== undefined) {
          run.config = { ...run.config, speed: command.speed };
          run.dueAt = 0;
        }
        break;
      case "budget":
        if (run !== undefined) run.config = { ...run.config, budget: command.budget };
        break;
      case "credit":
        run?.reports.credit();
        break;
      default:
        command satisfies never;
    }
    wake();
  }

  loop().catch((error: unknown) => fail(error, true));
  return { handle };
}

const newRun = ({ run: id, data, config }: Start, trainer: Trainer, reporting: Reports): Run => ({
  id,
  data,
  config,
  trainer,
  slices: undefined,
  before: 0,
  elapsed: 0,
  dueAt: 0,
  state: "paused",
  pausing: false,
  singles: [],
  reports: reporting,
  snapshotStep: -1,
  snapshotDue: 0,
});
