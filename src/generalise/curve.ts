/**
 * Learning curves: how well a model does on real rows that nobody learned from,
 * by how many rows it learned from, when these are n real rows, m synthetic rows, or
 * both together. Where real rows are scarce, synthetic ones may help; where there are
 * plenty, they can only dilute them. Where one turns into the other is what the
 * curves are for.
 *
 * With each seed, the n rows are the first of one random order of the training
 * rows, so each curve's steps only add rows, and all arms share them. The maker is
 * opened anew for each n and seed.
 */
import { learnerWords } from "../catalog/experiments.ts";
import { count, plural, t } from "../language/words.ts";
import type { Learner } from "../quality/efficacy.ts";
import { random } from "../random/random.ts";
import { stackTables } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { scored, trial, type Arm, type Experiment, type KeptArm } from "./arms.ts";
import { contest, type Contest } from "./contest.ts";
import { stretch, type LongWork } from "./longWork.ts";
import type { Maker } from "./maker.ts";
import type { MeasureName } from "./scores.ts";

export interface CurveOptions {
  /** Name of the column to predict. */
  readonly target: string;
  /** Numbers of real rows n; more than there are become all there are. */
  readonly sizes: readonly number[];
  /** Synthetic rows for each real one: m = multiple × n. */
  readonly multiples: readonly number[];
  /** Most synthetic rows that are learned from. */
  readonly mostSynthetic: number;
  /** Different numbers; three at least for a verdict worth reading. */
  readonly seeds: readonly number[];
  readonly learners: readonly Learner["name"][];
  /** What verdicts are about. */
  readonly measures: readonly MeasureName[];
  /** The class that recall, precision, F1 and average precision are of. */
  readonly positive?: string;
}

export interface Curves {
  readonly kind: "curves";
  readonly options: CurveOptions;
  readonly maker: Pick<Maker, "name" | "learnsFrom">;
  readonly rows: { readonly train: number; readonly test: number };
  /** Named "real", "synthetic" and "both". */
  readonly arms: readonly Arm[];
  /** Of "both" and of "synthetic" against "real", for each n, m, learner and measure. */
  readonly contests: readonly Contest[];
  /** What a reader has to know, in sentences. */
  readonly notes: readonly string[];
}

export interface RealTables {
  readonly train: Table;
  /** Real rows that neither makers nor learners see. */
  readonly holdout: Table;
}

/** Sizes and multiples that show the whole course: from 50 rows by factors of about three to all of them. */
export function usualSizes(rows: number): readonly number[] {
  return [50, 150, 500, 1_500, 5_000, 15_000].filter((size) => size < rows * 0.8).concat(rows);
}

/** @throws what the maker throws; Error in words for options that leave nothing to do. */
export async function* learningCurves(
  { train, holdout }: RealTables,
  options: CurveOptions,
  maker: Maker,
): LongWork<Experiment<Curves>> {
  const sizes = [...new Set(options.sizes.map((size) => Math.min(size, train.rows)))].toSorted((a, b) => a - b); // prettier-ignore
  checkOptions(sizes, options);
  const { seeds, mostSynthetic, multiples } = options;
  const tried = trial(holdout, options);
  const all = seeds.length * sizes.length;
  let done = 0;
  for (const [at, seed] of seeds.entries()) {
    const order = random(seed).fork("real rows").permutation(train.rows);
    for (const n of sizes) {
      const share = (of: number): number => (0.99 * (done + of)) / all;
      const real = selectRows(train, order.slice(0, n));
      const counts = [...new Set(multiples.map((multiple) => Math.min(mostSynthetic, Math.round(multiple * n))))].filter((m) => m > 0); // prettier-ignore
      yield* stretch(tried.add({ name: "real", real: n, made: 0 }, at, real), share(0), share(0.1));
      const made = yield* stretch(makeRows(maker, real, Math.max(...counts), seed), share(0.1), share(0.5));
      for (const [i, m] of counts.entries()) {
        const some = firstRows(made, m);
        const shared = (half: number): number => share(0.5 + (0.5 * (i + half)) / counts.length);
        const none = some.rows > 0 ? undefined : { why: t`${maker.name} made no row.` };
        yield* stretch(tried.add({ name: "synthetic", real: n, made: m }, at, none ?? some), shared(0), shared(0.5)); // prettier-ignore
        yield* stretch(
          tried.add({ name: "both", real: n, made: m }, at, none ?? stackTables(real, some)),
          shared(0.5),
          shared(1),
        );
      }
      done++;
    }
  }
  const { arms } = tried;
  const sum = function* (weights?: Float64Array): Generator<number, Curves, void> {
    return summed(yield* scored(arms, options.positive, weights), options, maker, { train: train.rows, test: holdout.rows }); // prettier-ignore
  };
  return { result: yield* stretch(sum(), 0.99, 1), under: sum };
}

