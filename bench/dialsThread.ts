/** The thread that `bench/dials.ts` has in the analysis worker's place: it decodes every snapshot, and judges it while the dials are on. */
import { parentPort, workerData } from "node:worker_threads";
import { openEncoder, type EncoderState } from "../src/encode/encoder.ts";
import type { Matrix } from "../src/encode/span.ts";
import { random } from "../src/random/random.ts";
import { dials } from "../src/sessions/dials.ts";
import type { Prepared } from "../src/sessions/preparing.ts";

/** What the thread begins with, and what it is told. */
export interface DialsThreadData extends Pick<Prepared, "table" | "split" | "seed"> {
  readonly encoder: EncoderState;
}
export type ToDialsThread =
  | { readonly type: "snapshot"; readonly step: number; readonly rows: Matrix }
  | { readonly type: "on"; readonly on: boolean };
export type FromDialsThread =
  | { readonly type: "ready" }
  /** Looks made so far. */
  | { readonly type: "looked"; readonly looks: number };

const { table, split, seed, encoder: state } = workerData as DialsThreadData;
const encoder = openEncoder(state);
const source = random(seed).fork("decode");
const port = parentPort!;
const say = (message: FromDialsThread): void => port.postMessage(message);
let on = true;
let looks = 0;
const gauges = dials(
  { table, split, seed } as Prepared, // dials read no more of it
  { now: () => performance.now(), rest: () => new Promise((resolve) => setImmediate(resolve)) },
  () => say({ type: "looked", looks: ++looks }),
  (error) => {
    throw error;
  },
);
port.on("message", (message: ToDialsThread) => {
  if (message.type === "on") on = message.on;
  else {
    const rows = encoder.decode(message.rows, source);
    if (on) gauges.see({ run: 1, step: message.step, table: rows });
  }
});
say({ type: "ready" });
