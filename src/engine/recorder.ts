/**
 * Takes down what one run of a training step asks of the device, without doing
 * it (see `capture.ts`), and tells two runs apart.
 */
import { env } from "@tensorflow/tfjs-core";
import type { DataId } from "@tensorflow/tfjs-core";
import { t } from "../language/words.ts";
import type { GpuBackend } from "./gpu.ts";

/** Why a step can't be captured, for the log. The step has had no effect: run it as usual. */
export class Refusal extends Error {}

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly groups: readonly [number, number, number];
}

export interface Recording {
  readonly dispatches: readonly Dispatch[];
  /** What each dispatch has bound, in order. */
  readonly bound: readonly (readonly Bound[])[];
  /** Of the tensors that the step made, in order. */
  readonly shapes: readonly (readonly number[])[];
  /** What the host wrote into constants and into kernels' parameters, in order. */
  readonly numbers: readonly ArrayLike<number>[];
  bytes(): number;
  /** Destroys the recording's buffers. */
  discard(): void;
}

/** A section of a buffer: of the recording's own, which differ from run to run, the number; of any other, itself. */
interface Bound {
  readonly buffer: GPUBuffer | number;
  readonly offset: number;
  readonly size: number | undefined;
}

/** More numbers than this from the host, not all equal, are data or noise, which a recording would freeze. */
const mostConstants = 64;

/**
 * Runs `step` under a recorder; the backend is itself again afterwards.
 * @throws Refusal, in words, where the step can't be recorded; whatever else the step throws.
 */
export function recordStep(gpu: GpuBackend, step: () => void): Recording {
  const recorder = record(gpu);
  let done = false;
  try {
    step();
    const refusal = recorder.refusal();
    if (refusal !== undefined) throw refusal;
    done = true;
    return recorder;
  } catch (error) {
    throw recorder.refusal() ?? error;
  } finally {
    recorder.stop();
    if (!done) recorder.discard();
  }
}

/** How the second run of a step differs from the first, so that neither may stand for the next; undefined where they are alike. */
export function difference(first: Recording, second: Recording): string | undefined {
  if (first.shapes.length === second.shapes.length)
    for (const [i, shape] of first.shapes.entries()) {
      const other = second.shapes[i]!;
      if (!alike(shape, other))
        return t`the step's shapes change: [${shape.join(", ")}] becomes [${other.join(", ")}]`;
    }
  const same =
    first.dispatches.length === second.dispatches.length &&
    first.dispatches.every(({ pipeline, groups }, i) => {
      const other = second.dispatches[i]!;
      return pipeline === other.pipeline && alike(groups, other.groups);
    });
  if (!same) return t`the step takes other operations each time`;
  if (!first.numbers.every((numbers, i) => alike(numbers, second.numbers[i]!)))
    return t`a number that the step brings from the host changes each time`;
  return first.bound.every((bound, i) => sameBound(bound, second.bound[i]!))
    ? undefined
    : t`the step works on other tensors each time`;
}

const sameBound = (a: readonly Bound[], b: readonly Bound[]): boolean =>
  a.length === b.length &&
  a.every(({ buffer, offset, size }, i) => {
    const other = b[i]!;
    return buffer === other.buffer && offset === other.offset && size === other.size;
  });