function checkOptions(sizes: readonly number[], { seeds, multiples, learners }: CurveOptions): void {
  if (sizes.length === 0 || sizes[0]! < 1)
    throw new Error(t`Name at least one number of real rows, from 1 on.`);
  if (seeds.length === 0 || new Set(seeds).size < seeds.length)
    throw new Error(t`Name at least one seed, and none twice: the same seed gives the same rows.`);
  if (!multiples.some((multiple) => multiple > 0))
    throw new Error(t`Say how many synthetic rows there are to be for each real one: a number above 0.`);
  if (learners.length === 0) throw new Error(t`Name at least one model to teach.`);
}

async function* makeRows(maker: Maker, real: Table, count: number, seed: number): LongWork<Table> {
  const made = yield* stretch(maker.open(real, seed), 0, 0.8);
  try {
    return yield* stretch(made.draw(count, seed), 0.8, 1);
  } finally {
    made.dispose();
  }
}

const firstRows = (table: Table, rows: number): Table =>
  rows >= table.rows
    ? table
    : selectRows(
        table,
        Int32Array.from({ length: rows }, (_, row) => row),
      );

function summed(
  arms: readonly Arm[],
  options: CurveOptions,
  { name, learnsFrom }: Maker,
  rows: Curves["rows"],
): Curves {
  const others = arms.filter((arm) => arm.name !== "real");
  const comparisons = others.length * options.measures.length;
  const contests = options.measures.flatMap((measure) =>
    others.map((arm) => {
      const base = arms.find((one) => one.name === "real" && one.real === arm.real && one.learner === arm.learner)!; // prettier-ignore
      const change =
        arm.name === "both"
          ? t`Adding ${plural(arm.made, "synthetic row")} to ${count(arm.real)} real ones`
          : t`Learning from ${plural(arm.made, "synthetic row")} in place of ${count(arm.real)} real ones`;
      return contest(base, arm, { measure, comparisons }, change, whoseWords(arm, measure, options));
    }),
  );
  return { kind: "curves", options, maker: { name, learnsFrom }, rows, arms, contests, notes: notesOf(learnsFrom, rows, arms) }; // prettier-ignore
}

/** "boosted trees on default = true", where the measure is of one class. */
export function whoseWords(
  { learner }: Pick<KeptArm, "learner">,
  measure: MeasureName,
  { target, positive }: { readonly target: string; readonly positive?: string },
): string {
  const ofClass = measure === "recall" || measure === "precision" || measure === "f1" || measure === "averagePrecision"; // prettier-ignore
  return ofClass && positive !== undefined
    ? t`${learnerWords[learner]} on ${target} = ${positive}`
    : learnerWords[learner];
}

export function notesOf(
  learnsFrom: Maker["learnsFrom"],
  { train, test }: Curves["rows"],
  arms: readonly Arm[],
): readonly string[] {
  const whys = arms.flatMap(({ tested }) => tested.flatMap((each) => ("why" in each ? [each.why] : [])));
  return [
    learnsFrom === "given"
      ? t`The model that made the synthetic rows saw only the real rows of each point, never the others.`
      : t`The model that made the synthetic rows had learned from all ${plural(train, "training row")}, so at points with fewer real rows it brings what it knows of the rest: a gain there is no gain from scarce rows alone.`,
    t`All is tested on the same ${plural(test, "real row")}, which nothing learned from.`,
    ...[...new Set(whys)].map((why) => {
      const times = whys.filter((each) => each === why).length;
      return t`${why} (${plural(times, "time")}: left out.)`;
    }),
  ];
}
