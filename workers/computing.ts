/** How a worker opens a backend: a GPU where there is one, and the addresses of the wasm files. */
import { openBackend, turnTo, type BackendName } from "../src/engine/backends.ts";
import { wait, wasmPaths } from "./wasmPaths.ts";

const options = {
  ...("gpu" in navigator && { gpu: navigator.gpu }),
  wasmPaths,
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
