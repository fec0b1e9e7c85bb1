/**
 * The run on screen, as the train worker was told it: what began it, what was
 * changed since, whether it should be going. That is all a fresh worker has to
 * be told again where one was lost; weights and rows it gets from the analysis
 * worker.
 */
import { isLive } from "../catalog/models.ts";
import { count, t } from "../language/words.ts";
import type { RunConfig } from "../protocol/run.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { modelName, untrained } from "../store/fold.ts";
import { rewound } from "../store/replay.ts";
import { originOf } from "../store/origins.ts";
import { settingsOf } from "../store/setup.ts";
import type { Desk } from "./desk.ts";
import type { Unfinished } from "./memory.ts";

/** How a run begins: at once, or paused with one step of one objective or of all. */
export interface Beginning {
  readonly paused: boolean;
  readonly objective?: string | undefined;
}

export interface Runs {
  /** A run is training, or should be. */
  readonly going: boolean;
  /** Ends whatever runs and forgets its curves and rows. */
  halt(): void;
  /** Begins on the table that is prepared, if one is. */
  start(beginning: Beginning): void;
  /** Says something to the run that is on. */
  tell(
    command: Extract<TrainCommand, { type: "pause" | "resume" | "step" | "tune" | "speed" | "budget" }>,
  ): void;
  /** Notes what the worker says of it. */
  heard(event: TrainEvent): void;
  /** Goes on with a run that this page has never seen, on the table that is prepared. */
  goOn(run: Unfinished): void;
  /** Begins the same run on a fresh worker, from where it was kept. False where there is none. */
  resume(): boolean;
}

export function runs({ lines, get, patch, setup }: Desk): Runs {
  let told:
    | { readonly config: RunConfig; readonly data: number; readonly going: boolean; readonly origin?: number }
    | undefined;
  let lendings = 0;

  function note(command: TrainCommand): void {
    if (told === undefined) return;
    const { config } = told;
    switch (command.type) {
      case "resume":
        told = { ...told, going: true };
        break;
      case "pause":
      case "step":
        told = { ...told, going: false };
        break;
      case "tune":
        if (isLive(config.model, command.key))
          told = {
            ...told,
            config: { ...config, settings: { ...config.settings, [command.key]: command.value } },
          };
        break;
      case "speed":
        told = { ...told, config: { ...config, speed: command.speed } };
        break;
      case "budget":
        told = { ...told, config: { ...config, budget: command.budget } };
        break;
      default:
        break;
    }
  }

  function halt(): void {
    const { training, stage, phase } = get();
    told = undefined;
    lines.train({ type: "stop" });
    if (stage.shown !== undefined) lines.analysis({ type: "show" });
    patch({
      phase: phase === "loading" || phase === "error" ? phase : "ready",
      training: untrained(training.run + 1),
      stage: { ...stage, frames: {}, shown: undefined, rings: {}, moment: undefined },
      download: { status: "idle", note: "" },
    });
  }

  const beginningOf = ({ config, data, origin }: NonNullable<typeof told>) => ({
    config,
    data,
    ...(origin !== undefined && { origin }),
  });

  const runs: Runs = {
    get going() {
      return told?.going ?? false;
    },
    halt,
    start({ paused, objective }) {
      const { data, setup, origins } = get();
      if (data.prepared === undefined) return;
      halt();
      const { training } = get();
      patch({
        training: { ...training, startedFrom: setup, starting: true },
        status: t`Preparing ${modelName(setup.model)}…`,
      });
      const { model, seed, budget, speed } = setup;
      const config = { model, settings: settingsOf(setup), seed, budget, speed };
      told = { config, data: data.prepared.data, going: !paused };
      if (setup.weights !== "fresh" && originOf({ setup, origins }) !== undefined) {
        told = { ...told, origin: ++lendings };
        lines.analysis({ type: "lend", request: lendings, from: setup.weights });
      }
      lines.train({ type: "start", run: training.run, paused, ...beginningOf(told) });
      if (paused) runs.tell({ type: "step", ...(objective !== undefined && { objective }) });
    },
    tell(command) {
      note(command);
      lines.train(command);
    },
    heard(event) {
      if (event.type !== "state" || told === undefined || event.run !== get().training.run) return;
      told = event.state === "stopped" ? undefined : { ...told, going: event.state === "training" };
    },
    goOn({ setup: from, kept, training: then }) {
      const { data } = get();
      if (data.prepared === undefined) return;
      halt();
      const { training } = get();
      const { run } = training;
      const { step } = kept.checkpoint;
      patch({
        setup: { ...setup(), ...from },
        training: {
          ...training,
          ...then,
          scores: then.scores.filter((score) => score.step <= step),
          replay: rewound(then.replay, step),
          step,
          startedFrom: from,
          starting: true,
        },
        status: t`Going on with ${modelName(from.model)} from step ${count(step)}…`,
      });
      const { model, seed, budget, speed } = from;
      const config = { model, settings: settingsOf(from), seed, budget, speed };
      told = { config, data: data.prepared.data, going: true };
      lines.analysis({ type: "restore", kept: { ...kept, run, data: data.prepared.data } });
      lines.train({ type: "start", run, paused: false, resume: true, restored: true, ...beginningOf(told) });
    },
    resume() {
      if (told === undefined) return false;
      const { run } = get().training;
      lines.train({ type: "start", run, paused: !told.going, resume: true, ...beginningOf(told) });
      return true;
    },
  };
  return runs;
}
