/** The train worker: a shell around `sessions/train`. */
import type { TrainCommand, TrainEvent } from "../src/protocol/train.ts";
import { trainSession } from "../src/sessions/train.ts";
import { computing } from "./computing.ts";
import { shell } from "./shell.ts";
import { wait } from "./wasmPaths.ts";

shell<TrainCommand, TrainEvent>((host) =>
  trainSession({
    ...host,
    ...computing,
    wait,
    // oxlint-disable-next-line no-console
    log: (line) => console.info(line),
  }),
);
