/** What the engine holds at the moment, for leak tests and the inspector. */
import { backend } from "@tensorflow/tfjs-core";
import { livePrograms } from "./capture.ts";
import { flush, openGpuBackend } from "./gpu.ts";
import { tensorMemory } from "./tf.ts";

export interface EngineMemory {
  readonly tensors: number;
  /** GPU buffers in use; 0 on other backends. */
  readonly buffers: number;
  /** Recorded steps, which hold buffers of their own. */
  readonly programs: number;
}

export function engineMemory(): EngineMemory {
  const held = backend() as { bufferManager?: { getNumUsedBuffers(): number } };
  return {
    tensors: tensorMemory().numTensors,
    buffers: held.bufferManager?.getNumUsedBuffers() ?? 0,
    programs: livePrograms(),
  };
}

/** Resolves when the device has done what it was given, so that a loop can't run far ahead of it. */
export async function settled(): Promise<void> {
  const gpu = openGpuBackend();
  if (gpu === undefined) return;
  flush(gpu);
  await gpu.device.queue.onSubmittedWorkDone();
}
