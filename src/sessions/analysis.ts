/**
 * What the analysis worker does with its commands. It owns the table: text as
 * read, columns as typed, the fitted encoder and the projections. Snapshots of a
 * training model arrive as numbers over the port; they leave as pictures, one
 * for each view on screen, paid for with credits.
 */
import { t } from "../language/words.ts";
import type { AnalysisCommand, AnalysisEvent, Shown, StageView } from "../protocol/analysis.ts";
import type { FromTrain, KeptRun, ToTrain } from "../protocol/port.ts";
import type { RaceRows } from "../protocol/race.ts";
import { MOST_FITTED, startUmap, type UmapFit } from "../project/umap.ts";
import { weightsOf } from "../project/weights.ts";
import { random } from "../random/random.ts";
import { CsvCancelled } from "../table/refusal.ts";
import { errands } from "./errands.ts";
import { detailOf, messageOf, type Host } from "./host.ts";
import { inspecting, type Inspecting, type Inspection } from "./inspecting.ts";
import { origins } from "./origins.ts";
import { openSource, type Opened } from "./opening.ts";
import {
  picture,
  prepare,
  said,
  trainingRows,
  Unprepared,
  type Inferences,
  type Prepared,
} from "./preparing.ts";
import {
  columnsStage,
  imagesStage,
  pairStage,
  pcaStage,
  rowsStage,
  snapshotOf,
  umapStage,
  type Snapshot,
  type Stage,
} from "./scene.ts";
import { inSlices } from "./slices.ts";
import { NoRiddle, riddle } from "./riddle.ts";
import { reportDesk } from "./reportDesk.ts";
import { RunRefusal } from "./runFile.ts";
import { scoring, type Scoring } from "./scoring.ts";
import { dials, type Dials } from "./dials.ts";
import { guessQuestion } from "./questions.ts";
import { lendTables } from "./lendingTables.ts";
import { moments, room, roomBesideImages } from "./moments.ts";

/** Rows in a snapshot: enough for a cloud and a histogram, cheap enough to draw several times a second. */
const snapshotRows = 400;
/** Work on UMAP between two looks at the mail, ms. */
const sliceMs = 12;
const progressMs = 100;
/** Work on a table between two looks at the mail, ms: a column at least. */
const columnsMs = 50;

export interface AnalysisSession {
  handle(command: AnalysisCommand): void;
}

interface Reading extends Opened {
  readonly request: number;
  readonly seconds: number;
}

type Prepare = Extract<AnalysisCommand, { type: "prepare" }>;

/** A newer wish came while this one was being fulfilled. */
class Superseded extends Error {}

