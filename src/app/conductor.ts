/**
 * Where the page's intentions meet the workers: actions become commands, events
 * become state. Tables, runs and downloads each mind their own; here is what
 * concerns more than one of them, a lost worker above all.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { dataSeed } from "../catalog/datasets.ts";
import type { Lines, Listeners } from "../bridge/lines.ts";
import { count, locale, t } from "../language/words.ts";
import type { AnalysisEvent } from "../protocol/analysis.ts";
import type { BackendName } from "../protocol/run.ts";
import type { ExperimentEvent } from "../protocol/experiment.ts";
import type { TrainEvent } from "../protocol/train.ts";
import type { Actions, Again } from "../store/actions.ts";
import { foldExperiment } from "../store/experiment.ts";
import { foldAnalysis, foldTrain, initialState, modelName } from "../store/fold.ts";
import { standing } from "../store/narration.ts";
import { settingsOf, setupFor, type Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { actionsOf } from "./actions.ts";
import { insides as openInsides } from "./insides.ts";
import { openCourse } from "./course.ts";
import { openDesk } from "./desk.ts";
import { worthStopping } from "./stopping.ts";
import { downloads as openDownloads } from "./downloads.ts";
import { originChoices } from "./origins.ts";
import { backAgain, recovery } from "./recovery.ts";
import { experiments as openExperiments } from "./experiments.ts";
import { reports as openReports } from "./reports.ts";
import { openRunBook } from "./runBook.ts";
import { runs as openRuns, type Beginning } from "./runs.ts";
import { sharedRuns } from "./sharedRuns.ts";
import { tables as openTables } from "./tables.ts";

/** The pace at which the status line counts steps, ms, and how long it first says what it said of a loss. */
const sayEveryMs = 2_000;
const sayLossForMs = 8_000;

export interface Conductor {
  readonly store: StoreApi<LabState>;
  readonly actions: Actions;
}

export interface ConductorOptions {
  /** Starts the workers; a test brings its own. */
  readonly openLines: (listeners: Listeners) => Lines;
  readonly setup: Setup;
  /** What was wrong with the link, if anything. */
  readonly faults: readonly string[];
  /** Train as soon as the first table is ready. */
  readonly autoTrain: boolean;
  readonly forcedBackend?: BackendName;
  /** Shows the run that a file holds. */
  readonly showFile?: (file: File) => void;
  /** Shows the result of a run that was made here; with it, runs are looked for that were kept on this device. */
  readonly showPacked?: (packed: string) => void;
}

