/**
 * A rare class made less rare: synthetic rows of that class alone are added to
 * the real rows, until it has a chosen share of them.
 *
 * Most of what that does to recall has nothing to do with synthesis: a class that is
 * more frequent in training is predicted more often. So two further arms do as much
 * without a synthetic row: "copies" adds as many copies of the class's real rows
 * (random oversampling), and "threshold" leaves the rows as they are and
 * multiplies the class's odds by what the added rows would have (M. Saerens et al., Adjusting
 * the Outputs of a Classifier to New A Priori Probabilities, 2002). A gain is one
 * of synthesis where it is one over these too. Average precision and AUC are the
 * measures that predicting more often doesn't move.
 */
import { count, plural, t } from "../language/words.ts";
import type { Learner } from "../quality/efficacy.ts";
import type { Uncomputable } from "../quality/measured.ts";
import { random } from "../random/random.ts";
import { stackTables } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { scored, trial, type Arm, type Experiment, type KeptArm } from "./arms.ts";
import { contest, type Contest } from "./contest.ts";
import { notesOf, whoseWords, type Curves, type RealTables } from "./curve.ts";
import { stretch, type LongWork } from "./longWork.ts";
import type { Maker, Only } from "./maker.ts";
import type { Prediction } from "./prediction.ts";
import type { MeasureName } from "./scores.ts";

export interface RareOptions {
  /** Name of the column of categories to predict, and the class that is rare, in its own spelling. */
  readonly target: string;
  readonly positive: string;
  /** Numbers of real rows; more than there are become all there are. */
  readonly sizes: readonly number[];
  /** The class's share among the rows learned from, once its rows were added; above 0 and below 1. */
  readonly share: number;
  readonly seeds: readonly number[];
  readonly learners: readonly Learner["name"][];
  readonly measures: readonly MeasureName[];
}

export interface RareClass {
  readonly kind: "rare";
  readonly options: RareOptions;
  readonly maker: Pick<Maker, "name" | "learnsFrom">;
  readonly rows: Curves["rows"];
  /** Named "real", "threshold", "augmented" and "copies"; `made` is a mean over seeds, rounded, where the class has more or fewer real rows. */
  readonly arms: readonly Arm[];
  /** "augmented" against "real", "threshold" and "copies", for each n, learner and measure. */
  readonly contests: readonly Contest[];
  readonly notes: readonly string[];
}

/** @throws what the maker throws; Error in words for options that leave nothing to do. */
export async function* rareClass(
  { train, holdout }: RealTables,
  options: RareOptions,
  maker: Maker,
): LongWork<Experiment<RareClass>> {
  const { target, positive, seeds, share } = options;
  if (!(share > 0 && share < 1)) throw new Error(t`The share of the rare class must be above 0 and below 1.`);
  if (seeds.length === 0 || new Set(seeds).size < seeds.length)
    throw new Error(t`Name at least one seed, and none twice: the same seed gives the same rows.`);
  const sizes = [...new Set(options.sizes.map((size) => Math.min(size, train.rows)))].toSorted((a, b) => a - b); // prettier-ignore
  const only: Only = { column: target, value: positive };
  if (rowsOf(train, only).length === 0)
    throw new Error(t`No training row has ${target} = ${positive}, so nothing can be learned of such rows.`);
  const tried = trial(holdout, options);
  /** Rows that were added, by number of real rows, one a seed. */
  const added = new Map(sizes.map((n): [number, number[]] => [n, []]));
  /** What these rows multiply the class's odds by, likewise. */
  const raises = new Map(sizes.map((n): [number, number[]] => [n, []]));
  const all = seeds.length * sizes.length;
  let done = 0;
  for (const [at, seed] of seeds.entries()) {
    const order = random(seed).fork("real rows").permutation(train.rows);
    for (const n of sizes) {
      const progress = (of: number): number => (0.99 * (done + of)) / all;
      const real = selectRows(train, order.slice(0, n));
      const own = rowsOf(real, only);
      const wanted = Math.max(0, Math.ceil((share * n - own.length) / (1 - share)));
      yield* stretch(tried.add({ name: "real", real: n, made: 0 }, at, real), progress(0), progress(0.15));
      const none =
        own.length === 0
          ? { why: t`There is no row with ${target} = ${positive} among ${plural(n, "real row")}.` }
          : wanted === 0
            ? { why: t`${target} = ${positive} is no rarer than asked for among ${plural(n, "real row")}.` }
            : undefined;
      const made =
        none ?? (yield* stretch(makeRows(maker, real, wanted, seed, only), progress(0.15), progress(0.7)));
      const few = "why" in made ? made : made.rows > 0 ? undefined : { why: t`${maker.name} made no row with ${target} = ${positive}.` }; // prettier-ignore
      // Copies are as many as synthetic rows were had: the arms differ in nothing else.
      const had = "why" in made ? 0 : made.rows;
      if (few === undefined) added.get(n)!.push(had);
      raises.get(n)!.push(own.length === 0 ? 1 : (own.length + had) / own.length);
      const chance = random(seed).fork("copies");
      const copies = selectRows(
        real,
        Int32Array.from({ length: had }, () => own[chance.integer(own.length)]!),
      );
      yield* stretch(tried.add({ name: "augmented", real: n, made: 0 }, at, few ?? stackTables(real, made as Table)), progress(0.7), progress(0.85)); // prettier-ignore
      yield* stretch(tried.add({ name: "copies", real: n, made: 0 }, at, few ?? stackTables(real, copies)), progress(0.85), progress(1)); // prettier-ignore
      done++;
    }
  }
  const mean = (of: readonly number[]): number => of.length === 0 ? 0 : Math.round(of.reduce((sum, each) => sum + each, 0) / of.length); // prettier-ignore
  const arms = tried.arms.flatMap((arm): readonly KeptArm[] => {
    if (arm.name !== "real") return [{ ...arm, made: mean(added.get(arm.real)!) }];
    const factors = raises.get(arm.real)!;
    return [arm, { ...arm, name: "threshold", predictions: arm.predictions.map((each, seed) => moved(each, positive, factors[seed]!)) }]; // prettier-ignore
  });
  const sum = function* (weights?: Float64Array): Generator<number, RareClass, void> {
    return summed(yield* scored(arms, positive, weights), options, maker, { train: train.rows, test: holdout.rows }); // prettier-ignore
  };
  return { result: yield* stretch(sum(), 0.99, 1), under: sum };
}

