/** The experiment worker: a shell around `sessions/experiment`. It trains on wasm, so that the same link gives the same verdict. */
import { openBackend } from "../src/engine/backends.ts";
import type { ExperimentCommand, ExperimentEvent } from "../src/protocol/experiment.ts";
import { experimentSession } from "../src/sessions/experiment.ts";
import { shell } from "./shell.ts";
import { wait, wasmPaths } from "./wasmPaths.ts";

shell<ExperimentCommand, ExperimentEvent>((host) =>
  experimentSession({ ...host, openBackend: () => openBackend({ forced: "wasm", wasmPaths, wait }) }),
);
