/** The train worker: a shell around `sessions/train`. */
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";
import { openBackend, turnTo } from "../src/engine/backends.ts";
import type { TrainCommand, TrainEvent } from "../src/protocol/train.ts";
import { trainSession } from "../src/sessions/train.ts";
import { shell } from "./shell.ts";

// A worker that was started from a blob has no base address to resolve a path against; its module has.
const at = (path: string): string => new URL(path, import.meta.url).href;

const wait = (milliseconds: number): Promise<void> =>
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

shell<TrainCommand, TrainEvent>((host) =>
  trainSession({
    ...host,
    wait,
    // oxlint-disable-next-line no-console
    log: (line) => console.info(line),
    openBackend: (forced, onFault) =>
      openBackend({
        ...options,
        ...(forced !== undefined && { forced }),
        onLost: (detail) => onFault("The GPU was lost.", `GPUDevice.lost: ${detail}`),
        onError: (detail) => onFault("The GPU refused an operation.", `uncapturederror: ${detail}`),
      }),
    turnTo: (backend) => turnTo(backend, options),
  }),
);