/** What augmentation is held against. */
const BASES = ["real", "threshold", "copies"] as const;
const insteadOf: Readonly<Record<(typeof BASES)[number], string>> = {
  real: "",
  threshold: t`, rather than moving the threshold,`,
  copies: t`, rather than as many copies of real ones,`,
};

/** The class's odds multiplied. @param factor above 0. */
function moved(
  prediction: Prediction | Uncomputable,
  positive: string,
  factor: number,
): Prediction | Uncomputable {
  if ("why" in prediction || prediction.kind === "values") return prediction;
  const { classes, probabilities } = prediction;
  const [count, at] = [classes.length, classes.indexOf(positive)];
  if (at < 0) return prediction;
  const raised = probabilities.map((p, i) => {
    const own = probabilities[i - (i % count) + at]!;
    return (p * (i % count === at ? factor : 1)) / (1 - own + factor * own);
  });
  return { ...prediction, probabilities: raised };
}

async function* makeRows(maker: Maker, real: Table, rows: number, seed: number, only: Only): LongWork<Table> {
  const made = yield* stretch(maker.open(real, seed, only), 0, 0.8);
  try {
    return yield* stretch(made.draw(rows, seed, only), 0.8, 1);
  } finally {
    made.dispose();
  }
}

/** Rows of the class. @throws Error in words where the column holds no categories. */
function rowsOf(table: Table, { column: name, value }: Only): Int32Array {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || "values" in column)
    throw new Error(t`A rare class is one of a column of categories, and "${name}" is none.`);
  const code = column.levels.indexOf(value);
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  return all.filter((row) => code >= 0 && column.codes[row] === code);
}

function summed(
  arms: readonly Arm[],
  options: RareOptions,
  { name, learnsFrom }: Maker,
  rows: Curves["rows"],
): RareClass {
  const { measures, target, positive } = options;
  const augmented = arms.filter((arm) => arm.name === "augmented");
  const comparisons = BASES.length * augmented.length * measures.length;
  const contests = measures.flatMap((measure) =>
    augmented.flatMap((arm) =>
      BASES.map((against) => {
        const base = arms.find((one) => one.name === against && one.real === arm.real && one.learner === arm.learner)!; // prettier-ignore
        const change = t`Adding ${plural(arm.made, "synthetic row")} with ${target} = ${positive} to ${count(arm.real)} real rows${insteadOf[against]}`;
        return contest(base, arm, { measure, comparisons }, change, whoseWords(arm, measure, options));
      }),
    ),
  );
  return { kind: "rare", options, maker: { name, learnsFrom }, rows, arms, contests, notes: notesOf(learnsFrom, rows, arms) }; // prettier-ignore
}
