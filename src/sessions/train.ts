/**
 * What the train worker does with its commands: it gives the run its turns,
 * serves rows when asked, and yields in between so that a pause takes effect at
 * once. Everything that touches the device happens one thing after another;
 * commands only say what comes next. The clock and the ways to wait are handed
 * in.
 *
 * When the device is lost the session says so and is of no further use: what it
 * kept is with the analysis worker, from where a fresh session goes on.
 */
import { GpuRefusal } from "../engine/room.ts";
import { t } from "../language/words.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { choosing, type Backends } from "./choosing.ts";
import { exporting, type Learned } from "./exporting.ts";
import { detailOf, messageOf, type Host } from "./host.ts";
import { pictures as openPictures } from "./pictures.ts";
import { insides as openInsides } from "./insides.ts";
import { openRun, type Run, type RunCommand } from "./run.ts";
import { serving } from "./serving.ts";

/** The word that a device is lost follows the errors that it causes within this time, ms. */
const wordOfLossMs = 500;

export interface TrainHost extends Host<TrainEvent>, Backends {
  /** Resolves after about that many milliseconds; only slow motion can bear such a coarse wait. */
  wait(milliseconds: number): Promise<void>;
  /** A line for whoever looks into the browser's console. */
  log(line: string): void;
}

type Start = Extract<TrainCommand, { type: "start" }>;
type Rows = Extract<ToTrain, { type: "rows" }>;

export interface TrainSession {
  handle(command: TrainCommand): void;
}

export function trainSession(host: TrainHost): TrainSession {
  let port: MessagePort | undefined;
  let rows: Rows | undefined;
  let origin: Extract<ToTrain, { type: "origin" }> | undefined;
  let waiting: Start | undefined;
  let beginning = false;
  /** What was said to a run that has not begun yet. */
  const later: RunCommand[] = [];
  let run: Run | undefined;
  /** What the run learns from. */
  let learned: Learned | undefined;
  let wake = (): void => {};
  let stopping = false;
  let lost = false;
  let toldOfLoss = (): void => {};
  const loss = new Promise<void>((resolve) => (toldOfLoss = resolve));

  const backends = choosing(host, onFault);
  const answer = (message: FromTrain, transfer: Transferable[] = []): void =>
    port?.postMessage(message, transfer);
  const samples = serving(answer, wasLost);
  const exports = exporting(answer, wasLost);
  const pictures = openPictures(() => host.now(), answer);
  const insides = openInsides(host);

  function fail(error: unknown, fatal: boolean): void {
    if (lost) return;
    lost = fatal;
    host.post({ type: "failed", message: messageOf(error), detail: detailOf(error), fatal });
  }

  function onFault(message: string, detail: string): void {
    if (lost) return;
    lost = true;
    toldOfLoss();
    host.post({ type: "failed", message, detail, fatal: true });
  }

  async function wasLost(): Promise<boolean> {
    if (!lost && backends.computing === "webgpu") await Promise.race([loss, host.wait(wordOfLossMs)]);
    return lost;
  }

  // ---- the loop -----------------------------------------------------------

  const startable = (): boolean =>
    waiting !== undefined &&
    rows?.data === waiting.data &&
    (waiting.restored !== true || rows.kept?.run === waiting.run) &&
    (waiting.origin === undefined || origin?.request === waiting.origin);

  /** Milliseconds until there is something to do without being spoken to; Infinity where there never is. */
  function idle(): number {
    if (stopping || startable() || samples.due || exports.due || run?.pausing === true) return 0;
    if (run === undefined || samples.busy) return Infinity;
    return Math.max(0, run.dueAt - host.now());
  }

  async function loop(): Promise<void> {
    while (!lost) {
      if (stopping) retire();
      if (waiting !== undefined && startable()) await begin(waiting, rows!);
      if (run?.pausing === true) await run.settle();
      // Rows that are being made come from weights that stand still.
      if (run !== undefined && !samples.busy) await run.turn();
      await samples.serve(run?.trainer);
      await exports.give(run, learned);
      const pause = idle();
      if (pause === 0) await host.rest();
      else {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        await (pause === Infinity ? woken : Promise.race([woken, host.wait(pause)]));
      }
    }
  }

  async function begin(command: Start, { encoded, kept: left }: Rows): Promise<void> {
    waiting = undefined;
    beginning = true;
    retire();
    const { run: id, data, config, paused, resume = false } = command;
    const kept = resume && left?.run === id ? left : undefined;
    // It may be large, and nobody goes on from it twice.
    rows = { ...rows!, kept: undefined };
    try {
      const request = {
        spans: encoded.spans,
        rows: encoded.train,
        config,
        image: encoded.image,
        ...(command.origin !== undefined && { origin: origin!.origin }),
      };
      const { trainer, laps } = await backends.trainerFor(request, kept?.laps);
      if (kept !== undefined) trainer.restore(kept.checkpoint);
      pictures.turnTo();
      insides.turnTo({ run: id, spans: encoded.spans, rows: encoded.train });
      learned = { spans: encoded.spans, width: encoded.train.width };
      run = openRun({
        host,
        run: id,
        data,
        config,
        trainer,
        laps,
        kept,
        pictures,
        insides,
        answer,
        log: (line) => host.log(line),
        muted: () => stopping || lost,
        lost: () => lost,
        wasLost,
      });
      await run.begin(paused);
    } catch (error) {
      if (error instanceof GpuRefusal) onFault(t`The GPU refused an operation.`, error.message);
      if (await wasLost()) return;
      retire();
      fail(error, false);
      host.post({ type: "state", run: id, state: "stopped", step: 0 });
    }
    beginning = false;
    // What is left was said to this run, unless another has been asked for since.
    if (waiting === undefined) for (const said of later.splice(0)) handle(said);
  }

  function retire(): void {
    stopping = false;
    samples.end();
    run?.end();
    run = undefined;
  }

  // ---- mail -----------------------------------------------------------------

  function hear(message: ToTrain): void {
    switch (message.type) {
      case "rows":
        rows = message;
        break;
      case "origin":
        origin = message;
        break;
      case "want":
        pictures.want(message.rows);
        break;
      case "goBack":
        run?.goBack(message.kept);
        break;
      case "sample":
        samples.ask(message);
        break;
      case "export":
        exports.ask(message.request, message.form);
        break;
      case "more":
        samples.more(message.request);
        break;
      case "enough":
        samples.enough(message.request);
        exports.enough(message.request);
        break;
      default:
        message satisfies never;
    }
    wake();
  }

  function handle(command: TrainCommand): void {
    switch (command.type) {
      case "connect":
        port = command.port;
        port.onmessage = (message: MessageEvent<ToTrain>) => hear(message.data);
        break;
      case "backend":
        backends.open(command.forced).catch((error: unknown) => fail(error, true));
        break;
      case "start":
        later.length = 0;
        waiting = command;
        break;
      case "stop":
        later.length = 0;
        waiting = undefined;
        stopping = true;
        break;
      case "credit":
        run?.say(command);
        break;
      case "inside":
        insides.want(command.look);
        break;
      default:
        // Said to a run that has not begun yet, it holds for that run.
        if (waiting !== undefined || beginning) later.push(command);
        else run?.say(command);
    }
    wake();
  }

  loop().catch((error: unknown) => fail(error, true));
  return { handle };
}
