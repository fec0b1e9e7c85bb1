/** The train worker: a shell around `sessions/train`. */
import { openBackend, turnTo } from "../src/engine/backends.ts";
import type { TrainCommand, TrainEvent } from "../src/protocol/train.ts";
import { trainSession } from "../src/sessions/train.ts";
import { shell } from "./shell.ts";
import { wait, wasmPaths } from "./wasmPaths.ts";

const options = {
  ...("gpu" in navigator && { gpu: navigator.gpu }),
  wasmPaths,
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
