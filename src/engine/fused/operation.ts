/**
 * How operations of our own are made: registered kernels with registered
 * gradients, so that tapes, tidies and recordings know them. On WebGPU each is
 * one dispatch where TensorFlow.js' parts would be several, on WASM one pass
 * (`simd/`), elsewhere those parts.
 */
import { engine, getBackend, registerKernel } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, NamedTensorInfoMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import type { GpuBackend } from "../gpu.ts";
import { hasOurKernels } from "../simd/install.ts";

export const onGpu = (): boolean => getBackend() === "webgpu";

/** Whether the open backend runs operations that have both a WebGPU and a WASM kernel. */
export const areFused = (): boolean => onGpu() || hasOurKernels();

/** Runs a registered operation, on the tape where there is one. */
export const run = (name: string, inputs: Record<string, Tensor>, attributes: object = {}): Tensor =>
  engine().runKernel(name, inputs, attributes as NamedAttrMap) as Tensor;

/** Of an operation with several results. */
export const runMany = (name: string, inputs: Record<string, Tensor>, attributes: object = {}): Tensor[] =>
  engine().runKernel(name, inputs, attributes as NamedAttrMap) as unknown as Tensor[];

/**
 * The same values off the tape, where a gradient through them would be zero: a rectifier's derivative does not
 * change with its output (but at zero), and would send a backward pass of zeros through the whole net for a
 * gradient penalty.
 */
export function detached<T extends Tensor>(x: T): T {
  engine().backend.incRef(x.dataId);
  return engine().makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype }) as T;
}

type Define = (
  gpu: GpuBackend,
  inputs: NamedTensorInfoMap,
  attributes: Record<string, unknown>,
) => TensorInfo | TensorInfo[];

/** Registers an operation's WebGPU kernel. */
export const define = (kernelName: string, kernel: Define): void =>
  registerKernel({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(
        backend as unknown as GpuBackend,
        inputs as NamedTensorInfoMap,
        (attrs ?? {}) as Record<string, unknown>,
      ),
  });

export const sizeOf = ({ shape }: TensorInfo): number => shape.reduce((size, length) => size * length, 1);

/** A kernel that works out each number of `out` from the same places of its inputs, a, b, …; `f` is WGSL. */
export function elementwise(gpu: GpuBackend, inputs: readonly TensorInfo[], f: string): TensorInfo {
  const out = gpu.makeTensorInfo([...inputs[0]!.shape], "float32");
  const size = sizeOf(out);
  const letters = inputs.map((_, i) => "abcd"[i]!);
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
${letters.map((letter, i) => `@group(0) @binding(${i + 1}) var<storage, read> of_${letter}: array<f32>;`).join("\n")}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  ${letters.map((letter) => `let ${letter} = of_${letter}[i];`).join("\n  ")}
  out[i] = ${f};
}`;
  runKernel(gpu, { code, tensors: [out, ...inputs], groups: groupsFor(size) });
  return out;
}
