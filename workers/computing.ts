/** How a worker opens a backend: a GPU where there is one, and the addresses of the wasm files. */
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";
import { openBackend, turnTo, type BackendName } from "../src/engine/backends.ts";

// A worker that was started from a blob has no base address to resolve a path against; its module has.
const at = (path: string): string => new URL(path, import.meta.url).href;

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const options = {
  ...("gpu" in navigator && { gpu: navigator.gpu }),
  wasmPaths: {
    "tfjs-backend-wasm.wasm": at(plain),
    "tfjs-backend-wasm-simd.wasm": at(simd),
    "tfjs-backend-wasm-threaded-simd.wasm": at(threaded),
  },
  wait,
};

export const computing = {
  openBackend: (
    forced: BackendName | undefined,
    onFault: (message: string, detail: string) => void,
  ): ReturnType<typeof openBackend> =>
    openBackend({
      ...options,
      ...(forced !== undefined && { forced }),
      onLost: (detail) => onFault("The GPU was lost.", `GPUDevice.lost: ${detail}`),
      onError: (detail) => onFault("The GPU refused an operation.", `uncapturederror: ${detail}`),
    }),
  turnTo: (backend: BackendName): Promise<void> => turnTo(backend, options),
};
