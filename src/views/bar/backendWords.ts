/** What the badge says of the backend: which, why, and how steps reach it. */
import { count, t } from "../../language/words.ts";
import type { Orders } from "../../protocol/train.ts";
import type { BackendState } from "../../store/state.ts";
import { rate } from "../kit/format.ts";

export const names = { webgpu: "WebGPU", wasm: "WASM", cpu: "CPU" } as const;

const halfWords = t`It multiplies in 16 bits, which was faster on this model with the same losses.`;

/** Which backend and why; where several were tried on this model, how fast each was. */
export function choiceWords({ name, adapter, reason, laps }: BackendState): string {
  const which = `${names[name]}${adapter && t` on ${adapter}`}.`;
  const half = laps[0]?.half === true ? ` ${halfWords}` : "";
  if (laps.length < 2) return `${which} ${reason}${half}`;
  const paces = laps.map(
    ({ backend, stepsPerSecond }, i) =>
      `${names[backend]}: ${rate(stepsPerSecond)}${i === 0 ? t` steps/s` : ""}`,
  );
  return t`${which} The fastest here when all were tried on this model: ${paces.join(", ")}.${half}`;
}

/** How steps reach the device, in a sentence; "" where there is nothing to say of it. */
export function ordersWords(orders: Orders | undefined): string {
  if (orders === undefined) return "";
  if (orders.refusal !== undefined) return t`Step by step, because ${orders.refusal}.`;
  if (orders.bundle <= 1) return "";
  return t`Recorded: ${calm(orders.bundle)} steps a submission.`;
}

/** One digit of those that change with every submission: 47 -> "about 50". */
function calm(steps: number): string {
  if (steps < 10) return count(steps);
  const unit = 10 ** Math.floor(Math.log10(steps));
  return t`about ${count(Math.round(steps / unit) * unit)}`;
}
