/** The page's intentions without a page: the lines are fakes that note what is sent and say what a test wants said. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Listeners } from "../bridge/lines.ts";
import { dataSeed } from "../catalog/datasets.ts";
import { experiments, type ExperimentCase } from "../catalog/experiments.ts";
import { defaultsFor } from "../catalog/models.ts";
import type { AnalysisCommand, AnalysisEvent, OriginNote, TableSummary } from "../protocol/analysis.ts";
import type { ExperimentCard, ExperimentCommand, ExperimentEvent } from "../protocol/experiment.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { setupFor } from "../store/setup.ts";
import { conduct, type ConductorOptions } from "./conductor.ts";

const summary: TableSummary = {
  name: "birds",
  rows: 400,
  rowsRead: 400,
  columns: [],
  preview: [],
  said: "Read 400 rows in 0.1 s, on this device",
  issues: [],
};

function open(options: Partial<ConductorOptions> = {}) {
  const sent: (TrainCommand | AnalysisCommand)[] = [];
  const tried: ExperimentCommand[] = [];
  let listeners!: Listeners;
  let restarts = 0;
  const lab = conduct({
    setup: setupFor("birds"),
    faults: [],
    autoTrain: false,
    openLines: (given) => {
      listeners = given;
      return {
        train: (command) => void sent.push(command),
        analysis: (command) => void sent.push(command),
        experiment: (command) => void tried.push(command),
        restartTrain: () => void (restarts += 1),
        lendRows: () => {},
      };
    },
    ...options,
  });
  const last = <T extends (TrainCommand | AnalysisCommand)["type"]>(type: T) =>
    sent.findLast(
      (command): command is Extract<TrainCommand | AnalysisCommand, { type: T }> => command.type === type,
    );
  const train = (event: TrainEvent): void => listeners.onTrain(event);
  const analysis = (event: AnalysisEvent): void => listeners.onAnalysis(event);
  const opened = (): void => analysis({ type: "opened", request: last("open")!.request, said: summary.said });
  const prepared = (data = last("prepare")!.data): void =>
    analysis({ type: "prepared", data, summary, trainRows: 320, holdoutRows: 80, width: 9, views: ["pca"] });
  return {
    ...lab,
    sent,
    tried,
    experiment: (event: ExperimentEvent) => listeners.onExperiment(event),
    loseExperiment: () => listeners.onExperimentDeath("it is gone"),
    last,
    train,
    analysis,
    opened,
    prepared,
    state: () => lab.store.getState(),
    count: (type: string) => sent.filter((command) => command.type === type).length,
    restarts: () => restarts,
    /** The run that was started last begins. */
    started: (from = 0) => {
      const { run, paused } = last("start")!;
      train({ type: "started", run, nets: [], objectives: ["loss"], from });
      train({ type: "state", run, state: paused ? "paused" : "training", step: from });
      return run;
    },
    kept: (step: number) => train({ type: "kept", run: last("start")!.run, step }),
    progress: (steps: number[]) =>
      train({
        type: "progress",
        run: last("start")!.run,
        step: steps.at(-1)!,
        losses: { steps, values: { loss: steps.map((step) => 1 / step) } },
        elapsed: 1,
        stepsPerSecond: 9,
        orders: { bundle: 1 },
      }),
    die: () => listeners.onTrainDeath("no sign of life for 30 s"),
    dieAnalysis: () => listeners.onAnalysisDeath("no sign of life for 30 s"),
    backend: (backend: "webgpu" | "wasm" = "wasm") =>
      train({ type: "backend", backend, adapter: "", reason: "It is there.", laps: [] }),
  };
}

const ready = (options: Partial<ConductorOptions> = {}) => {
  const lab = open(options);
  lab.backend();
  lab.opened();
  lab.prepared();
  return lab;
};
const fatal = (message: string): TrainEvent => ({ type: "failed", message, detail: "", fatal: true });

beforeEach(() => void vi.stubGlobal("requestAnimationFrame", (draw: () => void) => draw()));
afterEach(() => void vi.unstubAllGlobals());

