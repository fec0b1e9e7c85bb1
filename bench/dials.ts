/**
 * `npm run bench:dials`: whether training is slower while the dials are on. One run trains on wasm, as the train worker
 * does, and sends 400 rows five times a second to a thread in the analysis worker's place; in short slices, by turns and in random order, that
 * thread judges them or only decodes them. Each pair of slices gives a ratio of steps a second, and of steps for a second
 * of the training thread's own processor time.
 *
 * The first is what a person feels: the two threads hamper each other where they share cores (`--one-core` pins both to one, the
 * worst case), caches and memory. The second leaves out waiting for a core, and so what other programs take.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { dataSeed, type DatasetId } from "../src/catalog/datasets.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { makeDataset } from "../src/datasets/builtin.ts";
import { fitEncoder } from "../src/encode/encoder.ts";
import { splitRows } from "../src/encode/split.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { random } from "../src/random/random.ts";
import { trainer as openTrainer } from "../src/train/trainer.ts";
import { threadTime } from "./threadTime.ts";
import type { DialsThreadData, FromDialsThread, ToDialsThread } from "./dialsThread.ts";

const snapshotRows = 400;
const everyMs = 200;
/** Slower by more than that would be too much. */
const bound = 0.05;
const mostWarmingMs = 40_000;

interface Slice {
  readonly steps: number;
  readonly wall: number;
  /** Processor milliseconds of this thread, and of the whole process. */
  readonly cpu: number;
  readonly all: number;
  readonly looks: number;
}

const processCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** @param thread the file of `bench/dialsThread.ts`, bundled. @returns the exit code. */
export async function main(args: readonly string[], thread: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string", default: "loans" },
      model: { type: "string", default: "vae" },
      pairs: { type: "string", default: "14" },
      slice: { type: "string", default: "3.2" },
      json: { type: "boolean", default: false },
      "one-core": { type: "boolean", default: false },
    },
  });
  const [pairs, seconds] = [Number(values.pairs), Number(values.slice)];
  await openNodeBackend("wasm");
  const { table } = makeDataset(values.data as DatasetId, dataSeed);
  const split = splitRows(table.rows, 0.2, random(7).fork("split"));
  const encoder = fitEncoder(table, split.train, { numeric: "quantile" });
  const { id, settings } = parseModelSpec(values.model);
  const trainer = openTrainer({
    spans: encoder.spans,
    rows: encoder.encode(table, split.train, random(7).fork("encode")),
    config: { model: id, settings, seed: 7 },
  });
  const workerData: DialsThreadData = { table, split, seed: 7, encoder: encoder.state };
  const worker = new Worker(thread, { workerData });
  let looks = 0;
  const tell = (message: ToDialsThread): void => worker.postMessage(message);
  const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await new Promise<void>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message: FromDialsThread) => {
      if (message.type === "ready") resolve();
      else looks = message.looks;
    });
  });
  const slice = async (on: boolean, ms: number): Promise<Slice> => {
    tell({ type: "on", on });
    const before = {
      steps: trainer.step,
      wall: performance.now(),
      cpu: threadTime(),
      all: processCpu(),
      looks,
    };
    let shownAt = -Infinity;
    while (performance.now() - before.wall < ms) {
      trainer.advance(undefined, 4);
      await rest();
      if (performance.now() - shownAt < everyMs) continue;
      shownAt = performance.now();
      await trainer.report();
      tell({ type: "snapshot", step: trainer.step, rows: await trainer.snapshot(snapshotRows) });
    }
    return {
      steps: trainer.step - before.steps,
      wall: performance.now() - before.wall,
      cpu: threadTime() - before.cpu,
      all: processCpu() - before.all,
      looks: looks - before.looks,
    };
  };
  // The first look makes the references' figures too, and the next waits for twenty times as long as it took.
  const began = performance.now();
  while (looks < 2 && performance.now() - began < mostWarmingMs) await slice(true, 1_000);
  const chance = random(1);
  const on: Slice[] = [];
  const off: Slice[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = chance.integer(2) === 0;
    for (const state of [first, !first]) (state ? on : off).push(await slice(state, 1_000 * seconds));
  }
  await worker.terminate();
  trainer.dispose();
  const perWall = ratios(on, off, ({ steps, wall }) => steps / wall);
  const perCpu = ratios(on, off, ({ steps, cpu }) => steps / cpu);
  const sum = (all: readonly Slice[], of: keyof Slice): number => all.reduce((total, each) => total + each[of], 0); // prettier-ignore
  /** Cores that the other thread was busy on. */
  const busy = (all: readonly Slice[]): number => (sum(all, "all") - sum(all, "cpu")) / sum(all, "wall");
  const result = {
    data: values.data,
    model: id,
    oneCore: values["one-core"],
    pairs,
    seconds,
    looks: sum(on, "looks"),
    perWall,
    perCpu,
    otherThread: { on: busy(on), off: busy(off) },
    machine: { cpu: cpus()[0]?.model ?? "", cores: cpus().length, load: loadavg()[0], node: process.version },
  };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : wordsOf(result));
  return 0;
}

interface Ratio {
  /** Mean over the pairs, its standard error and the pairs' own standard deviation. */
  readonly mean: number;
  readonly error: number;
  readonly deviation: number;
}

function ratios(on: readonly Slice[], off: readonly Slice[], pace: (of: Slice) => number): Ratio {
  const all = on.map((each, i) => pace(each) / pace(off[i]!));
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (all.length - 1));
  return { mean, error: deviation / Math.sqrt(all.length), deviation };
}

interface Result {
  readonly data: string;
  readonly model: string;
  readonly oneCore: boolean;
  readonly pairs: number;
  readonly seconds: number;
  readonly looks: number;
  readonly perWall: Ratio;
  readonly perCpu: Ratio;
  readonly otherThread: { readonly on: number; readonly off: number };
  readonly machine: { readonly cores: number; readonly load: number | undefined };
}

function wordsOf({
  data,
  model,
  oneCore,
  pairs,
  seconds,
  looks,
  perWall,
  perCpu,
  otherThread,
  machine,
}: Result): string {
  const said = ({ mean, error, deviation }: Ratio): string =>
    `${mean.toFixed(4)} ± ${(2 * error).toFixed(4)} (two standard errors; single pairs ± ${deviation.toFixed(3)})`;
  const [low, high] = [1 - perWall.mean - 2 * perWall.error, 1 - perWall.mean + 2 * perWall.error];
  const verdict =
    high < bound
      ? "With the dials on, training is less than 5 % slower."
      : low > bound
        ? "With the dials on, training is more than 5 % slower."
        : "Slower by 5 % or not can't be told: more pairs, or a quieter machine, would tell.";
  return [
    `${model} on ${data}, ${pairs} pairs of ${seconds} s${oneCore ? ", both threads on one core" : `, ${machine.cores} cores`}, load ${(machine.load ?? NaN).toFixed(1)}; ${looks} looks`,
    `steps a second, dials on / off:                 ${said(perWall)}`,
    `steps a second of the training thread's own CPU: ${said(perCpu)}`,
    `the other thread was busy ${(100 * otherThread.on).toFixed(1)} % of a core with dials on, ${(100 * otherThread.off).toFixed(1)} % off`,
    verdict,
    "",
  ].join("\n");
}
