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
 * A step that does anything else is not captured: see `Refusal`.
 */
import { env } from "@tensorflow/tfjs-core";
import type { DataId } from "@tensorflow/tfjs-core";
import { flush, openGpuBackend } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";

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
  dispose(): void;
}

/** Why a step can't be captured, for the log. The step has had no effect: run it as usual. */
export class Refusal extends Error {}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly groups: readonly [number, number, number];
}

/** More numbers than this from the host, not all equal, are data or noise, which a recording would freeze. */
const mostConstants = 64;

/**
 * Runs `step` under the recorder and then once for real.
 *
 * @param counters what the step counts on the host; put back where it is refused.
 * @throws Refusal, in words, where the step can't be captured; whatever else the step throws.
 */
export function capture(step: () => void, counters: readonly Counter[]): Program {
  const gpu = openGpuBackend();
  if (gpu === undefined) throw new Refusal("only WebGPU steps are captured");
  flush(gpu);
  const before = counters.map(({ value }) => value);
  const recorder = record(gpu);
  let refusal: Refusal | undefined;
  try {
    step();
    refusal = recorder.refusal();
  } catch (error) {
    refusal = recorder.refusal() ?? (error instanceof Refusal ? error : undefined);
    if (refusal === undefined) {
      recorder.stop();
      recorder.discard();
      counters.forEach((counter, i) => (counter.value = before[i]!));
      throw error;
    }
  }
  recorder.stop();
  if (refusal !== undefined) {
    recorder.discard();
    counters.forEach((counter, i) => (counter.value = before[i]!));
    throw refusal;
  }
  const perStep = counters.map(({ value }, i) => value - before[i]!);
  counters.forEach((counter, i) => (counter.value = before[i]!));
  const { dispatches } = recorder;
  let disposed = false;
  const program: Program = {
    dispatches: dispatches.length,
    bytes: recorder.bytes(),
    replay(times) {
      if (disposed) throw new Error("This program was disposed; capture the step again.");
      flush(gpu);
      const encoder = gpu.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      let last: GPUComputePipeline | undefined;
      for (let time = 0; time < times; time++)
        for (const { pipeline, group, groups } of dispatches) {
          if (pipeline !== last) pass.setPipeline((last = pipeline));
          pass.setBindGroup(0, group);
          pass.dispatchWorkgroups(groups[0], groups[1], groups[2]);
        }
      pass.end();
      gpu.device.queue.submit([encoder.finish()]);
      counters.forEach((counter, i) => (counter.value += times * perStep[i]!));
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      recorder.discard();
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

interface Recorder {
  readonly dispatches: Dispatch[];
  refusal(): Refusal | undefined;
  bytes(): number;
  /** Gives the backend back to itself. */
  stop(): void;
  /** Destroys the recording's buffers. */
  discard(): void;
}

function record(gpu: GpuBackend): Recorder {
  const { device, bufferManager } = gpu;
  const dispatches: Dispatch[] = [];
  const owned = new Set<GPUBuffer>();
  /** Buffers that only kernels write, free again, by size. */
  const free = new Map<number, GPUBuffer[]>();
  /** Never to be written twice within a step: uniforms and uploads. */
  const constants = new Set<GPUBuffer>();
  /** Tensors that the step made. */
  const made = new Set<DataId>();
  let refusal: Refusal | undefined;
  const refuse = (why: string): Refusal => (refusal ??= new Refusal(why));

  const pass = () => {
    let pipeline: GPUComputePipeline;
    let group: GPUBindGroup;
    return {
      setPipeline: (given: GPUComputePipeline) => (pipeline = given),
      setBindGroup: (_: number, given: GPUBindGroup) => (group = given),
      dispatchWorkgroups: (x: number, y = 1, z = 1) =>
        dispatches.push({ pipeline, group, groups: [x, y, z] }),
      end() {},
    };
  };
  const encoder = {
    beginComputePass: pass,
    copyBufferToBuffer() {
      throw refuse("the step copies or reads a buffer");
    },
    finish() {
      throw refuse("the step waits for the device");
    },
  };

  // What the recorder takes over, to be put back by `stop`.
  const manager = { acquire: bufferManager.acquireBuffer, release: bufferManager.releaseBuffer };
  const held = {
    commandQueueOwnedIds: gpu.commandQueueOwnedIds,
    tensorDataPendingDisposal: gpu.tensorDataPendingDisposal,
    uniformPendingDisposal: gpu.uniformPendingDisposal,
    stagingPendingDisposal: gpu.stagingPendingDisposal,
    write: gpu.write,
    read: gpu.read,
    readSync: gpu.readSync,
    disposeData: gpu.disposeData,
    uploadToGPU: gpu.uploadToGPU,
    submitQueue: gpu.submitQueue,
  };
  const forward = env().getBool("WEBGPU_CPU_FORWARD");
  env().set("WEBGPU_CPU_FORWARD", false);

  bufferManager.acquireBuffer = (size, usage, mappedAtCreation = false) => {
    const constant = mappedAtCreation || (usage & GPUBufferUsage.UNIFORM) !== 0;
    const again = constant ? undefined : free.get(size)?.pop();
    if (again !== undefined) return again;
    const buffer = device.createBuffer({ size, usage, mappedAtCreation });
    owned.add(buffer);
    if (constant) constants.add(buffer);
    return buffer;
  };
  bufferManager.releaseBuffer = (buffer) => {
    if (!owned.has(buffer)) throw refuse("the step frees a tensor that it did not make");
    if (constants.has(buffer)) return;
    const { size } = buffer;
    if (!free.has(size)) free.set(size, []);
    free.get(size)!.push(buffer);
  };
  gpu.commandEncoder = encoder as unknown as GPUCommandEncoder;
  // Nothing is in flight while recording, so what is disposed is free at once.
  gpu.commandQueueOwnedIds = { has: () => false, add: () => undefined };
  gpu.tensorDataPendingDisposal = [];
  gpu.uniformPendingDisposal = [];
  gpu.stagingPendingDisposal = [];
  // Fifteen dispatches and TensorFlow.js would submit: not here.
  gpu.submitQueue = () => {
    gpu.dispatchCountInPass = 0;
  };
  gpu.write = (values, shape, dtype) => {
    const id = held.write.call(gpu, values, shape, dtype);
    made.add(id);
    return id;
  };
  gpu.disposeData = (id, force) => {
    if (!made.has(id) && gpu.tensorMap.has(id) && refusal === undefined) {
      const { refCount } = gpu.tensorMap.get(id) as { refCount?: number };
      if (force === true || refCount === 1) throw refuse("the step disposes a tensor that it did not make");
    }
    const gone = held.disposeData.call(gpu, id, force);
    if (!gpu.tensorMap.has(id)) made.delete(id);
    return gone;
  };
  gpu.uploadToGPU = (id) => {
    const data = gpu.tensorMap.get(id);
    if (!data.resource && data.values) {
      if (!made.has(id)) throw refuse("the step uses a tensor that is not on the device yet");
      const { values } = data;
      if (values.length > mostConstants && !allEqual(values))
        throw refuse(`the step brings ${values.length} numbers from the host`);
    }
    held.uploadToGPU.call(gpu, id);
  };
  gpu.read = () => Promise.reject(refuse("the step reads values back to the host"));
  gpu.readSync = () => {
    throw refuse("the step reads values back to the host");
  };

  return {
    dispatches,
    refusal: () =>
      refusal === undefined && made.size > 0 ? refuse("the step leaves tensors behind") : refusal,
    bytes: () => [...owned].reduce((sum, { size }) => sum + size, 0),
    stop() {
      bufferManager.acquireBuffer = manager.acquire;
      bufferManager.releaseBuffer = manager.release;
      Object.assign(gpu, held, { commandEncoder: null, computePassEncoder: null, dispatchCountInPass: 0 });
      env().set("WEBGPU_CPU_FORWARD", forward);
      // Tensors that a refused step left hold buffers of the recording, which are about to go.
      for (const id of made) if (gpu.tensorMap.has(id)) gpu.tensorMap.get(id).external = true;
    },
    discard() {
      for (const buffer of owned) buffer.destroy();
      owned.clear();
    },
  };
}

function allEqual(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
