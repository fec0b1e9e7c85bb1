/**
 * `node scripts/bench.mjs --soak`: does training hold on to anything? Every model that learns, by each of its losses or
 * processes, takes ten thousand recorded steps on Dawn's null device through the trainer that the lab uses, with its reports and checkpoints, and
 * what it holds is written down before and after.
 */
import { defaultsFor, modelCards } from "../src/catalog/models.ts";
import type { ModelId } from "../src/catalog/card.ts";
import type { Settings } from "../src/catalog/setting.ts";
import type { Span } from "../src/encode/span.ts";
import { engineMemory, settled } from "../src/engine/memory.ts";
import type { EngineMemory } from "../src/engine/memory.ts";
import { gpuErrors, openDawn } from "../src/engine/testing/nodeBackend.ts";
import { random } from "../src/random/random.ts";
import { Diverged, trainer } from "../src/train/trainer.ts";

export interface Held extends EngineMemory {
  /** Made so far and not destroyed: the recording's, which the engine's own count leaves out, are among them. */
  readonly gpuBuffers: number;
  readonly gpuMiB: number;
  /** JavaScript's heap after a collection, and array buffers outside it. */
  readonly heapMiB: number;
  readonly arraysMiB: number;
}

export interface Soak {
  readonly steps: number;
  readonly reports: number;
  readonly checkpoints: number;
  readonly start: Held;
  readonly end: Held;
}

const width = 8;
const reportEvery = 100;
const checkpointEvery = 1_000;

/** Rows of seven numbers and a two-way category. */
function table(): { spans: readonly Span[]; values: Float32Array; rows: number } {
  const source = random(1);
  const rows = 2_000;
  const values = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < 6; j++) values[i * width + j] = source.normal();
    values[i * width + 6 + (source.uniform() < 0.5 ? 0 : 1)] = 1;
  }
  const numbers = Array.from({ length: 6 }, (_, start): Span => ({ kind: "numeric", start, width: 1, column: start, label: `x${start}` })); // prettier-ignore
  return {
    spans: [...numbers, { kind: "category", start: 6, width: 2, column: 6, label: "c" }],
    values,
    rows,
  };
}

const mebibytes = (bytes: number): number => Math.round((bytes / 2 ** 20) * 100) / 100;

/** Counts the buffers that are alive on all devices. */
function countBuffers(): () => { count: number; bytes: number } {
  const alive = new Map<GPUBuffer, number>();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.set(buffer, descriptor.size);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    alive.delete(this);
    return destroy.call(this);
  };
  return () => ({ count: alive.size, bytes: [...alive.values()].reduce((sum, size) => sum + size, 0) });
}

/** The null device computes nothing: a checkpoint is read from it and found to be no numbers. */
function ruined(error: unknown): void {
  if (!(error instanceof Diverged)) throw error;
}

/** Settings that make another computation of a step, not only a larger one. */
const kinds = ["process", "loss"];

/** Every model that learns, in each of its kinds: "diffusion, masked". */
const learners = modelCards
  .filter(({ instant }) => !instant)
  .flatMap(({ id, settings }): { name: string; id: ModelId; own: Settings }[] => {
    const kind = settings.find((setting) => setting.kind === "choice" && kinds.includes(setting.key));
    if (kind?.kind !== "choice") return [{ name: id, id, own: {} }];
    return kind.options.map(({ value }) => ({ name: `${id}, ${value}`, id, own: { [kind.key]: value } }));
  });

/** @param steps to take while it is watched. */
export async function soak(steps = 10_000): Promise<Record<string, Soak>> {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined)
    throw new Error("The heap is only comparable after a collection: run Node with --expose-gc.");
  await openDawn("null");
  const buffers = countBuffers();
  const held = async (): Promise<Held> => {
    await settled();
    for (let i = 0; i < 3; i++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      gc();
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const { count, bytes } = buffers();
    return { ...engineMemory(), gpuBuffers: count, gpuMiB: mebibytes(bytes), heapMiB: mebibytes(heapUsed), arraysMiB: mebibytes(arrayBuffers) }; // prettier-ignore
  };
  const results: Record<string, Soak> = {};
  for (const { name, id, own } of learners) {
    const { spans, values, rows } = table();
    const t = trainer({ spans, rows: { values, rows, width }, config: { model: id, settings: { ...defaultsFor(id, "table"), ...own }, seed: 1 } }); // prettier-ignore
    const run = async (upTo: number): Promise<void> => {
      while (t.step < upTo) {
        t.advance(undefined, reportEvery);
        await t.report();
        if (t.step % checkpointEvery === 0) await t.checkpoint().catch(ruined);
      }
    };
    await run(checkpointEvery); // what is made once is made
    if (!t.replays) throw new Error(`The steps of ${name} were not recorded: ${t.refusal}`);
    const start = await held();
    await run(checkpointEvery + steps);
    const end = await held();
    results[name] = { steps, reports: steps / reportEvery, checkpoints: steps / checkpointEvery, start, end };
    t.dispose();
  }
  if (gpuErrors.length > 0) throw new Error(gpuErrors.join("\n"));
  return results;
}
