/**
 * Does half precision train this very model faster on this GPU, and as well? Twice the factors fit a workgroup's memory,
 * but they must be rounded and turned back, and what that comes to no rule knows. So both train some steps, from the
 * same weights on the same rows and noise, and half precision is taken where it is clearly faster and its losses are
 * those of single precision. The trainer is where it began afterwards.
 */
import { offersHalf } from "../engine/precision.ts";
import type { Precision } from "../engine/precision.ts";
import { GpuRefusal, OutOfMemory, withRoom } from "../engine/room.ts";
import { lap } from "./race.ts";
import type { Timing } from "./race.ts";
import { Diverged } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

export interface PrecisionTrial {
  /** What the trainer works in from now on. */
  readonly precision: Precision;
  /** Milliseconds a step; undefined where it did not come to that. */
  readonly singleMs?: number;
  readonly halfMs?: number;
  /** The largest difference of a loss, as a share of it; undefined where they were not compared. */
  readonly gap?: number;
}

/** How many steps' mean losses are compared. */
const compared = 20;
/** So far may a curve's mean loss be from that of single precision, as a share of it… */
const tolerance = 0.02;
/** …or of this, where it is near zero, as a critic's may be. */
const smallest = 0.25;
/** Half precision must be so many times faster. A lesser gain is not worth its rounding, and may be chance. */
const margin = 1.1;

/** Leaves the trainer in single precision where the open backend has no other. */
export async function choosePrecision(
  trainer: Trainer,
  timing: Timing,
  offered = offersHalf,
): Promise<PrecisionTrial> {
  trainer.precision = "single";
  if (!offered() || trainer.objectives.length === 0) return { precision: "single" };
  const start = await trainer.checkpoint();
  const losses = async (precision: Precision): Promise<Readonly<Record<string, number>>> => {
    trainer.precision = precision;
    trainer.advance(undefined, compared);
    const { losses: found } = await trainer.report();
    trainer.restore(start);
    return found;
  };
  const back = (): void => {
    trainer.precision = "single";
    trainer.restore(start);
  };
  try {
    const wanted = await losses("single");
    // A kernel that a driver refuses would otherwise be the run's end.
    const found = await withRoom(() => losses("half"), back);
    const gap = difference(wanted, found);
    // No difference at all: its layers are too narrow for the kernels of half precision, and there is nothing to time.
    if (gap === 0 || !(gap <= tolerance)) {
      back();
      return { precision: "single", gap };
    }
    const halfMs = await lap(trainer, Infinity, timing);
    trainer.precision = "single";
    const singleMs = await lap(trainer, Infinity, timing);
    const precision = halfMs * margin < singleMs ? "half" : "single";
    trainer.precision = precision;
    return { precision, singleMs, halfMs, gap };
  } catch (error) {
    if (!(error instanceof Diverged || error instanceof GpuRefusal || error instanceof OutOfMemory))
      throw error;
    back();
    return { precision: "single" };
  }
}

/** Infinite where a curve is missing in either. */
function difference(
  wanted: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): number {
  return Math.max(
    0,
    ...Object.entries(wanted).map(([curve, loss]) => {
      const gap = Math.abs(loss - (found[curve] ?? Infinity)) / Math.max(smallest, Math.abs(loss));
      return Number.isNaN(gap) ? Infinity : gap;
    }),
  );
}