describe("data", () => {
  it("opens, prepares what was opened, and trains by itself where that is wanted", () => {
    const lab = ready({ autoTrain: true });
    expect(lab.last("prepare")).toMatchObject({ request: 1, data: 1 });
    expect(lab.last("start")).toMatchObject({ run: expect.any(Number), data: 1, paused: false });
    expect(lab.count("start")).toBe(1);
  });

  it("drops late answers: of an older reading, of an older preparation, of an older run", () => {
    const lab = ready();
    lab.actions.openText("a\n1", "one.csv");
    lab.actions.openText("b\n1", "two.csv");
    lab.analysis({ type: "opened", request: 2, said: "" });
    expect(lab.count("prepare")).toBe(1);
    lab.opened();
    expect(lab.last("prepare")).toMatchObject({ request: 3, data: 2 });
    lab.actions.setHoldout(0.3);
    lab.analysis({ type: "unprepared", data: 2, summary, message: "No column is switched on." });
    expect(lab.state().alert).toBeUndefined();
    expect(lab.state().phase).toBe("loading");
    lab.prepared();
    lab.actions.train();
    lab.train({ type: "state", run: lab.last("start")!.run - 1, state: "finished", step: 9 });
    expect(lab.state().phase).toBe("ready");
  });

  it("goes back to the table before when a file is refused, and prepares that one from then on", () => {
    const lab = ready();
    lab.actions.openText("", "bad.csv");
    // Until the file is in, what is on screen is the setup of the table that is on screen.
    expect(lab.state().setup.dataset).toBe("birds");
    lab.actions.setModel("vae");
    lab.analysis({ type: "refused", request: 2, message: "This file is empty." });
    expect(lab.state()).toMatchObject({ phase: "ready", setup: { dataset: "birds", model: "vae" } });
    lab.actions.setHoldout(0.1);
    expect(lab.last("prepare")!.request).toBe(1);
  });

  it("keeps what became of a run while a file was read that is refused", () => {
    const lab = ready();
    lab.actions.train();
    const run = lab.started();
    lab.actions.openText("", "bad.csv");
    lab.train({ type: "state", run, state: "finished", step: 2000 });
    lab.analysis({ type: "refused", request: 2, message: "This file is empty." });
    expect(lab.state().phase).toBe("finished");
  });

  it("trains on the table that is being read, not once more on the old one", () => {
    const lab = ready();
    lab.actions.train();
    lab.started();
    lab.actions.openText("a\n1", "next.csv");
    lab.actions.setModel("gan");
    lab.actions.train();
    expect(lab.count("start")).toBe(1);
    expect(lab.state().status).toBe("Training begins as soon as the table is read.");
    lab.opened();
    lab.prepared();
    expect(lab.last("start")).toMatchObject({ data: 2, config: { model: "gan" } });
  });

  it("says how far a run is in tenths of its budget, and leaves counting steps to the bar", () => {
    const lab = ready();
    lab.actions.setBudget({ unit: "steps", amount: 2_000 });
    lab.actions.train();
    lab.started();
    lab.progress([1_240]);
    expect(lab.state().status).toBe("Training Diffusion: 60 % of 2,000 steps done.");
  });

  it("and of the first tenth only where it goes", () => {
    const lab = ready();
    lab.actions.setBudget({ unit: "steps", amount: 2_000 });
    lab.actions.train();
    lab.started();
    lab.progress([140]);
    expect(lab.state().status).toBe("Training Diffusion: on the way to 2,000 steps.");
  });

  it("takes a complaint about the columns back once they are changed", () => {
    const lab = ready();
    lab.actions.chooseColumn("mass", { include: false });
    lab.analysis({ type: "unprepared", data: 2, summary, message: "No column is switched on." });
    expect(lab.state().alert?.message).toBe("No column is switched on.");
    lab.actions.chooseColumn("mass", { include: true });
    expect(lab.state().alert).toBeUndefined();
  });

  it("says how far a download is, of the newest only", () => {
    const lab = ready();
    lab.actions.download({ rows: 9_000, escapeFormulas: false });
    lab.analysis({ type: "downloading", request: 1, rows: 2_000, of: 9_000 });
    expect(lab.state().download.note).toContain("2,000 of 9,000");
    lab.actions.download({ rows: 50, escapeFormulas: false });
    lab.analysis({ type: "downloading", request: 1, rows: 4_000, of: 9_000 });
    expect(lab.state().download.note).toBe("Making 50 rows…");
  });

  it("forgets a download that is cancelled", () => {
    const lab = ready();
    lab.actions.download({ rows: 9_000, escapeFormulas: false });
    lab.actions.cancelDownload();
    expect(lab.last("enough")).toEqual({ type: "enough", request: 1 });
    expect(lab.state().download).toEqual({ status: "idle", note: "" });
    lab.analysis({ type: "downloading", request: 1, rows: 2_000, of: 9_000 });
    expect(lab.state().download.note).toBe("");
  });

  it("says that a run is gone when it is reset", () => {
    const lab = ready();
    lab.actions.train();
    lab.started();
    lab.actions.reset();
    expect(lab.state().status).toMatch(/^Reset/);
  });

  it("prepares nothing while another table is being read", () => {
    const lab = ready();
    lab.actions.openText("a\n1", "big.csv");
    lab.actions.chooseColumn("mass", { include: false });
    expect(lab.count("prepare")).toBe(1);
    expect(lab.state()).toMatchObject({ data: { status: "reading" }, setup: { dataset: "birds" } });
    lab.opened();
    // A choice among the old table's columns is none among the new one's.
    expect(lab.last("prepare")!.options.columns).toEqual({});
    expect(lab.state().setup.dataset).toBe("own");
  });

  it("takes a column's choice whatever the column is called", () => {
    const lab = ready();
    for (const name of ["__proto__", "constructor", "toString"])
      lab.actions.chooseColumn(name, { include: false });
    const { columns } = lab.last("prepare")!.options;
    expect(Object.keys(columns)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(columns)).toBe(Object.prototype);
    expect(columns["constructor"]).toEqual({ include: false });
  });
});

