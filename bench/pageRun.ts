/** Runs through both sessions as the page drives them, without the page: what it would know of them is folded from events as there. */
import { isLive } from "../src/catalog/models.ts";
import type { DatasetId } from "../src/catalog/datasets.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import type { AnalysisEvent } from "../src/protocol/analysis.ts";
import type { TrainEvent } from "../src/protocol/train.ts";
import { analysisSession } from "../src/sessions/analysis.ts";
import { trainSession } from "../src/sessions/train.ts";
import { emptyStage, foldAnalysis, foldTrain, initialState, untrained } from "../src/store/fold.ts";
import { settingsOf, type Setup } from "../src/store/setup.ts";
import type { LabState } from "../src/store/state.ts";

/** The last rows of a run are looked at a moment after it has ended, ms. */
const lastLooksMs = 1_500;

export interface PageRun {
  /** What the page knows by now. */
  state(): LabState;
  /** Trains from fresh weights on the table that is open. Resolves when the run has ended and its last rows were looked at. */
  train(setup: Setup): Promise<void>;
  /** Goes on with the run that has ended, by what is live of `setup` and by its budget. Resolves as above. */
  goOn(setup: Setup): Promise<void>;
  close(): Promise<void>;
}

/** Opens the built-in table of a setup and prepares it. The wasm backend must have been opened. */
export async function openPageRun(first: Setup): Promise<PageRun> {
  let state: LabState = initialState(first);
  let ended = (): void => {};
  let prepared = (): void => {};
  const ready = new Promise<void>((resolve) => (prepared = resolve));
  const now = (): number => performance.now();
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const analysis = analysisSession({ now, rest, post: onAnalysis });
  const train = trainSession({
    now,
    rest,
    wait,
    log: () => {},
    post: onTrain,
    openBackend: () => openNodeBackend("wasm"),
    turnTo: () => Promise.reject(new Error("There is no other.")),
  });
  function onAnalysis(event: AnalysisEvent): void {
    state = foldAnalysis(state, event);
    if (event.type === "opened")
      analysis.handle({ type: "prepare", data: 1, request: 1, options: { missingMarks: first.missingMarks, columns: {}, holdout: first.holdout, seed: first.seed, numeric: first.numeric } }); // prettier-ignore
    if (event.type === "prepared") {
      analysis.handle({ type: "watch", views: [event.views[0]!, "columns"], pair: [0, 1] });
      prepared();
    }
    if (event.type === "frame") setTimeout(() => analysis.handle({ type: "credit" }), 16);
    if (event.type === "failed") process.stderr.write(`${event.message}\n${event.detail}\n`);
  }
  function onTrain(event: TrainEvent): void {
    state = foldTrain(state, event);
    if (event.type === "progress") setTimeout(() => train.handle({ type: "credit" }), 0);
    if (event.type === "state" && (event.state === "finished" || event.state === "diverged"))
      setTimeout(ended, lastLooksMs);
  }
  const { port1, port2 } = new MessageChannel();
  analysis.handle({ type: "connect", port: port2 });
  train.handle({ type: "connect", port: port1 });
  train.handle({ type: "backend" });
  analysis.handle({
    type: "open",
    request: 1,
    source: { kind: "builtin", id: first.dataset as DatasetId, seed: 1 },
    options: { rowLimit: 100_000, seed: 1 },
  });
  await ready;

  const end = (): Promise<void> => new Promise((resolve) => (ended = resolve));
  let runs = 0;
  return {
    state: () => state,
    train(setup) {
      const { model, seed, budget, speed } = setup;
      const stage = { ...state.stage, frames: emptyStage.frames };
      state = { ...state, setup, stage, training: { ...untrained(++runs), startedFrom: setup } };
      const done = end();
      train.handle({
        type: "start",
        run: runs,
        data: 1,
        config: { model, settings: settingsOf(setup), seed, budget, speed },
        paused: false,
      });
      return done;
    },
    goOn(setup) {
      const before = settingsOf(state.setup);
      for (const [key, value] of Object.entries(settingsOf(setup)))
        if (isLive(setup.model, key) && String(before[key]) !== String(value))
          train.handle({ type: "tune", key, value });
      train.handle({ type: "budget", budget: setup.budget });
      state = { ...state, setup };
      const done = end();
      train.handle({ type: "resume" });
      return done;
    },
    async close() {
      train.handle({ type: "stop" });
      await wait(50);
      port1.close();
    },
  };
}
