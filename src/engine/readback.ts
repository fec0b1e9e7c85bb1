/**
 * Numbers on their way from the device to the host while the device goes on.
 *
 * TensorFlow.js would wait until the device has nothing left to do. Here a copy
 * is ordered in between what the device is given, into one of a few buffers that
 * are kept for it, and the host hears of it when it is made.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { flush } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";

export interface Readback {
  /**
   * The tensor's values after all that was ordered so far, which then become 0. Ordered at once where one of the
   * buffers is free, else as soon as one is.
   *
   * @param note called when it is ordered; what is ordered later is not in the values. Its word comes with them.
   */
  take<Note>(note: () => Note): Promise<readonly [Float32Array, Note]>;
  dispose(): void;
}

/** One is being filled while the host reads the other. */
const buffers = 2;

/** @param tensor on the device, with a buffer of its own. */
export function readback(gpu: GpuBackend, tensor: TensorInfo): Readback {
  const { device } = gpu;
  gpu.uploadToGPU(tensor.dataId);
  const source = gpu.tensorMap.get(tensor.dataId).resource!;
  const size = 4 * tensor.shape.reduce((product, side) => product * side, 1);
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const all = Array.from({ length: buffers }, () => device.createBuffer({ size, usage }));
  const free = [...all];
  /** Copies under way, the oldest first. */
  const under: Promise<Float32Array>[] = [];

  async function read(buffer: GPUBuffer): Promise<Float32Array> {
    await buffer.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(buffer.getMappedRange().slice(0));
    buffer.unmap();
    free.push(buffer);
    void under.shift();
    return values;
  }

  return {
    async take(note) {
      while (free.length === 0) await under[0];
      const buffer = free.pop()!;
      flush(gpu);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(source, 0, buffer, 0, size);
      encoder.clearBuffer(source, 0, size);
      device.queue.submit([encoder.finish()]);
      const noted = note();
      const values = read(buffer);
      under.push(values);
      return [await values, noted];
    },
    dispose() {
      for (const buffer of all) buffer.destroy();
    },
  };
}
