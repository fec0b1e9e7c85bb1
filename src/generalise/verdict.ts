/**
 * Whether one way of training is better than another, decided by figures and
 * said in words. The differences are paired: with each seed both ways had the
 * same real rows and were tested on the same rows.
 *
 * Two kinds of chance are in a mean difference: which rows, weights and draws the
 * seeds came to (its variance over seeds / number of seeds), and which real rows
 * the test is made of (a jackknife over twenty parts of them), which no number of seeds
 * makes smaller. Both are added, and an interval of Student's t stands around the
 * mean, with the degrees of freedom that B. L. Welch, 1947, gives such a sum. Where many ways are compared, each
 * is held to a stricter level (Bonferroni), or the best of thirty would always be
 * a success.
 *
 * A gain or harm takes an interval that leaves out 0 *and* a difference worth
 * having. "No gain" is not the want of a proof: it says that a gain worth having is
 * ruled out. What is neither is undecided, and says so.
 */
import { measureWords } from "../catalog/experiments.ts";
import { count, decimal, t } from "../language/words.ts";
import { isTested, type Arm } from "./arms.ts";
import type { MeasureName } from "./scores.ts";
import { studentQuantile } from "./student.ts";
import { PARTS, type Tested } from "./tested.ts";

export type Outcome = "gain" | "harm" | "no gain" | "undecided";

export interface Verdict {
  readonly outcome: Outcome;
  readonly measure: MeasureName;
  /** Means over the seeds that both ways could be tested with. */
  readonly before: number;
  readonly after: number;
  /** after - before, and its interval; infinitely wide with fewer than two seeds. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Differences by seed. */
  readonly differences: readonly number[];
  /** Standard errors of the difference: of the seeds, of the test rows. */
  readonly seedError: number;
  readonly testError: number;
  /** Smallest difference that is worth having, above 0, in the measure's unit. */
  readonly least: number;
  /** Chance of a false word, over all comparisons together, and how many these are. */
  readonly level: number;
  readonly comparisons: number;
}

export interface Judging {
  readonly measure: MeasureName;
  /** How many such verdicts are given side by side, at least 1. */
  readonly comparisons?: number;
  /** Default 0.05, for an interval of 95 %. */
  readonly level?: number;
  /** See `Verdict`; `leastOf` where absent. */
  readonly least?: number;
}

/** What is worth having, in the measure's own unit; of RMSE a share of what it was. */
const least: Readonly<Record<MeasureName, number>> = {
  auc: 0.01,
  averagePrecision: 0.01,
  macroF1: 0.01,
  accuracy: 0.01,
  recall: 0.03,
  precision: 0.03,
  f1: 0.02,
  r2: 0.01,
  rmse: 0.02,
};

/** Lower is better of RMSE alone. */
const directionOf = (measure: MeasureName): 1 | -1 => (measure === "rmse" ? -1 : 1);

