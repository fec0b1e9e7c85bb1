/**
 * Whom synthetic rows serve badly: the groups of one column, each by itself.
 * How many rows of it there are, how true they are, and how well a model that
 * learned from them does on the group's real rows.
 *
 * A model that is right on average may be wrong for a few; synthetic rows thin
 * out what is rare and so can make it worse. Equalised odds asks that
 * the share of right and of false alarms be the same for every group: M. Hardt,
 * E. Price, N. Srebro, Equality of Opportunity in Supervised Learning, 2016.
 * https://arxiv.org/abs/1610.02413. The largest of few groups' gaps is above 0 by chance
 * alone, so beside it stands what the same predictions get with the groups shuffled.
 */
import { part, type Work } from "../downstream/work.ts";
import { mostProbable } from "../downstream/scores.ts";
import type { Compared } from "../quality/compared.ts";
import { learners, type Learner } from "../quality/efficacy.ts";
import type { Measured, Uncomputable } from "../quality/measured.ts";
import { shape } from "../quality/shape.ts";
import { thinned } from "../quality/references.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { groupingOf, type Grouping } from "./grouping.ts";
import { predict, type Prediction } from "./prediction.ts";
import { scorer, type Scores } from "./scores.ts";

export interface GroupOptions {
  /** Whose values are the groups: categories as they are, numbers and dates in quarters of the training rows. */
  readonly column: string;
  /** Name of the column to predict, and by which model; without it groups have no downstream error. */
  readonly target?: string;
  readonly learner?: Learner["name"];
  /** The class that equalised odds are of; without it, and for numbers, they have no figure. */
  readonly positive?: string;
}

export type Standing = "kept" | "vanished" | "thinned" | "amplified" | "too few to tell";

export interface Group {
  /** "Isles", "23 to 31", "(missing)". */
  readonly name: string;
  readonly rows: { readonly train: number; readonly holdout: number; readonly synthetic: number };
  /** Of all rows, 0 to 1. */
  readonly shares: { readonly train: number; readonly synthetic: number };
  readonly standing: Standing;
  /** Shape error of the other columns within the group, of synthetic and of held-out rows against training rows. */
  readonly shapeError: { readonly synthetic: Measured; readonly holdout: Measured };
  /** On the group's held-out rows, by what the model learned from; absent without a target. */
  readonly scores?: { readonly real: Scores; readonly synthetic: Scores };
}

/** Largest gap between groups in true or in false positive rate, 0 to 1, and the mean of it with the groups shuffled. */
export interface EqualisedOdds {
  readonly difference: number;
  readonly chance: number;
  /** Groups with ten rows of either kind, whose rates are compared. */
  readonly groups: readonly {
    readonly name: string;
    readonly truePositives: number;
    readonly falsePositives: number;
  }[];
}

export interface Groups {
  readonly options: GroupOptions;
  /** Most frequent in training first. */
  readonly groups: readonly Group[];
  readonly odds: {
    readonly real: EqualisedOdds | Uncomputable;
    readonly synthetic: EqualisedOdds | Uncomputable;
  };
}

/** Share of a group's own share by which it must change to be called thinned or amplified, and standard errors that chance leaves it. */
const CHANGED = 0.2;
const SURE = 3;
/** Fewest rows that would be expected where a group is called vanished, and fewest of either kind for a rate. */
const EXPECTED = 5;
const FEWEST = 10;
const SHUFFLES = 20;
const LEARNED_ROWS = 5_000;