describe("runs", () => {
  it("split the rows anew for another seed, for a first step too", () => {
    const lab = ready();
    lab.actions.setSeed(8);
    lab.actions.step("generator");
    expect(lab.count("start")).toBe(0);
    expect(lab.last("prepare")!.options.seed).toBe(8);
    lab.prepared();
    expect(lab.last("start")).toMatchObject({ paused: true, config: { seed: 8 } });
    expect(lab.sent.at(-1)).toEqual({ type: "step", objective: "generator" });
  });

  it("splits them for the seed as it stands when they are split, though it changes meanwhile", () => {
    const lab = open();
    lab.opened();
    lab.actions.setSeed(99);
    lab.prepared();
    lab.actions.train();
    expect(lab.last("prepare")!.options.seed).toBe(99);
  });

  it("gives every progress its credit back, also of a run that is gone", () => {
    const lab = ready();
    lab.actions.train();
    const run = lab.started();
    lab.actions.reset();
    lab.train({
      type: "progress",
      run,
      step: 3,
      losses: { steps: [], values: {} },
      elapsed: 1,
      stepsPerSecond: 3,
      orders: { bundle: 1 },
    });
    expect(lab.count("credit")).toBe(1);
    expect(lab.state().training.step).toBe(0);
  });

  it("starts a model afresh that is fitted at once, rather than resuming what never goes on", () => {
    const lab = ready();
    lab.actions.setModel("copula");
    lab.actions.train();
    const { run } = lab.last("start")!;
    lab.train({ type: "started", run, nets: [], objectives: [], from: 0 });
    lab.train({ type: "state", run, state: "finished", step: 0 });
    lab.actions.train();
    expect(lab.count("start")).toBe(2);
  });

  it("tunes a run of the chosen model only, and tunes back when settings are reset", () => {
    const lab = ready();
    lab.actions.train();
    lab.started();
    lab.actions.setSetting("learningRate", 0.5);
    expect(lab.last("tune")).toEqual({ type: "tune", key: "learningRate", value: 0.5 });
    lab.actions.resetSettings();
    expect(lab.last("tune")!.value).toBeLessThan(0.5);
    const tunes = lab.count("tune");
    lab.actions.setModel("gan");
    lab.actions.setSetting("learningRate", 0.25);
    expect(lab.count("tune")).toBe(tunes);
  });
});

