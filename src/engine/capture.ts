/**
 * A training step, recorded once and replayed: the same kernels on the same
 * buffers, without the JavaScript that chose them.
 *
 * While a step runs under the recorder, TensorFlow.js writes into an encoder of
 * ours that keeps each dispatch (pipeline, bindings, workgroups) and executes
 * nothing. All buffers that it asks for come from a store of the program's own:
 * uploaded ones (constants) are never used again within the step, written ones
 * are, in order. What must outlive a step (weights, moments, sums, counters) is
 * changed in place by our kernels, so replaying needs no copies, one pass and
 * one submit for as many steps as one likes.
 *
 * A step that does anything else is not captured, nor one that is not the same
 * when it is run a second time: see `Refusal`.
 */
import { t } from "../language/words.ts";
import { flush, openGpuBackend } from "./gpu.ts";
import { difference, recordStep, Refusal } from "./recorder.ts";
import type { Recording } from "./recorder.ts";
import { stopwatch } from "./stopwatch.ts";

/** A number that a step counts on the host; replaying counts on. */
export interface Counter {
  value: number;
}

export interface Program {
  readonly dispatches: number;
  /** Bytes of the buffers that the program owns. */
  readonly bytes: number;
  /** Gives the device that many further steps; returns at once. */
  replay(times: number): void;
  /**
   * Resolves, when the device is done with the last `replay`, with the milliseconds that it worked at it by its own
   * clock; undefined where it has none, or none that made sense.
   */
  worked(): Promise<number | undefined>;
  dispose(): void;
}

/**
 * Runs `step` twice under the recorder, to see that it is the same each time, and then once for real.
 *
 * @param counters what the step counts on the host; put back where it is refused.
 * @throws Refusal, in words, where the step can't be captured; whatever else the step throws.
 */
export function capture(step: () => void, counters: readonly Counter[]): Program {
  const gpu = openGpuBackend();
  if (gpu === undefined) throw new Refusal(t`only WebGPU steps are captured`);
  flush(gpu);
  const before = counters.map(({ value }) => value);
  let perStep: number[];
  let recording: Recording;
  try {
    const trial = recordStep(gpu, step);
    trial.discard();
    perStep = counters.map(({ value }, i) => value - before[i]!);
    recording = recordStep(gpu, step);
    const change = difference(trial, recording);
    if (change !== undefined) {
      recording.discard();
      throw new Refusal(change);
    }
  } finally {
    counters.forEach((counter, i) => (counter.value = before[i]!));
  }
  const { dispatches } = recording;
  const watch = stopwatch(gpu.device);
  let worked = Promise.resolve<number | undefined>(undefined);
  let disposed = false;
  const program: Program = {
    dispatches: dispatches.length,
    bytes: recording.bytes(),
    replay(times) {
      if (disposed) throw new Error(t`This program was disposed; capture the step again.`);
      flush(gpu);
      const encoder = gpu.device.createCommandEncoder();
      const timed = watch?.begin();
      const pass = encoder.beginComputePass(timed && { timestampWrites: timed.timestampWrites });
      let last: GPUComputePipeline | undefined;
      for (let time = 0; time < times; time++)
        for (const { pipeline, group, groups } of dispatches) {
          if (pipeline !== last) pass.setPipeline((last = pipeline));
          pass.setBindGroup(0, group);
          pass.dispatchWorkgroups(groups[0], groups[1], groups[2]);
        }
      pass.end();
      timed?.done(encoder);
      gpu.device.queue.submit([encoder.finish()]);
      worked = timed === undefined ? Promise.resolve(undefined) : timed.read();
      counters.forEach((counter, i) => (counter.value += times * perStep[i]!));
    },
    worked: () => worked,
    dispose() {
      if (disposed) return;
      disposed = true;
      watch?.dispose();
      recording.discard();
      live.delete(program);
    },
  };
  live.add(program);
  program.replay(1);
  return program;
}

const live = new Set<Program>();

/** Programs that hold buffers now, for leak tests. */
export function livePrograms(): number {
  return live.size;
}
