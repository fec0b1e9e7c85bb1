/**
 * Which step it is: on the host, and on the GPU as a variable that kernels read
 * and a recorded step moves on by itself. Random numbers are keyed by it.
 */
import { tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Counter } from "./capture.ts";
import { openGpuBackend, overwrite, runKernel } from "./gpu.ts";

export interface Clock {
  /** Steps so far; a replayed program counts it on. */
  readonly steps: Counter;
  /** Changes whenever a step begins, the same one again too: what a step draws is counted from there. */
  readonly visit: number;
  /** Tells this clock's random numbers from another's. */
  readonly key: number;
  /** [steps, key] as 32-bit integers, where the backend is WebGPU. */
  readonly tensor: Tensor | undefined;
  /** Ends a step. */
  tick(): void;
  /** Goes to a step, forwards or back; the numbers drawn there are those drawn there before. */
  set(step: number): void;
  dispose(): void;
}

const tickCode = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> clock: array<u32>;
@compute @workgroup_size(1) fn main() { clock[0] += 1u; }`;

/** @param key 32 bits. */
export function clock(key: number): Clock {
  const gpu = openGpuBackend();
  const word = key | 0;
  const tensor = gpu === undefined ? undefined : tensor1d(new Int32Array([0, word]), "int32");
  let step = 0;
  let visit = 0;
  const steps: Counter = {
    get value() {
      return step;
    },
    set value(at) {
      step = at;
      visit++;
    },
  };
  return {
    steps,
    get visit() {
      return visit;
    },
    key: word,
    tensor,
    tick() {
      steps.value++;
      if (gpu !== undefined) runKernel(gpu, { code: tickCode, tensors: [tensor!], groups: [1] });
    },
    set(at) {
      steps.value = at;
      if (gpu !== undefined) overwrite(gpu, tensor!, new Int32Array([at]));
    },
    dispose: () => tensor?.dispose(),
  };
}