function alike(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

interface Recorder extends Recording {
  refusal(): Refusal | undefined;
  /** Gives the backend back to itself. */
  stop(): void;
}

function record(gpu: GpuBackend): Recorder {
  const { device, bufferManager } = gpu;
  const dispatches: Dispatch[] = [];
  const bound: (readonly Bound[])[] = [];
  /** What is in a group can't be asked of it, so it is written down when one is made. */
  const inGroup = new Map<GPUBindGroup, readonly Bound[]>();
  const shapes: number[][] = [];
  const numbers: ArrayLike<number>[] = [];
  /** Numbered in the order in which they were made. */
  const owned = new Map<GPUBuffer, number>();
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
      dispatchWorkgroups(x: number, y = 1, z = 1) {
        dispatches.push({ pipeline, group, groups: [x, y, z] });
        bound.push(inGroup.get(group)!);
      },
      end() {},
    };
  };
  const encoder = {
    beginComputePass: pass,
    copyBufferToBuffer() {
      throw refuse(t`the step copies or reads a buffer`);
    },
    finish() {
      throw refuse(t`the step waits for the device`);
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
    makeUniforms: gpu.makeUniforms,
    submitQueue: gpu.submitQueue,
  };
  const { createBindGroup } = device;
  const forward = env().getBool("WEBGPU_CPU_FORWARD");
  env().set("WEBGPU_CPU_FORWARD", false);

  device.createBindGroup = (descriptor) => {
    const group = createBindGroup.call(device, descriptor);
    const entries = [...descriptor.entries].map(({ resource }): Bound => {
      const { buffer, offset = 0, size } = resource as GPUBufferBinding;
      return { buffer: owned.get(buffer) ?? buffer, offset, size };
    });
    inGroup.set(group, entries);
    return group;
  };
  bufferManager.acquireBuffer = (size, usage, mappedAtCreation = false) => {
    const constant = mappedAtCreation || (usage & GPUBufferUsage.UNIFORM) !== 0;
    const again = constant ? undefined : free.get(size)?.pop();
    if (again !== undefined) return again;
    const buffer = device.createBuffer({ size, usage, mappedAtCreation });
    owned.set(buffer, owned.size);
    if (constant) constants.add(buffer);
    return buffer;
  };
  bufferManager.releaseBuffer = (buffer) => {
    if (!owned.has(buffer)) throw refuse(t`the step frees a tensor that it did not make`);
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
    shapes.push([...shape]);
    return id;
  };
  gpu.makeUniforms = (parameters) => {
    for (const { data } of parameters) numbers.push([...data]);
    return held.makeUniforms.call(gpu, parameters);
  };
  gpu.disposeData = (id, force) => {
    if (!made.has(id) && gpu.tensorMap.has(id) && refusal === undefined) {
      const { refCount } = gpu.tensorMap.get(id) as { refCount?: number };
      if (force === true || refCount === 1) throw refuse(t`the step disposes a tensor that it did not make`);
    }
    const gone = held.disposeData.call(gpu, id, force);
    if (!gpu.tensorMap.has(id)) made.delete(id);
    return gone;
  };
  gpu.uploadToGPU = (id) => {
    const data = gpu.tensorMap.get(id);
    if (!data.resource && data.values) {
      if (!made.has(id)) throw refuse(t`the step uses a tensor that is not on the device yet`);
      const { values } = data;
      if (values.length > mostConstants && !allEqual(values))
        throw refuse(t`the step brings ${values.length} numbers from the host`);
      numbers.push(values.length > mostConstants ? [values[0]!] : Array.from(values));
    }
    held.uploadToGPU.call(gpu, id);
  };
  gpu.read = () => Promise.reject(refuse(t`the step reads values back to the host`));
  gpu.readSync = () => {
    throw refuse(t`the step reads values back to the host`);
  };

  return {
    dispatches,
    bound,
    shapes,
    numbers,
    refusal: () =>
      refusal === undefined && made.size > 0 ? refuse(t`the step leaves tensors behind`) : refusal,
    bytes: () => [...owned.keys()].reduce((sum, { size }) => sum + size, 0),
    stop() {
      bufferManager.acquireBuffer = manager.acquire;
      bufferManager.releaseBuffer = manager.release;
      device.createBindGroup = createBindGroup;
      Object.assign(gpu, held, { commandEncoder: null, computePassEncoder: null, dispatchCountInPass: 0 });
      env().set("WEBGPU_CPU_FORWARD", forward);
      // Tensors that a refused step left hold buffers of the recording, which are about to go.
      for (const id of made) if (gpu.tensorMap.has(id)) gpu.tensorMap.get(id).external = true;
    },
    discard() {
      for (const buffer of owned.keys()) buffer.destroy();
      owned.clear();
    },
  };
}

function allEqual(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
