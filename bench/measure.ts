/**
 * One side of the benchmark, measured on the backend that is open: time a step, and what a step asks of WebGPU.
 * Knows neither Node nor a page; `engine.ts` and `page/side.worker.ts` open the backends.
 */
import { stepNames } from "./steps.ts";
import type { StepName } from "./steps.ts";

/** Takes that many training steps; returns when the device has its orders. */
export interface Steps {
  (times: number): void;
  /** Milliseconds that the device worked at the last of them by its own clock; absent or undefined where it has none. */
  worked?: () => Promise<number | undefined>;
}

export interface Side {
  readonly steps: Record<StepName, () => Steps>;
  /** Resolves when the device has caught up. */
  settled(): Promise<void>;
}

/** Calls of WebGPU a step. */
export interface Calls {
  readonly dispatches: number;
  readonly passes: number;
  readonly submits: number;
  readonly buffers: number;
}

export interface HostCost extends Calls {
  /** Median of the rounds' means, milliseconds of JavaScript a step. */
  readonly hostMs: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Rounds of `each` steps, timed until the device has done them; the median of the rounds' means, ms a step. */
async function time({ settled }: Side, steps: Steps, rounds: number, each: number): Promise<number> {
  const means: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    steps(each);
    await settled();
    means.push((performance.now() - began) / each);
  }
  return median(means);
}

async function count({ settled }: Side, steps: Steps, times: number): Promise<Calls> {
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
  for (let i = 0; i < times; i++) steps(1);
  for (const restore of spied) restore();
  await settled();
  const each = (total: number): number => Math.round((total / times) * 100) / 100;
  return {
    dispatches: each(calls.dispatches),
    passes: each(calls.passes),
    submits: each(calls.submits),
    buffers: each(calls.buffers),
  };
}

/** What a step costs the host, on a device that executes nothing. @param each timed steps a round. */
export async function hostCost(side: Side, name: StepName, each: number): Promise<HostCost> {
  const steps = side.steps[name]();
  for (let i = 0; i < 80; i++) steps(1);
  await side.settled();
  const calls = await count(side, steps, 20);
  const single: Steps = (times) => {
    for (let i = 0; i < times; i++) steps(1);
  };
  return { ...calls, hostMs: await time(side, single, 7, each) };
}

/** Milliseconds of a whole step on WebAssembly. @param share of the usual time for it. */
export async function wholeStep(side: Side, name: StepName, share = 1): Promise<number> {
  const steps = side.steps[name]();
  // WebAssembly starts in a quickly compiled form; a second makes sure of the good one.
  const began = performance.now();
  let warm = 0;
  for (; warm < 15 * share || performance.now() < began + 1_000 * share; warm++) steps(1);
  await side.settled();
  const guess = (performance.now() - began) / warm;
  return time(side, steps, 5, Math.max(1, Math.ceil((150 * share) / guess)));
}

export interface DeviceCost extends Calls {
  readonly ms: number;
  /** Of that the device was at work, by its own clock, ms; absent where it has none or the steps are not recorded. */
  readonly gpuMs?: number;
}

/** Steps in one submission at most. */
const mostBundled = 500;

/**
 * A whole step on a real GPU, with as many steps between two waits as fill `roundMs`, so that what is timed is
 * the work and not the wait for its end.
 */
export async function deviceStep(side: Side, name: StepName, roundMs = 150): Promise<DeviceCost> {
  const steps = side.steps[name]();
  const bundled: Steps = (times) => {
    for (let left = times; left > 0; left -= mostBundled) steps(Math.min(left, mostBundled));
  };
  steps(3);
  await side.settled();
  const calls = await count(side, steps, 5);
  let each = 1;
  for (;;) {
    const ms = await time(side, bundled, 1, each);
    if (ms * each >= roundMs || each >= 1 << 16) break;
    each *= 2;
  }
  const ms = await time(side, bundled, 5, each);
  const gpuMs = await timeOnDevice(steps, Math.min(each, mostBundled));
  return { ...calls, ms, ...(gpuMs !== undefined && { gpuMs }) };
}

/** The median of some bundles, ms a step. */
async function timeOnDevice(steps: Steps, each: number): Promise<number | undefined> {
  const means: number[] = [];
  for (let round = 0; round < 5; round++) {
    steps(each);
    const ms = await steps.worked?.();
    if (ms === undefined) return undefined;
    means.push(ms / each);
  }
  return median(means);
}

/** All four steps in turn; `told` hears of each before it begins. */
export async function ofEach<Cost>(
  measure: (name: StepName) => Promise<Cost>,
  told: (name: StepName) => Promise<void> | void = () => {},
): Promise<Record<StepName, Cost>> {
  const costs: Partial<Record<StepName, Cost>> = {};
  for (const name of stepNames) {
    await told(name);
    costs[name] = await measure(name);
  }
  return costs as Record<StepName, Cost>;
}
