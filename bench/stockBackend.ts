/** Opens TensorFlow.js' own backends as they come, without anything of Likeness. Resolves to "wait for the device". */
import * as tf from "@tensorflow/tfjs-core";
import { fileURLToPath } from "node:url";

const wasmFolder = fileURLToPath(
  new URL("../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/", import.meta.url),
);

export async function openStock(on: "null" | "wasm"): Promise<() => Promise<void>> {
  if (on === "wasm") {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(wasmFolder);
    await tf.setBackend("wasm");
    return async () => {};
  }
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  const gpu = create(["backend=null"]);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  await import("@tensorflow/tfjs-backend-webgpu");
  await tf.setBackend("webgpu");
  const { queue } = (tf.backend() as unknown as { device: GPUDevice }).device;
  return () => queue.onSubmittedWorkDone();
}
