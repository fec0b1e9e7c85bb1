/** Where this build has TensorFlow.js's wasm files. */
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";

// A worker that was started from a blob has no base address to resolve a path against; its module has.
const at = (path: string): string => new URL(path, import.meta.url).href;

export const wasmPaths = {
  "tfjs-backend-wasm.wasm": at(plain),
  "tfjs-backend-wasm-simd.wasm": at(simd),
  "tfjs-backend-wasm-threaded-simd.wasm": at(threaded),
};

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
