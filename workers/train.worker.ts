/** The train worker: a shell around `sessions/train`. */
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";
import { openBackend } from "../src/engine/backends.ts";
import type { TrainCommand, TrainEvent } from "../src/protocol/train.ts";
import { trainSession } from "../src/sessions/train.ts";
import { shell } from "./shell.ts";

// A worker that was started from a blob has no base address to resolve a path against; its module has.
const at = (path: string): string => new URL(path, import.meta.url).href;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

shell<TrainCommand, TrainEvent>((host) =>
  trainSession({
    ...host,
    wait,
    openBackend: (forced, onFault) =>
      openBackend({
        ...(forced !== undefined && { forced }),
        ...("gpu" in navigator && { gpu: navigator.gpu }),
        wasmPaths: {
          "tfjs-backend-wasm.wasm": at(plain),
          "tfjs-backend-wasm-simd.wasm": at(simd),
          "tfjs-backend-wasm-threaded-simd.wasm": at(threaded),
        },
        onLost: (detail) => onFault("The GPU was lost.", `GPUDevice.lost: ${detail}`),
        onError: (detail) => onFault("The GPU refused an operation.", `uncapturederror: ${detail}`),
        wait,
      }),
  }),
);