/** @param after compared with `before`, seed by seed in the same order. */
export function judge(before: Arm, after: Arm, judging: Judging): Verdict {
  const { measure, comparisons = 1, level = 0.05 } = judging;
  const pairs = before.tested.flatMap((first, seed): (readonly [Tested, Tested])[] => {
    const second = after.tested[seed];
    return second !== undefined && isTested(first) && isTested(second) && known(first, measure) && known(second, measure) ? [[first, second]] : []; // prettier-ignore
  });
  const mean = (of: (pair: readonly [Tested, Tested]) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [from, to] = [mean(([first]) => first.scores[measure]!), mean(([, second]) => second.scores[measure]!)]; // prettier-ignore
  const differences = pairs.map(([first, second]) => second.scores[measure]! - first.scores[measure]!);
  const difference = to - from;
  const seedError = Math.sqrt(
    differences.reduce((sum, each) => sum + (each - difference) ** 2, 0) / (pairs.length - 1) / pairs.length,
  );
  const testError = jackknife(
    Array.from({ length: PARTS }, (_, part) =>
      mean(([first, second]) => second.without[part]![measure]! - first.without[part]![measure]!),
    ),
  );
  const reach =
    pairs.length < 2
      ? Infinity
      : studentQuantile(1 - level / 2 / comparisons, freedom(seedError, pairs.length - 1, testError)) *
        Math.hypot(seedError, testError);
  const worth = judging.least ?? (measure === "rmse" ? least.rmse * from : least[measure]);
  const verdict = { measure, before: from, after: to, difference, low: difference - reach, high: difference + reach, differences, seedError, testError, least: worth, level, comparisons }; // prettier-ignore
  return { outcome: outcomeOf(verdict), ...verdict };
}

/** A class without a row in one part leaves the scores without the others as they are; without any row there is no score. */
const known = ({ scores, without }: Tested, measure: MeasureName): boolean =>
  [scores, ...without].every((each) => Number.isFinite(each[measure]));

function outcomeOf({ measure, difference, low, high, least: worth }: Omit<Verdict, "outcome">): Outcome {
  if (Number.isNaN(difference)) return "undecided";
  const up = directionOf(measure);
  const [worst, best] = up > 0 ? [low, high] : [-high, -low];
  if (worst > 0 && up * difference >= worth) return "gain";
  if (best < 0 && up * difference <= -worth) return "harm";
  return best < worth ? "no gain" : "undecided";
}

/** Welch's degrees of freedom of two errors' sum: near those of the larger one, which is known from few differences or from twenty parts. */
function freedom(seedError: number, ofSeeds: number, testError: number): number {
  const [a, b] = [seedError ** 2, testError ** 2];
  return a + b > 0 ? (a + b) ** 2 / (a ** 2 / ofSeeds + b ** 2 / (PARTS - 1)) : ofSeeds;
}

/** Standard error of a figure, from the figure with each part left out. */
function jackknife(without: readonly number[]): number {
  const mean = without.reduce((sum, each) => sum + each, 0) / without.length;
  const squares = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return Math.sqrt(((without.length - 1) / without.length) * squares);
}

/**
 * The verdict as a sentence or two.
 *
 * @param change what was done, as a subject: "Adding 1,000 synthetic rows to 100 real ones".
 * @param whose "boosted trees", or with the class, "boosted trees on default = true".
 */
export function verdictWords(verdict: Verdict, change: string, whose: string): string {
  const { outcome, measure, before, after, difference, low, high, differences, least: worth } = verdict;
  const seeds = differences.length;
  if (seeds === 0) return t`Undecided: ${lower(change)} could be tested with none of the seeds.`;
  const of = t`the ${measureWords[measure]} of ${whose}`;
  if (seeds === 1)
    return t`Undecided: with the one seed there is, ${lower(change)} takes ${of} from ${figure(before)} to ${figure(after)}. One seed can't tell a gain from chance.`;
  const moved = t`${figure(before)} to ${figure(after)}: ${signed(difference)}`;
  const percent = Number((100 * (1 - verdict.level)).toPrecision(3));
  const family = verdict.comparisons > 1 ? t` for all ${verdict.comparisons} comparisons together` : "";
  const sure = t`(${percent} % interval${family} ${signed(low)} to ${signed(high)}, ${seeds} seeds)`;
  switch (outcome) {
    case "gain":
      return t`Gain: ${lower(change)} moves ${of} from ${moved} ${sure}.`;
    case "harm":
      return t`Harm: ${lower(change)} moves ${of} from ${moved} ${sure}.`;
    case "no gain":
      return t`No gain: ${lower(change)} moves ${of} from ${moved} ${sure}. A gain of ${figure(worth)} is ruled out.`;
    case "undecided":
      return t`Undecided: ${lower(change)} moves ${of} from ${moved} ${sure}. That may be chance, or less than the ${figure(worth)} that is worth having; more seeds or more test rows would tell.`;
    default:
      outcome satisfies never;
      return "";
  }
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
/** Three decimals of a score; of what is in a unit of its own as many digits as say something. */
const figure = (value: number): string =>
  Math.abs(value) < 10 ? decimal(value.toFixed(3)) : Math.abs(value) < 10_000 ? String(Number(value.toPrecision(4))) : count(value); // prettier-ignore
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${figure(Math.abs(value))}`;