export function analysisSession(host: Host<AnalysisEvent>): AnalysisSession {
  let port: MessagePort | undefined;
  let opened: Reading | undefined;
  /** Read, but not yet named by a `prepare`: until then the table before it stands. */
  let arrived: Reading | undefined;
  let preparing: Prepare | undefined;
  let prepared: Prepared | undefined;
  /** The run on these rows as it was kept last, for a train worker that has to go on from there. */
  let kept: KeptRun | undefined;
  let scores: Scoring | undefined;
  /** The page keeps checkpoints on the device. */
  let remembering = false;
  /** Other steps that can be gone back to. */
  let along = moments(room);
  const pasts = origins();
  /** What the run on these rows began with, for a train worker that has to go on with it. */
  let lent: Extract<ToTrain, { type: "origin" }> | undefined;
  /** The rows that the last run learned from are shown too. */
  let sourceShown = false;
  let inspector: Inspecting | undefined;
  let gauges: Dials | undefined;
  let shown: Shown | undefined;
  let reading = 0;
  let watched: Extract<AnalysisCommand, { type: "watch" }> = { type: "watch", views: [], pair: [0, 1] };
  const inferences: Inferences = new Map();
  const stages = new Map<StageView, Stage>();
  let umap: UmapFit | undefined;
  let credits = 2;
  let newest: Snapshot | undefined;
  const owed = new Set<StageView>();
  const tell = (message: ToTrain, transfer: Transferable[] = []): void =>
    port?.postMessage(message, transfer);
  const takings = errands(host, tell, () => prepared);
  const desk = reportDesk(host, takings, () => prepared);

  // ---- the table ----------------------------------------------------------

  async function open(command: Extract<AnalysisCommand, { type: "open" }>): Promise<void> {
    const { request, source, options } = command;
    reading = request;
    arrived = undefined;
    const began = host.now();
    let saidAt = began;
    try {
      const result = await openSource(source, options, {
        cancelled: () => reading !== request,
        rest: () => host.rest(),
        onProgress: (share, rows) => {
          if (host.now() - saidAt < progressMs) return;
          saidAt = host.now();
          host.post({ type: "reading", request, share, rows });
        },
      });
      if (reading !== request) throw new CsvCancelled();
      const seconds = (host.now() - began) / 1000;
      arrived = { ...result, request, seconds };
      host.post({ type: "opened", request, said: said(result.rowsRead, seconds) });
    } catch (error) {
      if (error instanceof CsvCancelled) host.post({ type: "cancelled", request });
      else host.post({ type: "refused", request, message: messageOf(error) });
    }
  }

  /** Wishes come as fast as a slider moves, and a table takes its time: the newest is the one that counts. */
  async function ready(command: Prepare): Promise<void> {
    const { data, request, options } = command;
    preparing = command;
    forget(request);
    if (arrived?.request === request) {
      opened = arrived;
      arrived = undefined;
      inferences.clear();
    }
    let restedAt = -Infinity;
    const rest = async (): Promise<void> => {
      if (host.now() - restedAt < columnsMs) return;
      await host.rest();
      if (preparing !== command) throw new Superseded();
      restedAt = host.now();
    };
    try {
      if (opened?.request !== request) throw new Error(t`The table is gone. Open it again.`);
      const ready = await prepare(
        opened,
        data,
        options,
        inferences,
        said(opened.rowsRead, opened.seconds),
        rest,
      );
      if (preparing !== command) return;
      prepared = ready;
      scores = scoring(ready, () => host.now());
      along = moments(ready.image ? roomBesideImages : room);
      const told = (inspection: Inspection): void => {
        host.post({ type: "inspected", data, ...inspection });
        ring();
      };
      inspector = inspecting(ready, host, told, fail);
      if (ready.image === undefined)
        gauges = dials(ready, host, (at) => host.post({ type: "dials", data, ...at }), fail);
      sendRows();
    } catch (error) {
      if (error instanceof Superseded) return;
      prepared = undefined;
      const summary = error instanceof Unprepared ? error.summary : undefined;
      if (summary === undefined) fail(error);
      return host.post({ type: "unprepared", data, summary, message: messageOf(error) });
    }
    const lastRun = pasts.last(prepared);
    const question = guessQuestion(prepared.table);
    host.post({
      type: "prepared",
      data,
      ...(lastRun && { lastRun }),
      summary: prepared.summary,
      trainRows: prepared.split.train.length,
      holdoutRows: prepared.split.holdout.length,
      width: prepared.encoder.width,
      views: prepared.views,
      ...(prepared.image === undefined && question !== undefined && { question }),
    });
  }

  /** @param next the table to come, by the request that opened it. */
  function forget(next: number): void {
    if (prepared !== undefined && kept !== undefined) pasts.leave(prepared, kept, opened!.request, next);
    prepared = undefined;
    kept = undefined;
    lent = undefined;
    along = moments(room);
    scores = undefined;
    inspector?.end();
    inspector = undefined;
    gauges?.end();
    gauges = undefined;
    shown = undefined;
    umap = undefined;
    newest = undefined;
    stages.clear();
    owed.clear();
    takings.forget();
    desk.forget();
  }

  /** The training rows, encoded, to whoever trains. */
  function sendRows(): void {
    if (prepared === undefined) return;
    const { encoder, data, image } = prepared;
    const train = trainingRows(prepared);
    const shape = image && { width: image.width, height: image.height };
    // What was kept is copied: the next worker may be lost before it has kept anything itself.
    tell(
      { type: "rows", data, encoded: { spans: encoder.spans, train, ...(shape && { image: shape }) }, kept },
      [train.values.buffer as ArrayBuffer],
    );
    if (lent !== undefined) tell(lent);
    ask();
  }

  /** The table for a race's worker, which learns, looks and judges by itself. */
  function raceRows(): RaceRows | null {
    if (prepared === undefined) return null;
    const { table, split, encoder, lens, seed, image, views } = prepared;
    return {
      table,
      split,
      encoder: encoder.state,
      lens: lens.state,
      seed,
      plane: views.includes("plane"),
      ...(image && { image: { width: image.width, height: image.height } }),
    };
  }

  // ---- views --------------------------------------------------------------

  function watch(command: Extract<AnalysisCommand, { type: "watch" }>): void {
    if (command.pair.join() !== watched.pair.join()) stages.delete("pair");
    watched = command;
    for (const view of command.views) {
      if (prepared === undefined || !prepared.views.includes(view) || stages.has(view)) continue;
      const stage = stageOf(prepared, view);
      if (stage === undefined) continue;
      stages.set(view, stage);
      host.post({ type: "scene", data: prepared.data, scene: stage.scene });
    }
    ring();
    // What was already drawn elsewhere is drawn here too, though the model stand still.
    for (const view of command.views) owed.add(view);
    draw();
  }

  function lend({ request, from }: Extract<AnalysisCommand, { type: "lend" }>): void {
    try {
      if (prepared === undefined) throw new Error(t`There is no table to train on. Open one first.`);
      lent = { type: "origin", request, origin: pasts.lend(from, prepared) };
      tell(lent);
    } catch (error) {
      host.post({ type: "unlent", request, message: messageOf(error) });
    }
  }

  async function readSaved({ file }: Extract<AnalysisCommand, { type: "readRun" }>): Promise<void> {
    try {
      host.post({ type: "runRead", run: await pasts.read(file) });
    } catch (error) {
      if (!(error instanceof RunRefusal)) throw error;
      host.post({ type: "runRefused", message: `${file.name} ${error.message}` });
    }
  }

  function showSource(shown: boolean): void {
    sourceShown = shown;
    for (const view of ["pca", "plane", "pair"] as const) stages.delete(view);
    watch(watched);
  }

  /** Undefined for UMAP, whose stage comes when its fit is done. */
  function stageOf(from: Prepared, view: StageView): Stage | undefined {
    const source = sourceShown ? pasts.cloud(from) : undefined;
    switch (view) {
      case "pca":
        return pcaStage(from, source);
      case "plane":
      case "pair":
        return pairStage(from, view, watched.pair, source);
      case "columns":
        return columnsStage(from);
      case "rows":
        return rowsStage(from);
      case "images":
        return from.image && imagesStage(from, from.image);
      // Drawn from looks inside the model, reports and experiments and not from scenes.
      case "inside":
      case "quality":
      case "helps":
        return undefined;
      case "umap":
        if (umap === undefined)
          fitUmap(from).catch((error: unknown) => {
            umap = undefined;
            fail(error);
          });
        return undefined;
      default:
        view satisfies never;
        return undefined;
    }
  }

  async function fitUmap(from: Prepared): Promise<void> {
    const { table, split, lens, data } = from;
    const source = random(from.seed).fork("umap");
    // Of a large table only the rows that are fitted are worth encoding.
    const order = source.fork("rows").permutation(split.train.length).slice(0, MOST_FITTED).sort();
    const rows = order.map((at) => split.train[at]!);
    const fit = startUmap(picture(from, table, rows), source, weightsOf(lens.spans));
    umap = fit;
    let saidAt = -Infinity;
    while (!fit.done) {
      const began = host.now();
      while (!fit.done && host.now() - began < sliceMs) fit.step();
      if (host.now() - saidAt > progressMs) {
        saidAt = host.now();
        host.post({ type: "fitting", data, view: "umap", share: fit.share });
      }
      await host.rest();
      if (umap !== fit) return; // another table came meanwhile
      if (!watched.views.includes("umap")) {
        // Nobody looks: the processor is better spent on training. The next look starts afresh.
        umap = undefined;
        return;
      }
    }
    const stage = umapStage(from, fit);
    stages.set("umap", stage);
    host.post({ type: "scene", data, scene: stage.scene });
    ring();
    owed.add("umap");
    draw();
  }

  /** Rings the points that a finding is about, wherever points are on screen. */
  function ring(): void {
    if (prepared === undefined || shown === undefined || inspector === undefined) return;
    const { real, synthetic } = inspector.ringed(shown);
    for (const view of watched.views) {
      const places = stages.get(view)?.place?.(real);
      if (places !== undefined)
        host.post({ type: "rings", data: prepared.data, view, real: places, synthetic });
    }
  }

  async function pose({ request, seed }: Extract<AnalysisCommand, { type: "riddle" }>): Promise<void> {
    const from = prepared;
    const rested = (): void => {
      if (prepared !== from) throw new NoRiddle(t`The table that the riddle was of is gone.`);
    };
    try {
      if (from === undefined) throw new NoRiddle(t`There is no table yet. Open one first.`);
      const made = await inSlices(riddle(from, newest, { request, seed }), host, sliceMs, { rested });
      host.post({ type: "riddle", riddle: made });
    } catch (error) {
      if (!(error instanceof NoRiddle)) throw error;
      host.post({ type: "noRiddle", request, message: error.message });
    }
  }

  function receive(snapshot: Extract<FromTrain, { type: "snapshot" }>): void {
    // Of a run on rows that are gone: the answer is spent, the wish stands.
    if (prepared === undefined || snapshot.data !== prepared.data) return ask();
    newest = snapshotOf(prepared, snapshot);
    for (const view of watched.views) owed.add(view);
    draw();
    // What is kept has a score of its own, whichever of the two comes first.
    const isKept = kept?.run === snapshot.run && kept.checkpoint.step === snapshot.step;
    if (scores !== undefined && (scores.due || isKept || snapshot.keeps === true))
      host.post({ type: "scored", data: prepared.data, ...scores.score(newest) });
    if (isKept) choose(kept!);
    inspector?.see(newest);
    gauges?.see(newest);
  }

  const ask = (): void => tell({ type: "want", rows: snapshotRows });

  /** Draws the newest snapshot in every view that still owes it, then asks for the next one. */
  function draw(): void {
    if (prepared === undefined || newest === undefined || credits <= 0 || owed.size === 0) return;
    let drawn = 0;
    for (const view of owed) {
      const stage = stages.get(view);
      if (stage === undefined || !watched.views.includes(view)) continue;
      host.post({ type: "frame", data: prepared.data, frame: stage.frame(newest) });
      drawn += 1;
    }
    owed.clear();
    // A credit comes back for every frame.
    credits -= drawn;
    if (credits > 0) ask();
    else wanting = true;
  }
  let wanting = false;

  async function connect(to: MessagePort): Promise<void> {
    const before = port;
    takings.lost();
    port = to;
    to.onmessage = ({ data: message }: MessageEvent<FromTrain>) => {
      try {
        if (message.type === "kept") keep(message.kept);
        // A train worker that was replaced has nothing more to say.
        else if (port !== to) return;
        else if (message.type === "snapshot") receive(message);
        else takings.take(message);
      } catch (error) {
        fail(error);
      }
    };
    // The last that it kept may still be on its way.
    if (before !== undefined) await host.rest();
    before?.close();
    if (port === to) sendRows();
  }

  function keep(run: KeptRun): void {
    if (run.data !== prepared?.data) return;
    kept = run;
    if (remembering) host.post({ type: "checkpoint", kept });
    inspector?.stands(run.checkpoint.step);
    gauges?.stands(run.checkpoint.step);
    if (along.note(run)) host.post({ type: "moments", data: run.data, run: run.run, steps: along.steps });
    choose(run);
  }

  function choose(run: KeptRun): void {
    if (scores?.note(run) !== true) return;
    const { distance } = scores.best!;
    host.post({ type: "best", data: run.data, run: run.run, step: run.checkpoint.step, distance });
  }

  function goBack(step = scores?.best?.kept.checkpoint.step): void {
    if (step === undefined) return;
    const to = scores?.best?.kept.checkpoint.step === step ? scores.best.kept : along.at(step);
    // Copied: it may be gone back to more than once.
    if (to === undefined) return;
    scores?.goneBack(step);
    tell({ type: "goBack", kept: to });
  }

  const fail = (error: unknown): void =>
    host.post({ type: "failed", message: messageOf(error), detail: detailOf(error), fatal: false });

  return {
    handle(command) {
      switch (command.type) {
        case "connect":
          void connect(command.port).catch(fail);
          return;
        case "connectExperiment":
          return lendTables(command.port, () => prepared, pasts);
        case "race":
          command.port.postMessage(raceRows());
          return;
        case "open":
          void open(command);
          return;
        case "cancel":
          if (reading === command.request) reading = -1;
          return;
        case "prepare":
          void ready(command);
          return;
        case "watch":
          return watch(command);
        case "download":
          return takings.download(command);
        case "report":
          return desk.report(command);
        case "cancelReport":
          return desk.cancel(command.request);
        case "saveReport":
          try {
            desk.save(command);
          } catch (error) {
            fail(error);
          }
          return;
        case "goBack":
          return goBack(command.step);
        case "remember":
          remembering = command.on;
          if (remembering && kept !== undefined) host.post({ type: "checkpoint", kept });
          return;
        case "restore":
          if (command.kept.data !== prepared?.data) return;
          ({ kept } = command);
          return sendRows();
        case "lend":
          return lend(command);
        case "readRun":
          void readSaved(command).catch(fail);
          return;
        case "showSource":
          return showSource(command.shown);
        case "show":
          shown = command.shown;
          return ring();
        case "riddle":
          void pose(command).catch(fail);
          return;
        case "enough":
          return takings.enough(command.request);
        case "credit":
          credits = Math.min(2, credits + 1);
          if (wanting && credits > 0) {
            wanting = false;
            ask();
          }
          draw();
          return;
        default:
          command satisfies never;
      }
    },
  };
}
