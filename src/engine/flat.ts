/**
 * A net's weights as sections of one GPU buffer, so that one kernel can update
 * them all. TensorFlow.js goes on using each weight as it did.
 *
 * Sections start at multiples of 256 bytes, which is what WebGPU lets a binding
 * start at; vectors beside the weights (gradients, moments, averages) are dense,
 * and `placeWgsl` leads from a dense index to the place in the buffer.
 */
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { flush } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";

const alignment = 256;

/** Moves the weights into one buffer; returns it as a tensor, which must outlive their use. */
export function gatherWeights(gpu: GpuBackend, weights: readonly Tensor[]): TensorInfo {
  const offsets: number[] = [];
  let end = 0;
  for (const { size } of weights) {
    offsets.push(end);
    end += Math.ceil((4 * size) / alignment) * alignment;
  }
  const info = gpu.makeTensorInfo([end / 4], "float32");
  gpu.uploadToGPU(info.dataId);
  const buffer = gpu.tensorMap.get(info.dataId).resource!;
  weights.forEach((weight, i) => {
    gpu.uploadToGPU(weight.dataId);
    const data = gpu.tensorMap.get(weight.dataId);
    if (data.section !== undefined) throw new Error("These weights already have an optimizer.");
    const own = data.resource!;
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.commandEncoder!.copyBufferToBuffer(own, 0, buffer, offsets[i]!, 4 * weight.size);
    flush(gpu);
    gpu.bufferManager.releaseBuffer(own);
    data.resource = buffer;
    data.external = true;
    data.section = { offset: offsets[i]!, size: 4 * weight.size };
    data.values = null;
  });
  return info;
}

/** The one buffer that holds all of these weights, or undefined. */
export function sharedBuffer(gpu: GpuBackend, weights: readonly Tensor[]): GPUBuffer | undefined {
  const [first, ...others] = weights.map((weight) => gpu.tensorMap.get(weight.dataId));
  if (first?.section === undefined) return undefined;
  return others.every(({ resource }) => resource === first.resource) ? first.resource! : undefined;
}

/** `fn place(i: u32) -> u32`: where the i-th number of the weights, laid end to end, stands in their buffer. */
export function placeWgsl(gpu: GpuBackend, weights: readonly Tensor[]): string {
  let dense = 0;
  const lines = weights.map((weight) => {
    const { offset } = gpu.tensorMap.get(weight.dataId).section!;
    const line = `  if (i >= ${dense}u) { at = i - ${dense}u + ${offset / 4}u; }`;
    dense += weight.size;
    return line;
  });
  return `fn place(i: u32) -> u32 {\n  var at = i;\n${lines.join("\n")}\n  return at;\n}`;
}

/** `fn name(i: u32) -> f32`: the number given for the weight that the i-th of their numbers belongs to. */
export function perWeightWgsl(name: string, weights: readonly Tensor[], numbers: readonly number[]): string {
  let dense = 0;
  const lines = weights.map(({ size }, k) => {
    const line = `  if (i >= ${dense}u) { number = f32(${numbers[k]!}); }`;
    dense += size;
    return line;
  });
  return `fn ${name}(i: u32) -> f32 {\n  var number = 0.0;\n${lines.join("\n")}\n  return number;\n}`;
}