describe("a run that begins with another's weights", () => {
  const lastRun: OriginNote = {
    name: "Island birds",
    model: "vae",
    settings: { ...defaultsFor("vae", "table"), latent: 5 },
    step: 2_000,
    numeric: "quantile",
    cloud: true,
  };
  const readyAfter = () => {
    const lab = open();
    lab.backend();
    lab.opened();
    const { data } = lab.last("prepare")!;
    lab.analysis({
      type: "prepared",
      data,
      summary,
      trainRows: 320,
      holdoutRows: 80,
      width: 9,
      views: ["pca"],
      lastRun,
    });
    return lab;
  };

  it("takes its model and settings along, shows its rows, and has it lent before it starts", () => {
    const lab = readyAfter();
    lab.actions.startFrom("last");
    expect(lab.state().setup).toMatchObject({ weights: "last", model: "vae", settings: { latent: 5 } });
    expect(lab.last("showSource")).toEqual({ type: "showSource", shown: true });
    lab.actions.train();
    expect(lab.last("lend")).toEqual({ type: "lend", request: 1, from: "last" });
    expect(lab.last("start")).toMatchObject({ origin: 1 });
    lab.started();
    // A fresh worker is told the same; the analysis worker lends it again.
    lab.die();
    expect(lab.last("start")).toMatchObject({ origin: 1, resume: true });
    expect(lab.count("lend")).toBe(1);
  });

  it("begins with fresh ones where the model is another, or another table is opened", () => {
    const lab = readyAfter();
    lab.actions.startFrom("last");
    lab.actions.setModel("gan");
    lab.actions.train();
    expect(lab.last("start")).not.toHaveProperty("origin");
    lab.actions.startFrom("last");
    lab.actions.pickDataset("ring");
    expect(lab.state().setup.weights).toBe("fresh");
    lab.actions.startFrom("file"); // none was read
    expect(lab.state().setup.weights).toBe("fresh");
  });

  it("reads a saved run, chooses it, and scales numbers as it did", () => {
    const lab = readyAfter();
    const prepared = lab.last("prepare")!.data;
    lab.actions.openRun(new File([], "run.json"));
    lab.analysis({
      type: "runRead",
      run: { ...lastRun, name: "run.json", numeric: "standard", cloud: false },
    });
    expect(lab.state().setup).toMatchObject({ weights: "file", model: "vae", numeric: "standard" });
    expect(lab.last("prepare")!.data).toBe(prepared + 1);
    lab.analysis({ type: "runRefused", message: "x.csv is no saved run." });
    expect(lab.state().alert!.message).toBe("x.csv is no saved run.");
  });

  it("ends with words where there is nothing to lend any more", () => {
    const lab = readyAfter();
    lab.actions.startFrom("last");
    lab.actions.train();
    lab.analysis({ type: "unlent", request: 1, message: "The run to start from is gone." });
    expect(lab.sent.at(-1)).toEqual({ type: "stop" });
    expect(lab.state()).toMatchObject({
      phase: "ready",
      alert: { message: "The run to start from is gone." },
    });
  });
});

