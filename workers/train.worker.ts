/** The train worker: a shell around `sessions/train`. */
import type { TrainCommand, TrainEvent } from "../src/protocol/train.ts";
import { trainSession } from "../src/sessions/train.ts";
import { computing, wait } from "./computing.ts";
import { shell } from "./shell.ts";

shell<TrainCommand, TrainEvent>((host) =>
  trainSession({
    ...host,
    ...computing,
    wait,
    // oxlint-disable-next-line no-console
    log: (line) => console.info(line),
  }),
);