/** @throws TypeError where the tables' columns differ. */
export function* subgroups(
  { train, holdout, synthetic }: Compared,
  options: GroupOptions,
  random: Random,
): Work<Groups | Uncomputable> {
  const grouping = groupingOf(train, options.column);
  if ("why" in grouping) return grouping;
  const { target, positive } = options;
  const learner = learners.find(({ name }) => name === (options.learner ?? "boosting"))!;
  const untaught: Uncomputable = { why: "Choose a target column to see how well models do for each group." };
  const learn = function* (table: Table, to: number): Work<Prediction | Uncomputable> {
    if (target === undefined) return untaught;
    return yield* part(predict(thinned(table, LEARNED_ROWS, random.fork("learned")), holdout, target, learner), to - 0.4, to); // prettier-ignore
  };
  const real = yield* learn(train, 0.4);
  const made = yield* learn(synthetic, 0.8);
  const member = {
    train: grouping.of(train),
    holdout: grouping.of(holdout),
    synthetic: grouping.of(synthetic),
  };
  const scores = [real, made].map((one) =>
    "why" in one ? undefined : { one, score: scorer(one, positive) },
  );
  const groups: Group[] = [];
  for (const [group, name] of grouping.names.entries()) {
    const rowsOf = (of: Int32Array): Int32Array => indices(of, group);
    const [own, held, drawn] = [member.train, member.holdout, member.synthetic].map(rowsOf) as [Int32Array, Int32Array, Int32Array]; // prettier-ignore
    const without = (table: Table, rows: Int32Array): Table => selectRows({ ...table, columns: table.columns.filter((column) => column.name !== options.column) }, rows); // prettier-ignore
    const compare = (table: Table, rows: Int32Array): Measured =>
      Math.min(own.length, rows.length) < FEWEST
        ? { why: `There are fewer than ${FEWEST} rows of "${name}" to compare.` }
        : shape(without(train, own), without(table, rows)).error;
    const [ofReal, ofMade] = scores.map((each) => each?.score(weightsOf(each.one, member.holdout, group)));
    groups.push({
      name,
      rows: { train: own.length, holdout: held.length, synthetic: drawn.length },
      shares: { train: own.length / train.rows, synthetic: drawn.length / Math.max(1, synthetic.rows) },
      standing: standingOf(own.length, train.rows, drawn.length, synthetic.rows),
      shapeError: { synthetic: compare(synthetic, drawn), holdout: compare(holdout, held) },
      ...(ofReal !== undefined && ofMade !== undefined && { scores: { real: ofReal, synthetic: ofMade } }),
    });
    yield 0.8 + (0.1 * (group + 1)) / grouping.names.length;
  }
  const odds = {
    real: equalisedOdds(real, member.holdout, grouping, positive, random.fork("odds")),
    synthetic: equalisedOdds(made, member.holdout, grouping, positive, random.fork("odds")),
  };
  yield 1;
  return { options, groups: groups.toSorted((a, b) => b.rows.train - a.rows.train), odds };
}

const indices = (of: Int32Array, group: number): Int32Array =>
  Int32Array.from({ length: of.length }, (_, row) => row).filter((row) => of[row] === group);

const weightsOf = ({ rows }: Prediction, of: Int32Array, group: number): Float64Array =>
  Float64Array.from(rows, (row) => (of[row] === group ? 1 : 0));

/** Two shares compared by the pooled standard error of their difference. */
function standingOf(own: number, train: number, drawn: number, synthetic: number): Standing {
  const share = own / train;
  if (share * synthetic < EXPECTED) return drawn === 0 || own === 0 ? "too few to tell" : standing();
  return drawn === 0 ? "vanished" : standing();
  function standing(): Standing {
    const pooled = (own + drawn) / (train + synthetic);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / train + 1 / synthetic));
    const change = drawn / synthetic - share;
    if (Math.abs(change) <= SURE * error || Math.abs(change) <= CHANGED * share) return "kept";
    return change < 0 ? "thinned" : "amplified";
  }
}

/** @param of by test row its group. */
export function equalisedOdds(
  prediction: Prediction | Uncomputable,
  of: Int32Array,
  { names }: Pick<Grouping, "names">,
  positive: string | undefined,
  random: Random,
): EqualisedOdds | Uncomputable {
  if ("why" in prediction) return prediction;
  if (prediction.kind === "values")
    return { why: "Equalised odds are of a class, and the target is a number: see the errors by group." };
  const at = positive === undefined ? -1 : prediction.classes.indexOf(positive);
  if (at < 0) return { why: "Choose the class that equalised odds are to be of." };
  const predicted = mostProbable(prediction.probabilities, prediction.classes.length);
  const truth = prediction.truth.map((label) => (label === at ? 1 : 0));
  const said = predicted.map((label) => (label === at ? 1 : 0));
  const own = prediction.rows.map((row) => of[row]!);
  const ratesBy = (groups: Int32Array): EqualisedOdds["groups"] => {
    const counts = names.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    groups.forEach((group, row) => counts[group]![2 * truth[row]! + said[row]!]!++);
    return counts.flatMap(([right, falsely, missed, hit], group) =>
      Math.min(right + falsely, missed + hit) < FEWEST
        ? []
        : [
            {
              name: names[group]!,
              truePositives: hit / (hit + missed),
              falsePositives: falsely / (right + falsely),
            },
          ],
    );
  };
  const groups = ratesBy(own);
  if (groups.length < 2)
    return { why: `Fewer than two groups have ${FEWEST} test rows with and ${FEWEST} without ${positive}.` };
  const shuffled = Array.from({ length: SHUFFLES }, () => {
    const order = random.permutation(own.length);
    return widest(ratesBy(own.map((_, row) => own[order[row]!]!)));
  });
  return {
    difference: widest(groups),
    chance: shuffled.reduce((sum, each) => sum + each, 0) / SHUFFLES,
    groups,
  };
}

function widest(groups: EqualisedOdds["groups"]): number {
  const gap = (rates: readonly number[]): number => Math.max(...rates) - Math.min(...rates);
  return groups.length < 2
    ? 0
    : Math.max(
        gap(groups.map((group) => group.truePositives)),
        gap(groups.map((group) => group.falsePositives)),
      );
}