export function conduct(options: ConductorOptions): Conductor {
  const store = createStore<LabState>(() => initialState(options.setup));
  const lines = options.openLines({
    onTrain,
    onAnalysis,
    onTrainDeath: (reason) => lost(t`The training worker stopped`, reason),
    onAnalysisDeath: tableLost,
    onExperiment,
    onExperimentDeath: (reason) => experiments.lost(reason),
  });
  const desk = openDesk(store, lines);
  const { get, patch, setup } = desk;
  const runs = openRuns(desk);
  const tables = openTables(desk, runs.halt);
  const downloads = openDownloads(desk);
  const origins = originChoices(desk, tables);
  const reports = openReports(desk, runs);
  const experiments = openExperiments(desk, tables);
  const insides = openInsides(desk);
  const course = openCourse(desk, tables);
  const shared = sharedRuns(desk, {
    tables,
    begin,
    race: (again) => void raceAgain(again),
    showFile: options.showFile ?? (() => undefined),
  });
  const { showPacked } = options;
  const book = openRunBook(store, desk, { runs, tables, showPacked: showPacked ?? (() => undefined) });
  const recover = recovery(options.forcedBackend);
  /** What to start as soon as the table is prepared. */
  let whenPrepared: Beginning | undefined =
    options.autoTrain && showPacked === undefined ? { paused: false } : undefined;
  /** A loss that the run has not recovered from yet. */
  let lately: Parameters<typeof backAgain>[0] | undefined;
  let sayAgainAt = 0;
  /** The run has gone back to its best step, and why; said once it stands there. */
  let back = false;
  let whyBack = t`Paused`;

  /** Starts now, or once the table that is on its way is there. */
  function begin(beginning: Beginning): void {
    const { data, setup: chosen, phase } = get();
    if (phase === "error") return;
    if (phase === "loading" || data.status === "reading") {
      whenPrepared = beginning;
      if (data.status === "reading") patch({ status: t`Training begins as soon as the table is read.` });
    } else if (chosen.seed !== tables.preparedSeed && data.prepared !== undefined) {
      // The seed splits the rows as well.
      whenPrepared = beginning;
      tables.prepare();
    } else runs.start(beginning);
  }

  /** A shared race, with the racers that it had. */
  async function raceAgain({ setups, race: shared }: Again): Promise<void> {
    const race = await actions.race();
    patch({ raceShown: true });
    const racers = setups.map((one) => ({ id: one.model, settings: settingsOf(one) }));
    race.start({ racers, budget: setups[0]!.budget, ...shared });
  }

  function onAnalysis(event: AnalysisEvent): void {
    if (!tables.awaits(event) || !downloads.awaits(event) || !reports.awaits(event)) return;
    store.setState((state) => foldAnalysis(state, event));
    tables.heard(event);
    downloads.heard(event);
    reports.heard(event);
    experiments.heard(event);
    book.heard(event);
    switch (event.type) {
      case "refused":
      case "cancelled":
      case "unprepared":
        whenPrepared = undefined;
        shared.forget();
        break;
      case "prepared": {
        const beginning = whenPrepared;
        whenPrepared = undefined;
        shared.prepared(event.summary);
        if (beginning !== undefined) begin(beginning);
        break;
      }
      case "runRead":
        origins.choose("file");
        break;
      case "unlent":
        runs.halt();
        break;
      case "scored":
        if (get().phase === "training" && worthStopping(get())) {
          lines.analysis({ type: "goBack" });
          whyBack = t`Stopped, for it got no better`;
        }
        break;
      case "frame":
        // Drawn first, then asked for more: a slow page slows the pictures, never the training.
        requestAnimationFrame(() => lines.analysis({ type: "credit" }));
        break;
      default:
        break;
    }
  }

  function onExperiment(event: ExperimentEvent): void {
    if (!experiments.awaits(event)) return;
    store.setState((state) => foldExperiment(state, event));
    if (event.type === "tried" || event.type === "untried") experiments.ended();
  }

  function onTrain(event: TrainEvent): void {
    if (event.type === "failed" && event.fatal && get().backend !== undefined)
      return lost(event.message.replace(/\.$/, ""), event.detail);
    runs.heard(event);
    insides.heard(event);
    store.setState((state) => foldTrain(state, event));
    switch (event.type) {
      case "backend":
        if (recover.reason !== undefined) patch({ backend: { ...get().backend!, reason: recover.reason } });
        break;
      case "state":
        if (event.run !== get().training.run) break;
        recovered(event.state !== "stopped");
        if (back) {
          const at = count(event.step);
          const nearest =
            get().training.best?.step === event.step ? t`, whose rows were nearest to the held-out ones` : "";
          patch({ status: t`${whyBack}: back at step ${at}${nearest}.` });
          [back, whyBack] = [false, t`Paused`];
        }
        break;
      case "returned":
        back = true;
        break;
      case "progress": {
        lines.train({ type: "credit" });
        const now = performance.now();
        if (now < sayAgainAt || get().phase !== "training") return;
        sayAgainAt = now + sayEveryMs;
        // The bar counts steps as they come; a second count, up to two seconds old, would seem to contradict it.
        const { unit, amount } = setup().budget;
        const tenths = Math.min(
          10,
          Math.floor((10 * (unit === "steps" ? event.step : event.elapsed)) / amount),
        );
        const name = modelName((get().training.startedFrom ?? setup()).model);
        const goal = `${amount.toLocaleString(locale)} ${t(unit)}`;
        const so = standing(get().training);
        // The first tenth may take minutes, and "0 % done" would sound as if nothing had happened.
        const far = tenths === 0 ? t`on the way to ${goal}` : t`${10 * tenths} % of ${goal} done`;
        patch({ status: t`Training ${name}: ${far}${so && `, ${so}`}.` });
        break;
      }
      default:
        break;
    }
  }

  // ---- losses -------------------------------------------------------------

  function askForBackend(): void {
    patch({ backend: undefined });
    lines.train({ type: "backend", ...(recover.backend && { forced: recover.backend }) });
  }

  /** The train worker is dead, or its device gone. What it kept is with the other worker, and so are the rows. */
  function lost(cause: string, detail: string): void {
    const { training, backend } = get();
    const { step, run, kept } = training;
    const now = performance.now();
    if (!recover.tryAgain({ training: runs.going, run, step, kept, backend: backend?.name, now })) {
      downloads.drop();
      const words = t`${cause}. This keeps happening, so nothing more can be trained on this page. Reload it to try again.`;
      patch({ phase: "error", status: t`Training is not possible.`, alert: { message: words, detail } });
      return;
    }
    downloads.hold();
    lines.restartTrain();
    askForBackend();
    // Lost again before it was back: what is said is where the run was when all was well.
    lately ??= { cause, at: step, ...(backend && { backend: backend.name }) };
    if (!runs.resume()) {
      lately = undefined;
      downloads.drop();
      patch({ status: t`${cause} while nothing was under way. Training can begin at any time.` });
    } else if (runs.going) patch({ status: t`${cause} at step ${count(step)}. Going on…` });
    else patch({ status: t`${cause}. Bringing the model back…` });
  }

  /** The run is on again, on another worker, or could not be brought back. */
  function recovered(back: boolean): void {
    if (lately === undefined) return;
    if (!back) {
      lately = undefined;
      return downloads.drop();
    }
    const { phase, training, backend } = get();
    sayAgainAt = performance.now() + sayLossForMs;
    const now = { training: phase === "training", step: training.step };
    patch({ status: backAgain(lately, { ...now, ...(backend && { backend: backend.name }) }) });
    lately = undefined;
    downloads.again();
  }

  function tableLost(reason: string): void {
    runs.halt();
    patch({
      phase: "error",
      status: t`The page has lost its table.`,
      alert: {
        message: t`The worker that held the table stopped. Reload the page and open the table again.`,
        detail: reason,
      },
    });
  }

  // ---- the beginning ------------------------------------------------------

  askForBackend();
  const { dataset } = options.setup;
  if (dataset === "own") {
    // The link came from someone's own table, which never travels.
    const standard = setupFor("birds");
    tables.open(
      { kind: "builtin", id: "birds", seed: dataSeed },
      { ...options.setup, dataset: "birds", numeric: standard.numeric },
    );
    patch({
      alert: {
        message: t`This setup was made with a table of someone's own, which is never part of a link. Drop that CSV to use it; until then the built-in table is open.`,
        detail: "",
      },
    });
  } else tables.open({ kind: "builtin", id: dataset, seed: dataSeed }, options.setup);
  if (options.autoTrain && showPacked !== undefined)
    // A run that was cut off is offered first: one that begins by itself would take its place.
    void book.ready.then(() => {
      const { runs: kept, training, setup: now } = get();
      const untouched = training.startedFrom === undefined && now.dataset === dataset;
      if (kept.unfinished === undefined && untouched && whenPrepared === undefined) begin({ paused: false });
    });
  if (options.faults.length > 0)
    patch({ alert: { message: options.faults[0]!, detail: options.faults.slice(1).join("\n") } });
  const actions = actionsOf(desk, {
    tables,
    runs,
    downloads,
    origins,
    reports,
    experiments,
    insides,
    course,
    shared,
    book,
    begin,
  });
  return { store, actions };
}