describe("losses", () => {
  it("goes on from the last checkpoint where the GPU is lost, with one calm line and nothing forgotten", () => {
    const lab = open();
    lab.backend("webgpu");
    lab.opened();
    lab.prepared();
    lab.actions.train();
    const run = lab.started();
    lab.progress([10, 20]);
    lab.kept(20);
    lab.progress([30, 1240]);
    lab.actions.setSetting("learningRate", 0.05);
    lab.actions.setSetting("hidden", [8]); // waits for a new run
    lab.actions.setSpeed(50);
    lab.train(fatal("The GPU was lost."));
    expect(lab.restarts()).toBe(1);
    // A lost device can usually be opened anew.
    expect(lab.last("backend")).toEqual({ type: "backend" });
    expect(lab.last("start")).toMatchObject({
      run,
      data: 1,
      paused: false,
      resume: true,
      config: { settings: { learningRate: 0.05 }, speed: 50 },
    });
    expect(lab.last("start")!.config.settings["hidden"]).not.toEqual([8]);
    expect(lab.state()).toMatchObject({ phase: "training", alert: undefined, backend: undefined });
    expect(lab.state().status).toBe("The GPU was lost at step 1,240. Going on…");
    lab.backend("wasm");
    lab.started(20);
    expect(lab.state().status).toBe(
      "The GPU was lost at step 1,240; training went on from step 20 on WebAssembly.",
    );
    expect(lab.state().training.losses.steps).toEqual([10, 20]);
    lab.progress([20, 25]);
    expect(lab.state().training.losses).toMatchObject({ steps: [10, 20, 25], values: { loss: [0.1, 0.05, 0.04] } }); // prettier-ignore
    // Said long enough to be read.
    expect(lab.state().status).toContain("went on");
    expect(lab.state().alert).toBeUndefined();
  });

  it("brings a model back that rests, in the state that it was in and without training it", () => {
    const lab = ready();
    lab.actions.train();
    const run = lab.started();
    lab.kept(40);
    lab.train({ type: "state", run, state: "paused", step: 40 });
    lab.die();
    expect(lab.last("start")).toMatchObject({ run, paused: true, resume: true });
    lab.backend();
    lab.started(40);
    expect(lab.state()).toMatchObject({
      phase: "paused",
      status: "The training worker stopped; the model is back as it was at step 40.",
    });
    // What is pressed before the loss is noticed reached nobody.
    lab.actions.train();
    lab.die();
    expect(lab.last("start")).toMatchObject({ paused: false, resume: true });
    lab.actions.reset();
    lab.die();
    expect(lab.count("start")).toBe(3);
  });

  it("leaves a GPU that is lost again before the run got further, and says so on the badge", () => {
    const lab = open();
    lab.backend("webgpu");
    lab.opened();
    lab.prepared();
    lab.actions.train();
    lab.started();
    for (const step of [100, 200, 300, 400]) {
      lab.kept(step);
      lab.progress([step + 50]);
      lab.train(fatal("The GPU was lost."));
      expect(lab.last("backend")).toEqual({ type: "backend" });
      lab.backend("webgpu");
      lab.started(step);
    }
    lab.train(fatal("The GPU was lost."));
    expect(lab.last("backend")).toEqual({ type: "backend", forced: "wasm" });
    lab.backend("wasm");
    lab.started(400);
    expect(lab.state().backend!.reason).toMatch(/WebAssembly has taken over/);
    expect(lab.state().phase).toBe("training");
  });

  it("asks for the rows of a download again once the model is back", () => {
    const lab = ready();
    lab.actions.train();
    lab.started();
    lab.kept(40);
    lab.actions.download({ rows: 9_000, escapeFormulas: true });
    lab.die();
    lab.analysis({ type: "undownloaded", request: 1, message: "The model was lost." });
    expect(lab.state()).toMatchObject({ download: { status: "working" }, alert: undefined });
    lab.backend();
    lab.started(40);
    const { request } = lab.last("download")!;
    expect(lab.last("download")).toMatchObject({ rows: 9_000, escapeFormulas: true });
    expect(request).not.toBe(1);
    lab.analysis({ type: "downloading", request, rows: 2_000, of: 9_000 });
    expect(lab.state().download.note).toContain("2,000 of 9,000");
    // Nothing hangs where the model does not come back.
    for (let i = 0; i < 3; i++) lab.die();
    expect(lab.state()).toMatchObject({ phase: "error", download: { status: "idle" } });
  });

  it("holds to a backend that was insisted on", () => {
    const lab = open({ forcedBackend: "webgpu" });
    lab.backend("webgpu");
    lab.train(fatal("The GPU was lost."));
    expect(lab.last("backend")).toEqual({ type: "backend", forced: "webgpu" });
  });

  it("ends in an error that opening tables does not hide where the backend never came", () => {
    const lab = open({ forcedBackend: "webgpu", autoTrain: true });
    lab.opened();
    lab.train(fatal("WebGPU was asked for but can't be used here."));
    lab.prepared();
    expect(lab.state().phase).toBe("error");
    lab.actions.pickDataset("ring");
    lab.opened();
    lab.prepared();
    lab.actions.train();
    expect(lab.state()).toMatchObject({ phase: "error", data: { status: "ready" } });
    expect(lab.count("start")).toBe(0);
    expect(lab.restarts()).toBe(0);
  });

  it("gives up on a worker that dies again and again", () => {
    const lab = ready();
    for (let i = 0; i < 5; i++) lab.die();
    expect(lab.restarts()).toBe(2);
    expect(lab.state().phase).toBe("error");
    expect(lab.state().alert!.message).toMatch(/Reload/);
  });

  it("stays lost once the table is, whatever the run says afterwards", () => {
    const lab = ready();
    lab.actions.train();
    const run = lab.started();
    lab.dieAnalysis();
    lab.train({ type: "state", run, state: "finished", step: 2000 });
    expect(lab.state().phase).toBe("error");
    expect(lab.sent.at(-1)).toEqual({ type: "stop" });
  });
});

