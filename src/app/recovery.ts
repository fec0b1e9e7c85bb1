/**
 * What follows when the training worker or its device is lost: a fresh worker,
 * that goes on from the last checkpoint. A device that was lost can usually be
 * opened again, so the same backend is tried first; WebAssembly takes over from
 * a GPU that dies again before it has got any further. What dies again and again
 * without getting further would only burn the battery, and is given up.
 */
import { count, t } from "../language/words.ts";
import type { BackendName } from "../protocol/run.ts";

/** Losses in a row, none of them further in the run than those before, after which a GPU is left, and everything is. */
const mostOnGpu = 2;
const mostInVain = 3;
/** Where nothing trains, losses further apart than this have nothing to do with each other: a laptop may have slept. */
const apartMs = 60_000;

export interface Loss {
  /** A run was going, or should have been. */
  readonly training: boolean;
  readonly run: number;
  /** The step that it reached, and the one that it goes on from; undefined where it begins again. */
  readonly step: number;
  readonly kept: number | undefined;
  /** What it ran on, if it got so far. */
  readonly backend: BackendName | undefined;
  /** Milliseconds that only grow. */
  readonly now: number;
}

export interface Recovery {
  /** The backend to ask for; undefined leaves the choice to the worker. */
  readonly backend: BackendName | undefined;
  /** Why it is another than at first, for the badge. */
  readonly reason: string | undefined;
  /** Notes a loss. False where it is time to give up. */
  tryAgain(loss: Loss): boolean;
}

/** @param forced the backend that the person insists on. */
export function recovery(forced: BackendName | undefined): Recovery {
  let inVain = 0;
  let before: Loss | undefined;
  let backend = forced;
  return {
    get backend() {
      return backend;
    },
    get reason() {
      return backend === forced
        ? undefined
        : t`WebAssembly has taken over from the graphics card, which failed more than once.`;
    },
    tryAgain(loss) {
      inVain = before !== undefined && !gotFurther(before, loss) ? inVain + 1 : 1;
      before = { ...loss, step: Math.max(loss.step, before?.run === loss.run ? before.step : 0) };
      if (loss.backend === "webgpu" && forced === undefined && inVain >= mostOnGpu) {
        backend = "wasm";
        inVain = 0;
      }
      return inVain < mostInVain;
    },
  };
}

function gotFurther(before: Loss, loss: Loss): boolean {
  if (!loss.training) return loss.now - before.now > apartMs;
  return loss.run !== before.run || loss.kept !== before.kept || loss.step > before.step;
}

/** What was lost and where the run is now, in one line. */
export function backAgain(
  { cause, at, backend }: { readonly cause: string; readonly at: number; readonly backend?: BackendName },
  now: { readonly training: boolean; readonly step: number; readonly backend?: BackendName },
): string {
  const where = now.backend === backend || now.backend === undefined ? "" : t` on ${titles[now.backend]}`;
  if (!now.training)
    return t`${cause}; the model is back${now.step > 0 ? t` as it was at step ${count(now.step)}` : ""}${where}.`;
  const what = at > 0 ? t`${cause} at step ${count(at)}` : cause;
  return now.step > 0
    ? t`${what}; training went on from step ${count(now.step)}${where}.`
    : t`${what}; training began again${where}.`;
}

const titles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  cpu: t`plain JavaScript`,
};
