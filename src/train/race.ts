/**
 * Which backend trains this very model faster? A GPU waits for orders where the
 * nets are small, a CPU for numbers where they are large, and no rule knows a
 * machine: so each backend takes some real steps of the real model against the
 * clock, one backend after the other. What it costs is bounded, and nothing of it
 * stays but the winner's trainer, set back to where it began.
 */
import { OutOfMemory } from "../engine/room.ts";
import type { BackendName, Lap } from "../protocol/run.ts";
import { Diverged } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

export interface Contender {
  readonly backend: BackendName;
  /** Makes it the one that computes, again where it was before. @throws Error where it can't be had. */
  open(): Promise<void>;
}

export interface Race {
  /** Best first. One that could not be had is absent; none where nothing was compared. */
  readonly laps: readonly Lap[];
  readonly winner: BackendName;
  /** As `build` made it, on the winner, which computes now. */
  readonly trainer: Trainer;
}

export interface Timing {
  /** Milliseconds that only go forward. */
  clock(): number;
  /** Lets the thread handle its mail. */
  rest(): Promise<void>;
}

export interface RaceOptions extends Timing {
  /** The first is taken where the others can't be had, or need not be tried; at least one. */
  readonly contenders: readonly Contender[];
  /** A trainer on the backend that computes, its first steps behind it and back where it began (`trial.ts`). */
  build(): Promise<Trainer>;
  /** Whether one of the others might win at all, by the first one's trainer. */
  worthIt(trainer: Trainer): boolean;
}

/** Steps that a backend takes at least, unless that would take too long, and at most. */
const fewestSteps = 20;
const mostSteps = 2_000;
/** A bundle of steps this long tells a pace: the wait for its end is a small part of it, ms. */
const longEnough = 40;
/** No bundle begins later than this after a backend's first steps, ms. */
const longest = 200;
/** Who is so many times slower need not go on to the end. */
const hopeless = 4;

interface Entry {
  readonly contender: Contender;
  readonly trainer: Trainer;
  readonly stepMs: number;
}

/** @throws OutOfMemory where the first has no room; Error where none of them can train: what the first one said. */
export async function race(options: RaceOptions): Promise<Race> {
  const { contenders, build, worthIt } = options;
  const entries: Entry[] = [];
  let best: Entry | undefined;
  const faults: unknown[] = [];
  for (const [i, contender] of contenders.entries()) {
    let trainer: Trainer | undefined;
    try {
      await contender.open();
      trainer = await build();
      if (best === undefined && (i === contenders.length - 1 || !worthIt(trainer)))
        return { laps: [], winner: contender.backend, trainer };
      const entry = { contender, trainer, stepMs: await lap(trainer, best?.stepMs ?? Infinity, options) };
      entries.push(entry);
      const slower = best === undefined || entry.stepMs < best.stepMs ? best : entry;
      if (slower !== entry) best = entry;
      slower?.trainer.dispose();
    } catch (error) {
      // It is the settings that must change, not the backend.
      if (best === undefined && error instanceof OutOfMemory) throw error;
      // The run itself will say so, from its beginning.
      if (best === undefined && trainer !== undefined && error instanceof Diverged)
        return { laps: [], winner: contender.backend, trainer };
      trainer?.dispose();
      faults.push(error);
    }
  }
  if (best === undefined) throw faults[0];
  await best.contender.open();
  const laps = entries
    .toSorted((a, b) => a.stepMs - b.stepMs)
    .map(({ contender, stepMs }) => ({ backend: contender.backend, stepsPerSecond: 1000 / stepMs }));
  return {
    laps: laps.length > 1 ? laps : [],
    winner: best.contender.backend,
    trainer: best.trainer,
  };
}

/** Milliseconds a step, the best of some bundles. The trainer is where it began afterwards. */
export async function lap(trainer: Trainer, toBeat: number, { clock, rest }: Timing): Promise<number> {
  const timed = async (steps: number): Promise<number> => {
    await rest();
    const began = clock();
    trainer.advance(undefined, steps);
    await trainer.settled();
    return clock() - began;
  };
  const start = await trainer.checkpoint();
  let took = await timed(1);
  let best = took;
  let steps = 1;
  if (trainer.replays && took < longest) {
    // A long wait for one step may be the step's or the browser's, which looks at a GPU ten times a second or less.
    const four = await timed(4);
    const each = Math.max((four - took) / 3, 1e-3);
    steps = Math.max(1, Math.min(fewestSteps, Math.floor(longEnough / each)));
    took = four;
    best = Math.min(best, four / 4);
  }
  const began = clock();
  let taken = 0;
  while (taken < mostSteps && clock() - began < longest && best < hopeless * toBeat) {
    const before = took;
    took = await timed(steps);
    best = Math.min(best, took / steps);
    taken += steps;
    if (took < longEnough || took < 1.3 * before) steps *= 2;
    else if (taken >= fewestSteps) break;
  }
  await trainer.report(); // these losses are nobody's
  trainer.restore(start);
  // A clock too coarse to see a bundle saw at least that it was short.
  return Math.max(best, 1e-3);
}