describe("what a finding offers", () => {
  function training() {
    const lab = open({ setup: { ...setupFor("birds"), model: "vae" }, autoTrain: true });
    lab.backend();
    lab.opened();
    lab.prepared();
    const run = lab.started();
    return { ...lab, run };
  }

  it("begins anew with settings that need it, and goes on with those that do not", () => {
    const lab = training();
    lab.actions.remedy({ label: "Lower β", settings: { beta: 0.2 }, live: false });
    expect(lab.count("start")).toBe(2);
    expect(lab.last("start")!.config.settings["beta"]).toBe(0.2);
    const run = lab.started();
    lab.train({ type: "state", run, state: "diverged", step: 5, message: "It ran away." });
    lab.actions.remedy({ label: "Lower the learning rate", settings: { learningRate: 1e-4 }, live: true });
    expect(lab.count("start")).toBe(2);
    expect(lab.last("tune")).toMatchObject({ key: "learningRate", value: 1e-4 });
    expect(lab.sent.at(-1)).toEqual({ type: "resume" });
  });

  it("takes another model, a longer run, or the way back", () => {
    const lab = training();
    lab.actions.remedy({ label: "Take CTGAN", model: "ctgan", live: false });
    expect(lab.last("start")!.config.model).toBe("ctgan");
    const run = lab.started();
    lab.train({ type: "state", run, state: "finished", step: 2_000 });
    lab.actions.remedy({
      label: "Train twice as long",
      budget: { unit: "steps", amount: 4_000 },
      live: true,
    });
    expect(lab.last("budget")!.budget.amount).toBe(4_000);
    lab.actions.remedy({ label: "Go back", goBack: true, live: true });
    expect(lab.sent.at(-1)).toEqual({ type: "goBack" });
  });

  it("rings its points until a new run begins", () => {
    const lab = training();
    lab.actions.show({ kind: "missed" });
    expect(lab.last("show")).toEqual({ type: "show", shown: { kind: "missed" } });
    lab.analysis({ type: "rings", data: lab.state().data.prepared!.data, view: "pca", real: new Float32Array(4), synthetic: new Int32Array(0) }); // prettier-ignore
    expect(lab.state().stage.rings.pca?.real).toHaveLength(4);
    lab.actions.reset();
    expect(lab.last("show")).toEqual({ type: "show" });
    expect(lab.state().stage).toMatchObject({ shown: undefined, rings: {} });
  });
});

