/**
 * On which backend a run trains, and in which precision. Where the choice is open and a GPU is there, GPU
 * and WASM race on the run's own model (`train/race.ts`), once for a size of
 * model; whoever has raced before is not asked again.
 */
import { isLive } from "../catalog/models.ts";
import type { OpenedBackend } from "../engine/backends.ts";
import { offersHalf } from "../engine/precision.ts";
import { OutOfMemory } from "../engine/room.ts";
import { t } from "../language/words.ts";
import { settingsOf } from "../models/index.ts";
import type { BackendName, Lap } from "../protocol/run.ts";
import type { TrainEvent } from "../protocol/train.ts";
import { choosePrecision } from "../train/precision.ts";
import { race, type Contender } from "../train/race.ts";
import type { Trainer, TrainerRequest } from "../train/trainer.ts";
import { onTrial, wordsForNoRoom } from "../train/trial.ts";
import { messageOf, type Host } from "./host.ts";

/**
 * Weights times rows of a batch, of which a step takes some six operations each: beyond it a CPU would need a tenth
 * of a second for a step, and any GPU is faster.
 */
const mostForCpu = 3e8;

/** What opens backends; both throw in plain words where one can't be had. */
export interface Backends {
  openBackend(
    forced: BackendName | undefined,
    onFault: (message: string, detail: string) => void,
  ): Promise<OpenedBackend>;
  /** Makes another backend compute, beside those that are open. */
  turnTo(backend: BackendName): Promise<void>;
}

export interface Chosen {
  readonly trainer: Trainer;
  /** As in the event `backend`. */
  readonly laps: readonly Lap[];
}

export interface Choosing {
  /** What computes now; undefined before anything does. */
  readonly computing: BackendName | undefined;
  /** Opens the one that is forced, or the best by rule, and what may race it. @throws Error where there is none. */
  open(forced: BackendName | undefined): Promise<void>;
  /**
   * A trainer on the backend that trains it fastest, which computes from now on; the page is told.
   * @param earlier how an earlier worker chose for the same run.
   * @throws Error in plain words where it can't be built, or where there is no room for it.
   */
  trainerFor(request: TrainerRequest, earlier?: readonly Lap[]): Promise<Chosen>;
}

export function choosing(
  host: Backends & Pick<Host<TrainEvent>, "post" | "now" | "rest">,
  onFault: (message: string, detail: string) => void,
): Choosing {
  let opened: OpenedBackend;
  /** Where there is a choice: who may be chosen, the best by rule first. */
  let candidates: readonly BackendName[] = [];
  let ready: Promise<void> | undefined;
  let computing: BackendName | undefined;
  const raced = new Map<string, readonly Lap[]>();

  function say(backend: BackendName, laps: readonly Lap[]): void {
    const adapter = backend === opened.backend ? opened.adapter : "";
    host.post({ type: "backend", backend, adapter, reason: opened.reason, laps });
  }

  const turnTo = async (backend: BackendName): Promise<void> => {
    if (backend === computing) return;
    try {
      await host.turnTo(backend);
    } catch (error) {
      // It was there; a fresh worker may find it again.
      if (backend === "webgpu") onFault(t`The GPU was lost.`, messageOf(error));
      throw error;
    }
    computing = backend;
  };

  async function openAll(forced: BackendName | undefined): Promise<void> {
    opened = await host.openBackend(forced, onFault);
    computing = opened.backend;
    say(opened.backend, []);
    if (forced !== undefined || opened.backend !== "webgpu") return;
    candidates = ["webgpu", "wasm"];
    try {
      // Now, while the table is being read: a race is no time to load a program.
      await turnTo("wasm");
    } catch {
      candidates = [];
    }
    await turnTo("webgpu");
  }

  async function choose(request: TrainerRequest, earlier: readonly Lap[]): Promise<Chosen> {
    const build = (): Promise<Trainer> => onTrial(request);
    const key = sizeOf(request);
    const forced = candidates.length === 0;
    const told = raced.get(key) ?? earlier;
    const known = forced && told[0]?.backend !== computing ? [] : told;
    const fastest = known[0]?.backend;
    const open = forced ? [computing!] : fastest === undefined ? candidates : [fastest];
    const { laps, winner, trainer } = await race({
      contenders: open.map((backend): Contender => ({ backend, open: () => turnTo(backend) })),
      build,
      worthIt: (first) => first.objectives.length > 0 && sumOf(first) * batchOf(request) <= mostForCpu,
      clock: () => host.now(),
      rest: () => host.rest(),
    });
    const chosenBy = await inBestPrecision(trainer, winner, known.length === 0 ? laps : known, known);
    raced.set(key, chosenBy);
    if (!forced || chosenBy.length > 0) say(winner, chosenBy);
    return { trainer, laps: chosenBy };
  }

  /** Settles the precision of a GPU's steps, by what is known or by trial, and writes it into its lap. */
  async function inBestPrecision(
    trainer: Trainer,
    winner: BackendName,
    laps: readonly Lap[],
    known: readonly Lap[],
  ): Promise<readonly Lap[]> {
    if (winner !== "webgpu" || opened.software === true) return laps;
    if (known.length > 0) {
      if (known[0]!.half === true && offersHalf()) trainer.precision = "half";
      return laps;
    }
    const { precision, singleMs, halfMs } = await choosePrecision(trainer, {
      clock: () => host.now(),
      rest: () => host.rest(),
    });
    if (halfMs === undefined) return laps;
    // Written down either way: a fresh worker that goes on with the run must not decide anew.
    const half = precision === "half";
    const lap: Lap = {
      backend: winner,
      stepsPerSecond: 1000 / (half ? halfMs : singleMs!),
      ...(half && { half }),
    };
    return [lap, ...laps.filter(({ backend }) => backend !== winner)];
  }

  return {
    get computing() {
      return computing;
    },
    open: (forced) => (ready = openAll(forced)),
    async trainerFor(request, earlier = []) {
      await (ready ??= openAll(undefined));
      try {
        return await choose(request, earlier);
      } catch (error) {
        throw error instanceof OutOfMemory ? new Error(await wordsForNoRoom(request)) : error;
      }
    },
  };
}

const batchOf = ({ config }: TrainerRequest): number =>
  settingsOf(config.model, config.settings)["batch"] as number;

const sumOf = ({ nets }: Trainer): number => nets.reduce((sum, { parameters }) => sum + parameters, 0);

/** The same for runs whose steps are the same work. */
function sizeOf({ rows, config: { model, settings } }: TrainerRequest): string {
  const shaping = Object.entries(settingsOf(model, settings)).filter(([key]) => !isLive(model, key));
  return JSON.stringify([model, rows.width, shaping]);
}
