/**
 * TensorFlow.js' WebGPU backend as our own kernels need it. It hides its encoder,
 * its tensors' buffers and its bindings; they are stated here once, for the one
 * version that package.json pins, and nowhere else.
 */
import { backend, getBackend } from "@tensorflow/tfjs-core";
import type { DataId, Tensor, TensorInfo } from "@tensorflow/tfjs-core";

export interface TensorData {
  /** Values on the host; where there is a buffer too, only a copy of it. */
  values: ArrayLike<number> | null;
  dtype: string;
  shape: number[];
  resource?: GPUBuffer | null;
  /** The buffer is somebody else's: don't release it with the tensor. */
  external?: boolean;
  /** Ours: where in the buffer this tensor lies, in bytes; absent where it is the whole buffer. */
  section?: { readonly offset: number; readonly size: number };
}

export interface BufferManager {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
  acquireBuffer(size: number, usage: number, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
}

export interface GpuBackend {
  readonly device: GPUDevice;
  readonly bufferManager: BufferManager;
  readonly tensorMap: { get(id: DataId): TensorData; has(id: DataId): boolean };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: { has(id: DataId): boolean; add(id: DataId): unknown };
  dispatchCountInPass: number;
  tensorDataPendingDisposal: DataId[];
  uniformPendingDisposal: GPUBuffer[];
  stagingPendingDisposal: GPUBuffer[];
  write(values: ArrayLike<number> | null, shape: number[], dtype: string): DataId;
  read(id: DataId): Promise<ArrayLike<number>>;
  readSync(id: DataId): ArrayLike<number>;
  disposeData(id: DataId, force?: boolean): boolean;
  uploadToGPU(id: DataId): void;
  /** Writes a kernel's parameters into a buffer. */
  makeUniforms(parameters: readonly { readonly data: readonly number[] }[]): GPUBufferBinding;
  makeTensorInfo(shape: number[], dtype: string): TensorInfo;
  tensorToBinding(tensor: TensorInfo | null): GPUBufferBinding | null;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** The open backend where it is WebGPU. */
export function openGpuBackend(): GpuBackend | undefined {
  return getBackend() === "webgpu" ? (backend() as unknown as GpuBackend) : undefined;
}

/** Teaches a backend that a tensor may be a section of a buffer. */
export function allowSections(gpu: GpuBackend): void {
  const whole = { tensorToBinding: gpu.tensorToBinding.bind(gpu), read: gpu.read.bind(gpu) };
  gpu.tensorToBinding = (tensor) => {
    const data = tensor === null ? undefined : gpu.tensorMap.get(tensor.dataId);
    if (data?.section === undefined) return whole.tensorToBinding(tensor);
    return { buffer: data.resource!, ...data.section };
  };
  gpu.read = async (id) => {
    const { section, resource } = gpu.tensorMap.get(id);
    if (section === undefined) return whole.read(id);
    const { size, offset } = section;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = gpu.bufferManager.acquireBuffer(size, usage);
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.commandEncoder!.copyBufferToBuffer(resource!, offset, staging, 0, size);
    gpu.submitQueue();
    await staging.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(staging.getMappedRange().slice(0));
    staging.unmap();
    gpu.bufferManager.releaseBuffer(staging);
    return values;
  };
}

/** Hands the device what was ordered so far, so that what comes next by the queue comes after it. */
export function flush(gpu: GpuBackend): void {
  if (gpu.commandEncoder === null) return;
  gpu.endComputePassEncoder();
  gpu.submitQueue();
}

/** Overwrites a tensor's values where they are, from element `at` on. */
export function overwrite(
  gpu: GpuBackend,
  tensor: TensorInfo,
  values: Float32Array | Int32Array,
  at = 0,
): void {
  gpu.uploadToGPU(tensor.dataId);
  flush(gpu);
  const data = gpu.tensorMap.get(tensor.dataId);
  gpu.device.queue.writeBuffer(
    data.resource!,
    (data.section?.offset ?? 0) + 4 * at,
    values as Float32Array<ArrayBuffer>,
  );
  data.values = null;
}

/** Forgets host copies, after the device changed the tensors in place. */
export function forgetHostCopy(tensor: Tensor): void {
  const gpu = openGpuBackend();
  if (gpu === undefined || !gpu.tensorMap.has(tensor.dataId)) return;
  const data = gpu.tensorMap.get(tensor.dataId);
  if (data.resource) data.values = null;
}

/** What a kernel reads and writes, in the order of its bindings. */
export interface Kernel {
  /** WGSL with bindings 0, 1, … in group 0 and an entry point `main`. Sizes are best written in as constants. */
  readonly code: string;
  readonly tensors: readonly (TensorInfo | GPUBuffer)[];
  /** Small numbers that differ between uses of the same code, bound last as a uniform vec4u. */
  readonly numbers?: readonly [number, number?, number?, number?];
  readonly groups: readonly [number, number?, number?];
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();
const uniforms = new WeakMap<GPUDevice, Map<string, GPUBuffer>>();

function of<K extends object, V>(maps: WeakMap<K, Map<string, V>>, owner: K, key: string, make: () => V): V {
  let map = maps.get(owner);
  if (map === undefined) maps.set(owner, (map = new Map()));
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** Runs a kernel of ours among TensorFlow.js' own, in order with them. It may write any tensor in place. */
export function runKernel(gpu: GpuBackend, { code, tensors, numbers, groups }: Kernel): void {
  const { device } = gpu;
  const pipeline = of(pipelines, device, code, () =>
    device.createComputePipeline({
      layout: "auto",
      compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
    }),
  );
  const entries: GPUBindGroupEntry[] = tensors.map((tensor, binding) => {
    if (!("dataId" in tensor)) return { binding, resource: { buffer: tensor } };
    gpu.uploadToGPU(tensor.dataId);
    gpu.commandQueueOwnedIds.add(tensor.dataId);
    return { binding, resource: gpu.tensorToBinding(tensor)! };
  });
  if (numbers !== undefined) {
    const [a, b = 0, c = 0, d = 0] = numbers;
    const buffer = of(uniforms, device, `${a},${b},${c},${d}`, () => {
      const made = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM, mappedAtCreation: true });
      new Uint32Array(made.getMappedRange()).set([a, b, c, d]);
      made.unmap();
      return made;
    });
    entries.push({ binding: entries.length, resource: { buffer } });
  }
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  gpu.ensureCommandEncoderReady();
  gpu.computePassEncoder ??= gpu.commandEncoder!.beginComputePass();
  gpu.computePassEncoder.setPipeline(pipeline);
  gpu.computePassEncoder.setBindGroup(0, group);
  gpu.computePassEncoder.dispatchWorkgroups(...(groups as [number, number?, number?]));
  gpu.dispatchCountInPass++;
}

/** Workgroups of `size` threads for `threads` threads, folded to two dimensions where one cannot hold them. */
export function groupsFor(threads: number, size = 64): [number, number] {
  const groups = Math.ceil(threads / size);
  const x = Math.min(groups, 65535);
  return [x, Math.ceil(groups / x)];
}

/** The thread's number under `groupsFor`, as a statement that declares `i` and leaves when it is past the end. */
export const threadWgsl = (threads: number): string => {
  const [x] = groupsFor(threads);
  return `let i = id.x + id.y * ${x * 64}u; if (i >= ${threads}u) { return; }`;
};
