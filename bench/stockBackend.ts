/** Opens TensorFlow.js' own backends as they come, without anything of Likeness. Each resolves to "wait for the device". */
import * as tf from "@tensorflow/tfjs-core";

/** @param paths a folder ending in "/", or the place of each .wasm file by its name. */
export async function openWasm(paths: string | Record<string, string>): Promise<() => Promise<void>> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  // The threaded build hangs for ever once it has been through a bundler.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths(paths as Parameters<typeof setWasmPaths>[0]);
  await tf.setBackend("wasm");
  return async () => {};
}

/** On `navigator.gpu`, with the device that TensorFlow.js makes for itself. */
export async function openWebGpu(): Promise<() => Promise<void>> {
  await import("@tensorflow/tfjs-backend-webgpu");
  if (!(await tf.setBackend("webgpu"))) throw new Error("Stock TensorFlow.js could not start WebGPU.");
  const backend = tf.backend() as unknown as {
    readonly device: GPUDevice;
    readonly commandEncoder: GPUCommandEncoder | null;
    submitQueue(): void;
  };
  return async () => {
    // TensorFlow.js keeps up to fourteen dispatches back.
    if (backend.commandEncoder !== null) backend.submitQueue();
    await backend.device.queue.onSubmittedWorkDone();
  };
}

/** Has TensorFlow.js take its packed product for every shape. */
export function multiplyPacked(): void {
  tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", 3);
}