describe("experiments", () => {
  const card = { choice: { ...experiments[0]!.choice }, headline: { outcome: "gain", words: "They help" } } as unknown as ExperimentCard; // prettier-ignore

  it("go on beside a run, and the newest answer is the one that counts", () => {
    const lab = ready();
    const { choice } = experiments[0]!;
    lab.actions.tryExperiment(choice);
    expect(lab.state().setup.experiment).toBe(choice);
    const { request } = lab.tried.at(-1) as { request: number };
    expect(lab.tried.at(-1)).toMatchObject({ type: "try", choice, model: "diffusion", settings: defaultsFor("diffusion", "table") }); // prettier-ignore
    lab.experiment({ type: "trying", request: request - 1, share: 0.9, doing: "old" });
    expect(lab.state().experiment).toMatchObject({ status: "working", share: 0 });
    lab.experiment({ type: "tried", request, data: lab.last("prepare")!.data, card });
    expect(lab.state().experiment).toMatchObject({ status: "idle", card });
    lab.actions.shiftTest([{ column: "default", value: "yes", share: 0.5 }]);
    const shift = lab.tried.at(-1) as { request: number };
    lab.experiment({ type: "shifted", request: shift.request, shifted: { why: "no" } });
    expect(lab.state().experiment.shifted).toEqual({ why: "no" });
    lab.actions.shiftTest([]);
    expect(lab.state().experiment.shifted).toBeUndefined();
  });

  it("of the catalog open their table first and run once it is there", () => {
    const lab = ready();
    const [{ id, dataset, seed, holdout, model, choice }] = experiments as [ExperimentCase];
    lab.actions.tryCase(id);
    expect(lab.last("open")!.source).toEqual({ kind: "builtin", id: dataset, seed: dataSeed });
    expect(lab.state().setup).toMatchObject({
      dataset,
      seed,
      holdout,
      model,
      view: "helps",
      experiment: choice,
    });
    expect(lab.tried).toEqual([]);
    lab.opened();
    expect(lab.last("prepare")!.options).toMatchObject({ seed, holdout });
    lab.prepared();
    expect(lab.tried).toEqual([expect.objectContaining({ type: "try", choice })]);
  });

  it("end with their table, and their worker's death ends them alone", () => {
    const lab = ready();
    lab.actions.tryExperiment(experiments[0]!.choice);
    lab.actions.setHoldout(0.3);
    lab.prepared();
    expect(lab.tried.map(({ type }) => type)).toEqual(["try", "cancel"]);
    expect(lab.state().experiment.status).toBe("idle");
    lab.actions.tryExperiment(experiments[0]!.choice);
    lab.loseExperiment();
    expect(lab.state()).toMatchObject({ phase: "ready", experiment: { status: "idle" } });
    expect(lab.state().alert!.message).toContain("Run it again");
  });
});

describe("a lesson that is closed", () => {
  const opens = async (lab: ReturnType<typeof open>, lesson: string, step: string) => {
    lab.actions.study({ lesson, step });
    const before = lab.count("open");
    await vi.waitFor(() => expect(lab.count("open")).toBe(before + 1));
    lab.opened();
    lab.prepared();
  };

  it("gives back the lab as it was before its first step, the length of a run with it", async () => {
    const lab = open();
    lab.opened();
    lab.prepared();
    lab.actions.setBudget({ unit: "steps", amount: 900 });
    lab.actions.setSetting("learningRate", 0.003);
    const before = lab.state().setup;
    await opens(lab, "gan", "game");
    await opens(lab, "gan", "believes");
    lab.actions.study(undefined);
    expect(lab.state().setup.budget.amount).toBe(1500);
    // Another lesson, opened at once, begins where this one did.
    await opens(lab, "vae", "two-terms");
    lab.actions.study(undefined);
    expect(lab.state().course.left).toBe(lab.state().setup);
    lab.actions.setBack(true);
    expect(lab.state().setup).toEqual(before);
    expect(lab.last("open")!.source).toEqual({ kind: "builtin", id: "birds", seed: dataSeed });
    expect(lab.state().course).toMatchObject({ before: undefined, left: undefined });
  });

  it("gives the usual lab where a link opened it, and leaves all as it is where that is wanted", async () => {
    const lab = open();
    lab.opened();
    lab.prepared();
    lab.store.setState(({ course }) => ({ course: { ...course, at: { lesson: "gan", step: "game" } } }));
    await opens(lab, "gan", "believes");
    const { setup } = lab.state();
    lab.actions.study(undefined);
    lab.actions.setBack(false);
    expect(lab.state().setup).toBe(setup);
    lab.store.setState(({ course }) => ({ course: { ...course, at: { lesson: "gan", step: "believes" } } }));
    lab.actions.study(undefined);
    lab.actions.setBack(true);
    expect(lab.state().setup).toEqual(setupFor("birds"));
  });
});
