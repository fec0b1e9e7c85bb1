/**
 * An experiment's arms: ways to put rows together for a model to learn from,
 * each tried with several seeds, as in a trial with several treatments. With one seed all arms have
 * the same real rows and the same test rows, so what differs between them is the
 * treatment.
 */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import { learners, type Learner } from "../quality/efficacy.ts";
import type { Uncomputable } from "../quality/measured.ts";
import type { Table } from "../table/table.ts";
import { predict, type Prediction } from "./prediction.ts";
import { testedOf, type Tested } from "./tested.ts";

export interface Arm {
  /** What it learns from: "real", "synthetic", "both", "augmented", "copies", or a table's name. */
  readonly name: string;
  readonly learner: Learner["name"];
  /** Real rows learned from, and rows that were made. */
  readonly real: number;
  readonly made: number;
  /** By seed, in the order of the seeds. */
  readonly tested: readonly (Tested | Uncomputable)[];
}

export const isTested = (of: Tested | Uncomputable): of is Tested => "scores" in of;

/** An arm with what its models said of every test row. */
export interface KeptArm extends Omit<Arm, "tested"> {
  readonly predictions: (Prediction | Uncomputable)[];
}

/** The arms of an experiment as they fill, seed by seed. */
export interface Trial {
  /**
   * Trains each of the learners on the rows and keeps what it says of the test rows.
   * @param rows why there are none, where that is so.
   */
  add(arm: Omit<Arm, "tested" | "learner">, seed: number, rows: Table | Uncomputable): Work<void>;
  readonly arms: readonly KeptArm[];
}

export interface TrialOptions {
  /** Name of the column to predict. */
  readonly target: string;
  readonly learners: readonly Learner["name"][];
}

/** @param test real rows that nothing learns from. */
export function trial(test: Table, { target, learners: names }: TrialOptions): Trial {
  const arms = new Map<string, KeptArm>();
  const by = learners.filter(({ name }) => names.includes(name));
  return {
    *add({ name, real, made }, seed, rows) {
      for (const [i, learner] of by.entries()) {
        const key = JSON.stringify([name, real, made, learner.name]);
        const arm = arms.get(key) ?? { name, learner: learner.name, real, made, predictions: [] };
        arms.set(key, arm);
        const learned = "why" in rows ? rows : yield* part(predict(rows, test, target, learner), i / by.length, (i + 1) / by.length); // prettier-ignore
        while (arm.predictions.length < seed) arm.predictions.push({ why: t`It was not tried with this seed.` }); // prettier-ignore
        arm.predictions[seed] = learned;
        yield (i + 1) / by.length;
      }
    },
    get arms() {
      return [...arms.values()];
    },
  };
}

/**
 * The arms scored. A piece of work is one seed of one arm.
 *
 * @param positive the class that recall and the like are of.
 * @param weights by row of the test table, for a test under another distribution.
 */
export function* scored(
  kept: readonly KeptArm[],
  positive?: string,
  weights?: Float64Array,
): Work<readonly Arm[]> {
  const arms: Arm[] = [];
  for (const { predictions, ...arm } of kept) {
    const tested: (Tested | Uncomputable)[] = [];
    for (const each of predictions) {
      tested.push("why" in each ? each : testedOf(each, positive, weights));
      yield (arms.length + tested.length / predictions.length) / kept.length;
    }
    arms.push({ ...arm, tested });
  }
  return arms;
}

/** What an experiment found, and the same of test rows that count for more or less. */
export interface Experiment<T> {
  readonly result: T;
  /** @param weights by row of the test table, none below 0. */
  under(weights: Float64Array): Work<T>;
}
