/**
 * Both sessions joined as the workers join them, and a page that does what the
 * page does when the training worker is lost. A worker that is terminated is a
 * train session whose thread never comes back and whose words reach nobody; the
 * analysis session is the one that stays.
 */
import type { OpenedBackend } from "../../engine/backends.ts";
import type { RunConfig } from "../../protocol/run.ts";
import type { TrainCommand } from "../../protocol/train.ts";
import { random } from "../../random/random.ts";
import { foldTrain, initialState, untrained } from "../../store/fold.ts";
import type { LabState } from "../../store/state.ts";
import { analysisSession } from "../analysis.ts";
import { trainSession } from "../train.ts";
import { tick, turnClock } from "./turns.ts";

export type OpenBackend = (onLost: (detail: string) => void) => Promise<OpenedBackend>;

/** The ring, prepared, and a run on it that has been told to start. */
export async function openLab(openBackend: OpenBackend, config: RunConfig) {
  let state: LabState = { ...initialState(), training: untrained(1) };
  let states = 0;
  const ears: (() => void)[] = [];
  const words: string[] = [];
  const csv: Blob[] = [];
  /** Every look at the clock takes its time, so that the two seconds to the next checkpoint are some twenty steps. */
  const { now, wait } = turnClock(30);
  const hear = (word: string): void => {
    words.push(word);
    for (const ear of ears.splice(0)) ear();
  };
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) await new Promise<void>((resolve) => ears.push(resolve));
  };

  const analysis = analysisSession({
    post(event) {
      if (event.type === "downloaded") csv.push(event.file);
      hear("message" in event ? event.message : event.type);
    },
    rest: tick,
    now,
  });

  /** A thread that can be ended between any two things that it does. */
  function openThread() {
    let dead = false;
    const alive = async (): Promise<void> => {
      await tick();
      if (dead) await new Promise(() => {});
    };
    const session = trainSession({
      post(event) {
        if (dead) return;
        state = foldTrain(state, event);
        if (event.type === "state") states += 1;
        if (event.type === "progress") queueMicrotask(() => session.handle({ type: "credit" }));
        hear("message" in event ? event.message! : event.type);
      },
      now,
      rest: alive,
      wait: (milliseconds) => wait(milliseconds).then(alive),
      log: () => {},
      openBackend: (_, onFault) => openBackend((detail) => onFault("The GPU was lost.", detail)),
      turnTo: () => Promise.reject(new Error("There is no other.")),
    });
    const { port1, port2 } = new MessageChannel();
    session.handle({ type: "connect", port: port1 });
    analysis.handle({ type: "connect", port: port2 });
    return {
      tell: (command: TrainCommand) => session.handle(command),
      terminate() {
        dead = true;
        port1.close();
      },
    };
  }

  let thread = openThread();
  const start = (resume: boolean, paused = false): void =>
    thread.tell({ type: "start", run: 1, data: 1, config, paused, resume });
  const source = { kind: "builtin", id: "ring", seed: 1 } as const;
  analysis.handle({ type: "open", request: 1, source, options: { rowLimit: 1_000, seed: 1 } });
  await until(() => words.includes("opened"));
  const options = { missingMarks: [], columns: {}, holdout: 0.2, seed: 7, numeric: "standard" } as const;
  analysis.handle({ type: "prepare", data: 1, request: 1, options });
  await until(() => words.includes("prepared"));
  start(false);
  return {
    state: () => state,
    words,
    until,
    atStep: (step: number) => until(() => state.training.step >= step),
    inPhase: (phase: LabState["phase"]) => until(() => state.phase === phase),
    tell: (command: TrainCommand) => thread.tell(command),
    /** What the page does when a worker is lost. Resolves when the run is there again. */
    async goOn(paused = false): Promise<void> {
      thread.terminate();
      const before = states;
      thread = openThread();
      start(true, paused);
      await until(() => states > before);
    },
    async rows(): Promise<string> {
      analysis.handle({ type: "download", request: 1, rows: 20, seed: 3, escapeFormulas: false });
      await until(() => csv.length > 0);
      return csv[0]!.text();
    },
    close() {
      thread.tell({ type: "stop" });
      thread.terminate();
    },
  };
}

/** Steps at which disaster strikes, in order. */
export const disasters = (count: number, steps: number, seed: number): number[] => {
  const source = random(seed);
  return Array.from({ length: count }, () => 1 + source.integer(steps - 2)).toSorted((a, b) => a - b);
};
