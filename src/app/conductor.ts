/**
 * Where the page's intentions meet the workers: actions become commands, events
 * become state. It holds the three counters that keep late answers apart
 * (readings, prepared data, runs) and nothing else of its own.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Lines, Listeners } from "../bridge/lines.ts";
import { defaultsFor } from "../catalog/models.ts";
import { presets } from "../catalog/presets.ts";
import type { SettingValue } from "../catalog/setting.ts";
import type { AnalysisEvent, DataSource, StageView } from "../protocol/analysis.ts";
import type { BackendName } from "../protocol/run.ts";
import type { TrainEvent } from "../protocol/train.ts";
import type { Actions } from "../store/actions.ts";
import { foldAnalysis, foldTrain, initialState, untrained } from "../store/fold.ts";
import { changesSince, openPair, settingsOf, settingsToKeep, setupFor, type Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { recovery } from "./recovery.ts";
import { saveFile } from "./saveFile.ts";

/** Rows above this are sampled; a browser tab holds this many comfortably. */
const rowLimit = 100_000;
/** Built-in data are always the same rows; the person's seed governs split, weights and noise. */
const dataSeed = 1;

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
}

export function conduct(options: ConductorOptions): Conductor {
  const store = createStore<LabState>(() => initialState(options.setup));
  let readings = 0;
  /** The reading that the table on screen came from. */
  let table = 0;
  let downloads = 0;
  let dataNumber = 0;
  /** What to start as soon as the table is prepared. */
  let whenPrepared: Beginning | undefined = options.autoTrain ? { paused: false } : undefined;
  /** The seed that split the rows which the workers hold. */
  let preparedSeed = options.setup.seed;
  /** What to return to if the data being opened are refused. */
  let before: Pick<LabState, "setup" | "phase"> = { setup: options.setup, phase: "loading" };
  let panels: readonly StageView[] = [];

  const patch = (change: Partial<LabState>): void => store.setState(change);
  const setup = (): Setup => store.getState().setup;
  const choose = (change: Partial<Setup>): void => patch({ setup: { ...setup(), ...change } });

  // ---- data -------------------------------------------------------------

  function open(source: DataSource, next: Setup): void {
    const { data, phase } = store.getState();
    // Two files dropped one after the other: what stood before the first one is still what to go back to.
    if (data.status !== "reading") before = { setup: setup(), phase };
    readings += 1;
    patch({
      setup: next,
      // A running model goes on until the new table is in.
      phase: phase === "training" || phase === "error" ? phase : "loading",
      data: { ...data, status: "reading", reading: { share: 0, rows: 0 } },
      alert: undefined,
    });
    lines.analysis({
      type: "open",
      request: readings,
      source,
      options: { rowLimit, seed: next.seed },
    });
  }

  function prepare(): void {
    halt();
    dataNumber += 1;
    const { missingMarks, columns, holdout, seed, numeric } = setup();
    preparedSeed = seed;
    const { data, phase } = store.getState();
    patch({
      phase: phase === "error" ? phase : "loading",
      data: { ...data, status: "preparing", prepared: undefined },
    });
    lines.analysis({
      type: "prepare",
      data: dataNumber,
      request: table,
      options: { missingMarks, columns, holdout, seed, numeric },
    });
  }

  /** Prepares the table on screen anew; one that is being read will be prepared with this choice anyway. */
  function prepareWith(change: Partial<Setup>): void {
    choose(change);
    patch({ alert: undefined });
    const { status } = store.getState().data;
    if (status === "ready" || status === "preparing") prepare();
  }

  const openOwn = (source: DataSource): void => {
    const { model, seed, budget, speed, missingMarks } = setup();
    const like = setupFor(source.kind === "drawing" ? "ring" : "own");
    open(source, {
      ...setupFor("own"),
      model,
      settings: settingsToKeep(setup()),
      seed,
      budget,
      speed,
      missingMarks,
      numeric: like.numeric,
    });
  };

  // ---- runs -------------------------------------------------------------

  /** Ends whatever runs and forgets its curves and rows. */
  function halt(): void {
    const { training, stage, phase } = store.getState();
    lines.train({ type: "stop" });
    patch({
      phase: phase === "loading" || phase === "error" ? phase : "ready",
      training: untrained(training.run + 1),
      stage: { ...stage, frames: {} },
      download: { status: "idle", note: "" },
    });
  }

  /** Starts now, or once the table that is on its way is there. */
  function begin(beginning: Beginning): void {
    const { data, setup: chosen, phase } = store.getState();
    if (phase === "error") return;
    if (phase === "loading" || data.status === "reading") {
      whenPrepared = beginning;
      if (data.status === "reading") patch({ status: "Training begins as soon as the table is read." });
    } else if (chosen.seed !== preparedSeed && data.prepared !== undefined) {
      // The seed splits the rows as well.
      whenPrepared = beginning;
      prepare();
    } else start(beginning);
  }

  function start({ paused, objective }: Beginning): void {
    const { data, setup: chosen } = store.getState();
    if (data.prepared === undefined) return;
    halt();
    const { training } = store.getState();
    patch({ training: { ...training, startedFrom: chosen } });
    const { model, seed, budget, speed } = chosen;
    lines.train({
      type: "start",
      run: training.run,
      data: data.prepared.data,
      config: { model, settings: settingsOf(chosen), seed, budget, speed },
      paused,
    });
    if (paused) step(objective);
  }

  const step = (objective: string | undefined): void =>
    lines.train({ type: "step", ...(objective !== undefined && { objective }) });

  /** Changes a live setting of the run, if the run is of the model that is chosen. */
  function tune(key: string, value: SettingValue): void {
    if (store.getState().training.startedFrom?.model === setup().model)
      lines.train({ type: "tune", key, value });
  }

  // ---- events -----------------------------------------------------------

  function onAnalysis(event: AnalysisEvent): void {
    if ("request" in event) {
      const newest = event.type.includes("download") ? downloads : readings;
      if (event.request !== newest) return;
    }
    if ((event.type === "prepared" || event.type === "unprepared") && event.data !== dataNumber) return;
    store.setState((state) => foldAnalysis(state, event));
    switch (event.type) {
      case "opened":
        table = event.request;
        prepare();
        break;
      case "refused":
      case "cancelled": {
        // What was said of the run meanwhile is newer than what stood before.
        const { phase } = store.getState();
        whenPrepared = undefined;
        const back = before.phase === "paused" || before.phase === "finished" ? before.phase : "ready";
        patch({ setup: before.setup, phase: phase === "loading" ? back : phase });
        break;
      }
      case "prepared": {
        if (setup().dataset === "own") choose({ kind: kindOf(event.views) });
        lookAt();
        const beginning = whenPrepared;
        whenPrepared = undefined;
        if (beginning !== undefined) begin(beginning);
        break;
      }
      case "unprepared":
        whenPrepared = undefined;
        break;
      case "frame":
        // Drawn first, then asked for more: a slow page slows the pictures, never the training.
        requestAnimationFrame(() => lines.analysis({ type: "credit" }));
        break;
      case "downloaded":
        saveFile(event.csv, event.name);
        break;
      default:
        break;
    }
  }

  let saidAt = 0;
  function onTrain(event: TrainEvent): void {
    const had = store.getState().backend?.name;
    if (event.type === "failed" && event.fatal && had !== undefined)
      return startAnew(event.message, event.detail, had);
    store.setState((state) => foldTrain(state, event));
    if (event.type === "backend" && recover.reason !== undefined)
      patch({ backend: { name: event.backend, adapter: event.adapter, reason: recover.reason } });
    if (event.type !== "progress") return;
    lines.train({ type: "credit" });
    const now = performance.now();
    if (now - saidAt < 2_000 || store.getState().phase !== "training") return;
    saidAt = now;
    const { budget } = setup();
    const goal = budget.unit === "steps" ? ` of ${budget.amount.toLocaleString("en-GB")}` : "";
    patch({ status: `Training: step ${event.step.toLocaleString("en-GB")}${goal}.` });
  }

  const recover = recovery(options.forcedBackend);

  /** The train worker is dead, or its device gone. The rows are with the other worker, so a fresh one can begin again. */
  function startAnew(message: string, detail: string, had: BackendName | undefined): void {
    halt();
    const said = recover.again(message, had, performance.now());
    if (said === undefined) {
      const words = `${message} This keeps happening, so nothing more can be trained on this page. Reload it to try again.`;
      patch({ phase: "error", status: "Training is not possible.", alert: { message: words, detail } });
      return;
    }
    lines.restartTrain();
    askForBackend();
    patch({
      status: "Training stopped.",
      alert: { message: `${said} Your table is safe; press Train to begin again.`, detail },
    });
  }

  const lines: Lines = options.openLines({
    onTrain,
    onAnalysis,
    onTrainDeath: (reason) =>
      startAnew("The training worker stopped and was started anew.", reason, undefined),
    onAnalysisDeath: (reason) => {
      halt();
      patch({
        phase: "error",
        status: "The page has lost its table.",
        alert: {
          message: "The worker that held the table stopped. Reload the page and open the table again.",
          detail: reason,
        },
      });
    },
  });

  function askForBackend(): void {
    patch({ backend: undefined });
    lines.train({ type: "backend", ...(recover.backend && { forced: recover.backend }) });
  }

  /** Tells the analysis worker what is on screen. */
  function lookAt(): void {
    const { data, setup: chosen } = store.getState();
    const views = data.prepared?.views ?? [];
    const shown = chosen.view !== undefined && views.includes(chosen.view) ? chosen.view : views[0];
    const all = new Set<StageView>([
      ...(shown ? [shown] : []),
      ...panels.filter((view) => views.includes(view)),
    ]);
    lines.analysis({ type: "watch", views: [...all], pair: openPair(chosen, data.summary?.columns ?? []) });
  }

  // ---- actions ----------------------------------------------------------

  const actions: Actions = {
    pickDataset: (id) => {
      const { model, seed, budget, speed } = setup();
      open(
        { kind: "builtin", id, seed: dataSeed },
        { ...setupFor(id), model, settings: settingsToKeep(setup()), seed, budget, speed },
      );
    },
    openFiles: (files) => openOwn({ kind: "files", files }),
    openText: (text, name) => openOwn({ kind: "text", text, name }),
    openDrawing: (points) => openOwn({ kind: "drawing", points }),
    cancelReading: () => {
      if (store.getState().data.status === "reading") lines.analysis({ type: "cancel", request: readings });
    },
    chooseColumn: (name, choice) => {
      const { columns } = setup();
      prepareWith({ columns: { ...columns, [name]: { ...columns[name], ...choice } } });
    },
    setHoldout: (holdout) => prepareWith({ holdout }),
    setNumeric: (numeric) => prepareWith({ numeric }),
    setMissingMarks: (missingMarks) => prepareWith({ missingMarks }),
    setModel: (model) => choose({ model, settings: {} }),
    setSetting: (key, value) => {
      const { model, kind, settings } = setup();
      const { [key]: _, ...others } = settings;
      const usual = String(defaultsFor(model, kind)[key]) === String(value);
      choose({ settings: usual ? others : { ...others, [key]: value } });
      tune(key, value);
    },
    resetSettings: () => {
      const { model, kind, settings } = setup();
      choose({ settings: {} });
      for (const [key, value] of Object.entries(defaultsFor(model, kind)))
        if (Object.hasOwn(settings, key)) tune(key, value);
    },
    applyPreset: (id) => {
      const preset = presets.find((candidate) => candidate.id === id);
      if (!preset) return;
      const { seed, speed } = setup();
      open(
        { kind: "builtin", id: preset.dataset, seed: dataSeed },
        {
          ...setupFor(preset.dataset),
          model: preset.model,
          settings: preset.settings,
          numeric: preset.numeric,
          seed,
          speed,
        },
      );
    },
    setSeed: (seed) => choose({ seed }),
    setBudget: (budget) => {
      choose({ budget });
      lines.train({ type: "budget", budget });
    },
    setSpeed: (speed) => {
      choose({ speed });
      lines.train({ type: "speed", speed });
    },
    // Who goes on has read what was said; a page that begins by itself has not.
    train: () => {
      patch({ alert: undefined });
      const { phase, training } = store.getState();
      const { startedFrom } = training;
      const fresh = startedFrom === undefined || changesSince(startedFrom, setup()).length > 0;
      const goesOn = phase === "paused" || (phase === "finished" && canGoOn(training, setup()));
      if (goesOn && !fresh) lines.train({ type: "resume" });
      else begin({ paused: false });
    },
    pause: () => lines.train({ type: "pause" }),
    step: (objective) => {
      patch({ alert: undefined });
      if (store.getState().training.startedFrom === undefined) begin({ paused: true, objective });
      else step(objective);
    },
    reset: () => {
      halt();
      patch({ status: "Reset. The model has learned nothing yet." });
    },
    setView: (view) => {
      choose({ view });
      lookAt();
    },
    setPair: (pair) => {
      choose({ pair });
      lookAt();
    },
    watch: (views) => {
      panels = views;
      lookAt();
    },
    download: ({ rows, escapeFormulas }) => {
      const words = `Making ${rows.toLocaleString("en-GB")} rows…`;
      patch({ download: { status: "working", note: words }, status: words });
      lines.analysis({ type: "download", request: ++downloads, rows, seed: setup().seed, escapeFormulas });
    },
    share: async () => {
      const link = location.href;
      await navigator.clipboard.writeText(link);
      return link;
    },
    dismiss: () => patch({ alert: undefined }),
  };

  askForBackend();
  const { dataset } = options.setup;
  if (dataset === "own") {
    // The link came from someone's own table, which never travels.
    const standard = setupFor("birds");
    open(
      { kind: "builtin", id: "birds", seed: dataSeed },
      { ...options.setup, dataset: "birds", numeric: standard.numeric },
    );
    patch({
      alert: {
        message:
          "This setup was made with a table of someone's own, which is never part of a link. Drop that CSV to use it; until then the built-in table is open.",
        detail: "",
      },
    });
  } else open({ kind: "builtin", id: dataset, seed: dataSeed }, options.setup);
  if (options.faults.length > 0)
    patch({ alert: { message: options.faults[0]!, detail: options.faults.slice(1).join("\n") } });
  return { store, actions };
}

/** What a person's own data turned out to be like. */
const kindOf = (views: readonly StageView[]): Setup["kind"] =>
  views[0] === "plane" ? "shape" : views[0] === "images" ? "images" : "table";

/** How a run begins: at once, or paused with one step of one objective or of all. */
interface Beginning {
  readonly paused: boolean;
  readonly objective?: string | undefined;
}

/** A finished run goes on where its budget has been raised since; a model that is fitted at once never does. */
function canGoOn(training: LabState["training"], chosen: Setup): boolean {
  if (training.objectives.length === 0) return false;
  return chosen.budget.unit === "steps"
    ? training.step < chosen.budget.amount
    : training.elapsed < chosen.budget.amount;
}
