/** What a person can do, as commands to the workers and choices in the setup. */
import { dataSeed } from "../catalog/datasets.ts";
import { defaultsFor } from "../catalog/models.ts";
import { presets } from "../catalog/presets.ts";
import type { SettingValue } from "../catalog/setting.ts";
import { t } from "../language/words.ts";
import type { StageView } from "../protocol/analysis.ts";
import { isRunFile } from "../share/file.ts";
import type { Actions, RunActions } from "../store/actions.ts";
import { hasBudgetLeft } from "../store/goingOn.ts";
import type { Race } from "../store/race.ts";
import { replayedViews } from "../store/replay.ts";
import { changesSince, settingsToKeep, setupFor } from "../store/setup.ts";
import type { Insides } from "./insides.ts";
import type { Course } from "./course.ts";
import type { Desk } from "./desk.ts";
import type { Downloads } from "./downloads.ts";
import type { Experiments } from "./experiments.ts";
import type { OriginChoices } from "./origins.ts";
import type { Reports } from "./reports.ts";
import type { Beginning, Runs } from "./runs.ts";
import type { SharedRuns } from "./sharedRuns.ts";
import type { Tables } from "./tables.ts";

/** Views in which points can be ringed. */
const pointViews: readonly StageView[] = ["plane", "pca", "umap", "pair"];

export interface Parts {
  readonly shared: SharedRuns;
  readonly tables: Tables;
  readonly runs: Runs;
  readonly downloads: Downloads;
  readonly origins: OriginChoices;
  readonly reports: Reports;
  readonly experiments: Experiments;
  readonly insides: Insides;
  readonly course: Course;
  readonly book: RunActions;
  /** Starts a run now, or once the table that is on its way is there. */
  begin(beginning: Beginning): void;
}

export function actionsOf(
  desk: Desk,
  { tables, runs, downloads, origins, reports, experiments, insides, course, shared, book, begin }: Parts,
): Actions {
  const { get, patch, setup, choose } = desk;

  /** Changes a live setting of the run, if the run is of the model that is chosen. */
  function tune(key: string, value: SettingValue): void {
    if (get().training.startedFrom?.model === setup().model) runs.tell({ type: "tune", key, value });
  }

  let race: Race | undefined;
  let riddles = 0;

  const actions: Actions = {
    pickDataset: (id) => {
      const { model, seed, budget, speed } = setup();
      tables.open(
        { kind: "builtin", id, seed: dataSeed },
        { ...setupFor(id), model, settings: settingsToKeep(setup()), seed, budget, speed },
      );
    },
    openFiles: (files) => {
      const [file] = files;
      if (files.length === 1 && isRunFile(file!.name)) shared.openFile(file!);
      else tables.openOwn({ kind: "files", files });
    },
    openText: (text, name) => tables.openOwn({ kind: "text", text, name }),
    openDrawing: (points) => tables.openOwn({ kind: "drawing", points }),
    cancelReading: () => tables.cancel(),
    chooseColumn: (name, choice) => {
      const { columns } = setup();
      tables.prepareWith({ columns: { ...columns, [name]: { ...columns[name], ...choice } } });
    },
    setHoldout: (holdout) => tables.prepareWith({ holdout }),
    setNumeric: (numeric) => tables.prepareWith({ numeric }),
    setMissingMarks: (missingMarks) => tables.prepareWith({ missingMarks }),
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
      tables.open(
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
    startFrom: origins.choose,
    openRun: (file) => desk.lines.analysis({ type: "readRun", file }),
    showSource: origins.showSource,
    setSeed: (seed) => choose({ seed }),
    setBudget: (budget) => {
      choose({ budget });
      runs.tell({ type: "budget", budget });
    },
    setSpeed: (speed) => {
      choose({ speed });
      runs.tell({ type: "speed", speed });
    },
    // Who goes on has read what was said; a page that begins by itself has not.
    train: () => {
      patch({ alert: undefined });
      const { phase, training } = get();
      const { startedFrom } = training;
      const fresh = startedFrom === undefined || changesSince(startedFrom, setup()).length > 0;
      if ((phase === "paused" && !fresh) || hasBudgetLeft(get())) runs.tell({ type: "resume" });
      else begin({ paused: false });
    },
    pause: () => runs.tell({ type: "pause" }),
    step: (objective) => {
      patch({ alert: undefined });
      if (get().training.startedFrom === undefined) begin({ paused: true, objective });
      else runs.tell({ type: "step", ...(objective !== undefined && { objective }) });
    },
    reset: () => {
      runs.halt();
      patch({ status: t`Reset. The model has learned nothing yet.` });
    },
    setView: (view) => {
      choose({ view });
      tables.lookAt();
    },
    lookInside: insides.lookInside,
    setPair: (pair) => {
      choose({ pair });
      tables.lookAt();
    },
    show: (shown) => {
      patch({ stage: { ...get().stage, shown, rings: {} } });
      desk.lines.analysis({ type: "show", ...(shown && { shown }) });
      const views = get().data.prepared?.views ?? [];
      const open = setup().view ?? views[0];
      const points = views.find((view) => pointViews.includes(view));
      if (shown && points && !(open && views.includes(open) && pointViews.includes(open)))
        actions.setView(points);
    },
    remedy: ({ settings = {}, model, budget, goBack }) => {
      if (goBack === true) return actions.goBack();
      if (model !== undefined) actions.setModel(model);
      for (const [key, value] of Object.entries(settings)) actions.setSetting(key, value);
      if (budget !== undefined) actions.setBudget(budget);
      // A run that goes on takes what is live as it goes.
      const { phase, training } = get();
      const fresh =
        training.startedFrom !== undefined && changesSince(training.startedFrom, setup()).length > 0;
      if (fresh || phase !== "training") actions.train();
    },
    watch: (views) => tables.watch(views),
    makeReport: (question) => reports.make(question),
    cancelReport: () => reports.cancel(),
    saveReport: (withRows) => reports.save(withRows),
    tryExperiment: experiments.attempt,
    tryCase: experiments.attemptCase,
    cancelExperiment: () => experiments.cancel(),
    shiftTest: experiments.shift,
    download: (options) => downloads.ask({ ...options, seed: setup().seed }),
    cancelDownload: () => downloads.cancel(),
    setStopEarly: (stopEarly) => patch({ stopEarly }),
    goBack: (step) => desk.lines.analysis({ type: "goBack", ...(step !== undefined && { step }) }),
    lookBack: (moment) => {
      patch({ stage: { ...get().stage, moment } });
      const views = get().data.prepared?.views ?? [];
      const held: readonly (StageView | undefined)[] = replayedViews(views);
      if (moment !== undefined && held[0] !== undefined && !held.includes(setup().view ?? views[0]))
        actions.setView(held[0]);
    },
    share: async () => {
      const link = location.href;
      await navigator.clipboard.writeText(link);
      return link;
    },
    runShared: shared.run,
    runSharedOn: shared.runOn,
    race: async () => (race ??= (await import("./race.ts")).openRace(desk, tables, runs)),
    ...course,
    askRiddle: () => {
      const request = ++riddles;
      patch({ riddle: { request } });
      desk.lines.analysis({ type: "riddle", request, seed: setup().seed + request });
    },
    closeRiddle: () => patch({ riddle: undefined }),
    showRace: (raceShown) => patch({ raceShown }),
    present: (presenting) => patch({ presenting }),
    runs: book,
    dismiss: () => patch({ alert: undefined }),
  };
  return actions;
}
