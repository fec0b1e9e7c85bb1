/**
 * One side of the engine's benchmark on one backend, in a process of its own:
 * Likeness mends TensorFlow.js' gradients on import, so stock must not share it.
 * `scripts/bench.mjs` runs the sides in turn and joins them.
 */
import { shapes, stepNames } from "./steps.ts";
import type { StepName } from "./steps.ts";
import { openStock } from "./stockBackend.ts";

export interface HostCost {
  readonly dispatches: number;
  readonly passes: number;
  readonly submits: number;
  readonly buffers: number;
  /** Median of the rounds' means, milliseconds of JavaScript a step. */
  readonly hostMs: number;
}

interface Side {
  readonly steps: Record<StepName, () => () => void>;
  settled(): Promise<void>;
}

const loadOurs = async (on: "null" | "wasm"): Promise<Side> => {
  const { openDawn, openNodeBackend } = await import("../src/engine/testing/nodeBackend.ts");
  await (on === "null" ? openDawn("null") : openNodeBackend("wasm"));
  const { settled } = await import("../src/engine/memory.ts");
  return { steps: (await import("./ours.ts")).ourSteps, settled };
};

const loadStock = async (on: "null" | "wasm"): Promise<Side> => ({
  settled: await openStock(on),
  steps: (await import("./stock.ts")).stockSteps,
});

/** Rounds of `each` steps, timed; the median of the rounds' means. */
async function time({ settled }: Side, step: () => void, rounds: number, each: number): Promise<number> {
  const means: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    for (let i = 0; i < each; i++) step();
    await settled();
    means.push((performance.now() - began) / each);
  }
  return means.toSorted((a, b) => a - b)[rounds >> 1]!;
}

/** Calls of WebGPU while `steps` steps run, a step. */
async function count({ settled }: Side, step: () => void, steps: number): Promise<Omit<HostCost, "hostMs">> {
  const calls = { dispatches: 0, passes: 0, submits: 0, buffers: 0 };
  const spied: (() => void)[] = [];
  const spy = (owner: { prototype: object }, method: string, kind: keyof typeof calls): void => {
    const methods = owner.prototype as Record<string, (...given: unknown[]) => unknown>;
    const original = methods[method]!;
    methods[method] = function (this: unknown, ...given) {
      calls[kind]++;
      return original.apply(this, given);
    };
    spied.push(() => (methods[method] = original));
  };
  spy(GPUComputePassEncoder, "dispatchWorkgroups", "dispatches");
  spy(GPUCommandEncoder, "beginComputePass", "passes");
  spy(GPUQueue, "submit", "submits");
  spy(GPUDevice, "createBuffer", "buffers");
  for (let i = 0; i < steps; i++) step();
  for (const restore of spied) restore();
  await settled();
  const each = (calls: number): number => Math.round((calls / steps) * 100) / 100;
  return {
    dispatches: each(calls.dispatches),
    passes: each(calls.passes),
    submits: each(calls.submits),
    buffers: each(calls.buffers),
  };
}

export async function run(side: "stock" | "ours", on: "null" | "wasm"): Promise<Record<StepName, unknown>> {
  const loaded = await (side === "stock" ? loadStock(on) : loadOurs(on));
  const results: Partial<Record<StepName, unknown>> = {};
  for (const name of stepNames) {
    const step = loaded.steps[name]();
    // WebAssembly starts in a quickly compiled form; half a second and more makes sure of the good one.
    for (let i = 0; i < 80; i++) step();
    await loaded.settled();
    if (on === "null")
      results[name] = {
        ...(await count(loaded, step, 20)),
        hostMs: await time(loaded, step, 7, side === "ours" ? 60 : 20),
      };
    else results[name] = await time(loaded, step, 5, shapes[name].batch > 200 ? 5 : 30);
  }
  return results as Record<StepName, unknown>;
}
