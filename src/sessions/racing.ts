/**
 * A race: two to four models on the same rows, split and seed, in one worker.
 * They take turns on a fair clock: the racer that has had least of the worker's
 * time is next, for a slice, and its time counts only its own training, the
 * device's work included. Looks and judging are nobody's time. Nobody's turn
 * changes what another learns, so each ends where it would have ended alone.
 */
import { openEncoder } from "../encode/encoder.ts";
import type { OpenedBackend } from "../engine/backends.ts";
import { finish, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { BackendName, Budget } from "../protocol/run.ts";
import type { RaceCommand, RaceConfig, RaceEvent, RaceRows } from "../protocol/race.ts";
import { random } from "../random/random.ts";
import { stackAll } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { train, type Slice } from "../train/train.ts";
import { onTrial } from "../train/trial.ts";
import type { Trainer } from "../train/trainer.ts";
import { detailOf, messageOf, type Host } from "./host.ts";
import { judge, judgedRows } from "./judging.ts";
import { trainingRows, type Learnable } from "./preparing.ts";
import { pairStage, pcaStage, snapshotOf, type Snapshot, type Stage } from "./scene.ts";
import { scoring } from "./scoring.ts";
import { inSlices } from "./slices.ts";

/** Of training in a turn, ms. */
const sliceMs = 50;
/** Between two looks at a racer, ms, and so many times as long as a round of looks took. */
const everyMs = 400;
const timesAsLong = 4;
/** Rows in a look, as in the lab's snapshots. */
const lookRows = 400;
/** Sampling is timed on draws of so many rows: four or more of them, until so much time has gone; fewer where they are slow. */
const timedRows = 2_000;
const timedMs = 400;
const mostTimedMs = 3_000;
const mostDraws = 100;

export interface RacingHost extends Host<RaceEvent> {
  openBackend(
    forced: BackendName | undefined,
    onFault: (message: string, detail: string) => void,
  ): Promise<OpenedBackend>;
}

export interface RacingSession {
  handle(command: RaceCommand): void;
}

interface Racer {
  readonly place: number;
  readonly trainer: Trainer;
  readonly turns: AsyncGenerator<Slice, void>;
  readonly scores: ReturnType<typeof scoring>;
  /** Milliseconds of the worker's time so far, those of the turn under way included. */
  clock(): number;
  /** The worker's time goes to it, or no longer. */
  mind(on: boolean): void;
  done: boolean;
  lookedAt: number;
  lookedStep: number;
}

export function racingSession(host: RacingHost): RacingSession {
  let enough = false;
  let lost = false;
  /** Which of the seeds it is. */
  let turn = 0;

  function fail(message: string, detail: string): void {
    if (lost) return;
    lost = true;
    host.post({ type: "failed", message, detail, fatal: true });
  }

  async function go(command: Extract<RaceCommand, { type: "race" }>): Promise<void> {
    const { config, port, backend: forced } = command;
    const [rows, { backend }] = await Promise.all([rowsFrom(port), host.openBackend(forced, fail)]);
    const prepared = learnable(rows);
    const stage = rows.plane ? pairStage(prepared, "plane", [0, 1]) : pcaStage(prepared);
    const racers = await line(prepared, rows, config);
    host.post({
      type: "ready",
      backend,
      scene: stage.scene as Extract<RaceEvent, { type: "ready" }>["scene"],
      objectives: config.racers.map(
        (_, i) => racers.find(({ place }) => place === i)?.trainer.objectives ?? [],
      ),
    });
    await heat(racers, config, prepared, stage);
    for (turn = 1; turn < (config.seeds ?? 1) && !enough && !lost; turn++) {
      host.post({ type: "again", turn });
      const seeded = { ...config, seed: config.seed + turn };
      await heat(await line(prepared, rows, seeded), seeded, prepared, stage);
    }
    if (!lost) host.post({ type: "over" });
  }

  /** All train with one seed and are judged; one of the further seeds that is cut short says nothing of the spread. */
  async function heat(
    racers: readonly Racer[],
    config: RaceConfig,
    prepared: Learnable,
    stage: Stage,
  ): Promise<void> {
    await run(racers, config, prepared, stage);
    if (!lost && (turn === 0 || !enough)) {
      host.post({ type: "judging" });
      await judged(racers, config, prepared, stage);
    }
    for (const { trainer } of racers) trainer.dispose();
  }

  /** It is out of the race; with a further seed it has a figure less. */
  function out(racer: number, error: unknown): void {
    if (!lost && turn === 0) host.post({ type: "out", racer, message: messageOf(error) });
  }

  /** Builds them; one that can't be built is out, and the others race on. */
  async function line(prepared: Learnable, { image }: RaceRows, config: RaceConfig): Promise<Racer[]> {
    const encoded = trainingRows(prepared);
    const racers: Racer[] = [];
    for (const [place, { id, settings }] of config.racers.entries()) {
      try {
        const trainer = await onTrial({
          spans: prepared.encoder.spans,
          rows: encoded,
          config: { model: id, settings, seed: config.seed },
          image,
        });
        racers.push(racerOf(place, trainer, config, prepared, () => host.now()));
      } catch (error) {
        out(place, error);
      }
      await host.rest();
    }
    return racers;
  }

  async function run(
    racers: readonly Racer[],
    config: RaceConfig,
    prepared: Learnable,
    stage: Stage,
  ): Promise<void> {
    const seconds = limitOf(config, "seconds");
    const over = (racer: Racer): boolean => racer.done || racer.clock() >= 1000 * seconds;
    let wait = everyMs;
    for (;;) {
      const [next] = racers.filter((racer) => !over(racer)).toSorted((a, b) => a.clock() - b.clock());
      if (next === undefined || enough || lost) return;
      await attempt(next, () => slice(next));
      if (turn === 0 && !next.done && host.now() - next.lookedAt >= wait) {
        const began = host.now();
        await attempt(next, () => look(next, prepared, stage));
        wait = Math.max(everyMs, timesAsLong * racers.length * (host.now() - began));
      }
      await host.rest();
    }
  }

  async function slice(racer: Racer): Promise<void> {
    racer.mind(true);
    try {
      const { done } = await racer.turns.next();
      // What a device still has to do is done on this racer's time, not on the next one's.
      await racer.trainer.settled();
      if (done === true) racer.done = true;
    } finally {
      racer.mind(false);
    }
  }

  async function look(racer: Racer, prepared: Learnable, stage: Stage): Promise<void> {
    const { trainer, scores, place } = racer;
    const { losses } = await trainer.report();
    const { step } = trainer;
    const seen = await snapshot(trainer, prepared, step);
    const frame = stage.frame(seen);
    const distance = scores?.score(seen).distance;
    racer.lookedAt = host.now();
    racer.lookedStep = step;
    if (!("points" in frame)) return;
    host.post({
      type: "look",
      racer: place,
      step,
      spent: racer.clock() / 1000,
      losses,
      ...(distance !== undefined && { distance }),
      points: frame.points,
    });
  }

  /** Does it, or says that the racer is out. */
  async function attempt(racer: Racer, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      racer.done = true;
      racer.lookedStep = NaN;
      out(racer.place, error);
      return false;
    }
  }

  async function judged(
    racers: readonly Racer[],
    { dataset, seed }: RaceConfig,
    prepared: Learnable,
    stage: Stage,
  ): Promise<void> {
    const { split, table } = prepared;
    if (turn === 0 && split.holdout.length >= 10) {
      const held = selectRows(table, split.holdout.slice(0, judgedRows));
      host.post({ type: "reference", figures: await worked(judge(prepared, held, dataset, seed)) });
    }
    for (const racer of racers) {
      if (lost) return;
      if (Number.isNaN(racer.lookedStep)) continue; // it is out
      await attempt(racer, async () => {
        if (turn === 0 && racer.lookedStep !== racer.trainer.step) await look(racer, prepared, stage);
        await host.rest();
        const { trainer, place } = racer;
        const figures = await figuresOf(trainer, prepared, { dataset, seed }, worked);
        const rowsPerSecond = await timed(trainer, seed);
        host.post({
          type: "judged",
          turn,
          racer: place,
          step: trainer.step,
          spent: racer.clock() / 1000,
          figures,
          rowsPerSecond,
        });
      });
    }
  }

  /** All of it, with looks at the mail in between. */
  const worked = <T>(work: Work<T>): Promise<T> => inSlices(work, host, sliceMs);

  /**
   * Rows drawn a second in the fastest of several draws: the first one compiles kernels, and what else a machine does
   * meanwhile can only slow them down.
   */
  async function timed(trainer: Trainer, seed: number): Promise<number> {
    const opened = host.now();
    let best = 0;
    for (let draw = 0; draw < mostDraws; draw++) {
      const began = host.now();
      for await (const piece of trainer.sample(timedRows, seed)) void piece;
      await trainer.settled();
      best = Math.max(best, (1000 * timedRows) / Math.max(0.1, host.now() - began));
      await host.rest();
      const gone = host.now() - opened;
      if (gone > mostTimedMs || (draw >= 3 && gone > timedMs) || lost) break;
    }
    return best;
  }

  return {
    handle(command) {
      switch (command.type) {
        case "race":
          go(command).catch((error: unknown) => fail(messageOf(error), detailOf(error)));
          return;
        case "enough":
          enough = true;
          return;
        default:
          command satisfies never;
      }
    },
  };
}

