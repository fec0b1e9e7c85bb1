/** `--keep-best`: a training ends with the step whose rows were nearest to the holdout, as the lab finds it. */
import { count, plural } from "../src/language/words.ts";
import type { KeptRun } from "../src/protocol/port.ts";
import { random } from "../src/random/random.ts";
import { picture, type Prepared } from "../src/sessions/preparing.ts";
import { fewestHeldOut } from "../src/catalog/holdout.ts";
import { scoring } from "../src/sessions/scoring.ts";
import type { Trainer } from "../src/train/trainer.ts";
import { Misuse } from "./terminal.ts";

export interface Keeper {
  /** Scores the run as it stands, if it is time. @throws Diverged as a checkpoint does. */
  look(trainer: Trainer): Promise<void>;
  /** Scores it once more and goes back to the best step. @returns that step, and what there is to say of it. */
  settle(trainer: Trainer): Promise<{ readonly step: number; readonly said: string }>;
}

/** Rows of the model that are compared. */
const rows = 400;

/** @param now milliseconds that only go forward. @throws Misuse where too few rows are held out. */
export function keeper(prepared: Prepared, now: () => number): Keeper {
  const scores = scoring<Pick<KeptRun, "run" | "checkpoint">>(prepared, now);
  if (scores === undefined)
    throw new Misuse(
      `--keep-best needs ${fewestHeldOut} rows to hold steps against, and ${plural(prepared.split.holdout.length, "row is", "rows are")} held out: raise --holdout.`,
    );
  let dueAt = -Infinity;
  const score = async (trainer: Trainer): Promise<number> => {
    const began = now();
    const { encoder, seed } = prepared;
    const table = encoder.decode(await trainer.snapshot(rows), random(seed).fork("snapshot"));
    const all = Int32Array.from({ length: table.rows }, (_, row) => row);
    const matrix = (): ReturnType<typeof picture> => picture(prepared, table, all);
    const { distance } = scores.score({ run: 1, step: trainer.step, matrix });
    scores.note({ run: 1, checkpoint: await trainer.checkpoint() });
    // A tenth of the time at most, as in the lab; here drawing the rows counts too.
    dueAt = now() + 9 * (now() - began);
    return distance;
  };
  return {
    async look(trainer) {
      if (scores.due && now() >= dueAt) await score(trainer);
    },
    async settle(trainer) {
      const last = { step: trainer.step, distance: await score(trainer) };
      const { kept, distance } = scores.best!;
      const { step } = kept.checkpoint;
      if (step === last.step)
        return { step, said: `Kept the last step: its rows are the nearest to the holdout.` };
      trainer.restore(kept.checkpoint);
      return {
        step,
        said: `Kept step ${count(step)}, whose rows were nearest to the holdout (energy distance ${distance.toPrecision(3)}; ${last.distance.toPrecision(3)} at step ${count(last.step)}).`,
      };
    },
  };
}
