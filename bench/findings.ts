/**
 * `npm run bench:findings`: runs of built-in data through both sessions, as the page drives them, and what the page would
 * find wrong with them. A healthy run should raise nothing; the seconds that looking takes are held against the whole.
 */
import { parseArgs } from "node:util";
import { datasetCards } from "../src/catalog/datasets.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import type { AnalysisEvent } from "../src/protocol/analysis.ts";
import type { TrainEvent } from "../src/protocol/train.ts";
import { analysisSession } from "../src/sessions/analysis.ts";
import { trainSession } from "../src/sessions/train.ts";
import { findings } from "../src/store/findings.ts";
import { foldAnalysis, foldTrain, initialState, untrained } from "../src/store/fold.ts";
import { setupFor } from "../src/store/setup.ts";
import type { LabState } from "../src/store/state.ts";

const usage = `Usage: npm run --silent bench:findings -- [--data birds,grid,…] [--models gan,vae:beta=5,…] [--steps 2000] [--seed 7] [--curves]
`;

const everyMs = 500;

/** The benchmark as a program. @returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string", default: "birds,grid,ring,moons" },
      models: { type: "string", default: "gan,ctgan,vae,diffusion,ddgan" },
      steps: { type: "string", default: "2000" },
      seed: { type: "string", default: "7" },
      curves: { type: "boolean", default: false },
    },
  });
  const [steps, seed] = [Number(values.steps), Number(values.seed)];
  if (!(steps > 0 && seed >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  await openNodeBackend("wasm");
  for (const data of values.data.split(","))
    for (const model of values.models.split(","))
      await run(data, model, { steps, seed, curves: values.curves });
  return 0;
}

async function run(
  data: string,
  spec: string,
  { steps, seed, curves }: { readonly steps: number; readonly seed: number; readonly curves: boolean },
): Promise<void> {
  const card = datasetCards.find(({ id }) => id === data);
  if (card === undefined) throw new Error(`There is no data set called "${data}".`);
  const { id: model, settings } = parseModelSpec(spec, card.kind);
  const budget = { unit: "steps", amount: steps } as const;
  const setup = { ...setupFor(card.id), model, settings, seed, budget };
  let state: LabState = initialState(setup);
  let done = (): void => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const now = (): number => performance.now();
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let began = NaN;

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
      analysis.handle({ type: "prepare", data: 1, request: 1, options: { missingMarks: setup.missingMarks, columns: {}, holdout: setup.holdout, seed, numeric: setup.numeric } }); // prettier-ignore
    if (event.type === "prepared") {
      analysis.handle({ type: "watch", views: [event.views[0]!, "columns"], pair: [0, 1] });
      state = { ...state, training: { ...untrained(1), startedFrom: setup } };
      train.handle({
        type: "start",
        run: 1,
        data: 1,
        config: { model, settings, seed, budget, speed: Infinity },
        paused: false,
      });
      began = now();
    }
    if (event.type === "frame") setTimeout(() => analysis.handle({ type: "credit" }), 16);
    if (event.type === "failed") process.stderr.write(`${event.message}\n${event.detail}\n`);
  }
  function onTrain(event: TrainEvent): void {
    state = foldTrain(state, event);
    if (event.type === "progress") setTimeout(() => train.handle({ type: "credit" }), 0);
    if (event.type === "state" && (event.state === "finished" || event.state === "diverged"))
      setTimeout(done, 1_500);
  }
  const { port1, port2 } = new MessageChannel();
  analysis.handle({ type: "connect", port: port2 });
  train.handle({ type: "connect", port: port1 });
  train.handle({ type: "backend" });
  analysis.handle({
    type: "open",
    request: 1,
    source: { kind: "builtin", id: card.id, seed: 1 },
    options: { rowLimit: 100_000, seed: 1 },
  });

  const said = new Map<string, string>();
  const look = (): void => {
    for (const { id, title, evidence } of findings(state)) {
      const at = `${((now() - began) / 1000).toFixed(1)} s, step ${state.training.step}`;
      if (!said.has(id)) said.set(id, `${id} first at ${at}: ${title}. ${evidence}`);
    }
  };
  const timer = setInterval(look, everyMs);
  await finished;
  clearInterval(timer);
  look();
  const last = findings(state).map(({ id, title, evidence }) => `${id}: ${title}. ${evidence}`);
  const { inspected, elapsed, step, scores } = state.training;
  process.stdout.write(
    `${data} ${spec}: ${step} steps in ${elapsed.toFixed(1)} s, distance ${scores.at(-1)?.distance.toFixed(3)}; ${JSON.stringify(inspected)}\n`,
  );
  for (const each of said.values()) process.stdout.write(`  ${each}\n`);
  for (const each of last) process.stdout.write(`  AT THE END ${each}\n`);
  if (curves) {
    const { losses } = state.training;
    process.stdout.write(
      `CURVES ${JSON.stringify({ data, spec, values: losses.values, scores: scores.map(({ distance }) => distance) })}\n`,
    );
  }
  train.handle({ type: "stop" });
  await wait(50);
  port1.close();
}