const rowsFrom = (port: MessagePort): Promise<RaceRows> =>
  new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<RaceRows | null>) => {
      port.close();
      if (data === null) reject(new Error(t`There is no table to race on. Open one first.`));
      else resolve(data);
    };
  });

/** The table as it was prepared in the other worker. */
export const learnable = ({ table, split, encoder, lens, seed }: RaceRows): Learnable => ({
  table,
  split,
  encoder: openEncoder(encoder),
  lens: openEncoder(lens),
  seed,
});

function racerOf(
  place: number,
  trainer: Trainer,
  config: RaceConfig,
  prepared: Learnable,
  now: () => number,
): Racer {
  let spent = 0;
  let since: number | undefined;
  const clock = (): number => spent + (since === undefined ? 0 : now() - since);
  const steps = { unit: "steps", amount: limitOf(config, "steps") } as const;
  return {
    place,
    trainer,
    turns: train(trainer, { clock, budget: () => steps, speed: () => Infinity, slice: sliceMs }),
    scores: scoring(prepared, now),
    clock,
    mind(on) {
      spent = clock();
      since = on ? now() : undefined;
    },
    done: false,
    lookedAt: -Infinity,
    lookedStep: -1,
  };
}

/** How much of that a racer gets; no end of it where nothing was said. */
const limitOf = ({ budget, most }: RaceConfig, unit: Budget["unit"]): number =>
  Math.min(...[budget, most].flatMap((each) => (each?.unit === unit ? each.amount : [])), Infinity);

/** Each look is a run of its own to who scores it: a median of several would depend on when one looked. */
const snapshot = async (trainer: Trainer, prepared: Learnable, step: number): Promise<Snapshot> =>
  snapshotOf(prepared, { run: step, step, rows: await trainer.snapshot(lookRows) });

/**
 * The figures of a model as it stands: the same for the same steps and seed, in a race or alone.
 *
 * @param worked how the long part is done: at once, or with rests.
 */
export async function figuresOf(
  trainer: Trainer,
  prepared: Learnable,
  { dataset, seed }: Pick<RaceConfig, "dataset" | "seed">,
  worked: <T>(work: Work<T>) => T | Promise<T> = finish,
) {
  const distance = scoring(prepared, () => 0)?.score(
    await snapshot(trainer, prepared, trainer.step),
  ).distance;
  const pieces: Table[] = [];
  const source = random(seed).fork("rows");
  for await (const piece of trainer.sample(judgedRows, seed))
    pieces.push(prepared.encoder.decode(piece, source.fork(pieces.length)));
  const made = stackAll(pieces);
  const figures = await worked(judge(prepared, made, dataset, seed));
  return { ...(distance !== undefined && { distance }), ...figures };
}
