/** An experiment's result made ready to be shown: plain data with its words, and what it comes down to in a line. */
import { learnerWords, measureWords, type ExperimentChoice } from "../catalog/experiments.ts";
import { isTested, type Arm } from "../generalise/arms.ts";
import type { Contest } from "../generalise/contest.ts";
import { whoseWords, type CurveOptions, type Curves } from "../generalise/curve.ts";
import { limits } from "../generalise/limits.ts";
import type { Adaptation, AdaptationOptions } from "../generalise/adaptation.ts";
import { bothReal, withSource } from "../generalise/transfer.ts";
import type { RareClass, RareOptions } from "../generalise/rare.ts";
import type { Shifted } from "../generalise/shift.ts";
import type { Outcome } from "../generalise/verdict.ts";
import { count, t } from "../language/words.ts";
import type { ChartCard, ContestCard, ExperimentCard, ShiftedCard } from "../protocol/experiment.ts";

export type Result = Curves | RareClass | Adaptation;

/** Most synthetic rows that anything learns from. */
const MOST_SYNTHETIC = 20_000;

/** A choice as `generalise/` takes it. */
export function optionsOf(choice: ExperimentChoice & { readonly kind: "curves" }): CurveOptions;
export function optionsOf(choice: ExperimentChoice & { readonly kind: "rare" }): RareOptions;
export function optionsOf(choice: ExperimentChoice & { readonly kind: "transfer" }): AdaptationOptions;
export function optionsOf(choice: ExperimentChoice): CurveOptions | RareOptions | AdaptationOptions {
  const { target, positive, sizes, multiple, share, learners, measures } = choice;
  const seeds = Array.from({ length: choice.seeds }, (_, i) => i + 1);
  const asked = { target, sizes, seeds, learners, measures, ...(positive !== undefined && { positive }) };
  switch (choice.kind) {
    case "rare":
      return { ...asked, positive: positive ?? "", share };
    case "transfer":
      return { ...asked, size: Math.min(...sizes), multiple, mostSynthetic: MOST_SYNTHETIC };
    default:
      return { ...asked, multiples: [multiple], mostSynthetic: MOST_SYNTHETIC };
  }
}

/** @param seconds that it took. */
export function experimentCard(result: Result, choice: ExperimentChoice, seconds: number): ExperimentCard {
  const { maker, rows, notes, contests } = result;
  const known = limits({ rows: { ...rows, holdout: rows.test, synthetic: 0 }, contests });
  return {
    ...judged(result, choice),
    choice,
    maker: maker.name,
    rows,
    seconds,
    notes,
    limits: known.filter(({ topic }) => topic === "generalisation"),
  };
}

export function shiftedCard(shifted: Shifted<Result>, choice: ExperimentChoice): ShiftedCard {
  const { shifts, words, effective, result } = shifted;
  return { ...judged(result, choice), shifts, words, effective };
}

function judged(
  result: Result,
  choice: ExperimentChoice,
): Pick<ExperimentCard, "headline" | "charts" | "contests"> {
  const main = result.contests.filter(isMain(choice, result.contests));
  const headline = headlineOf(main, choice);
  return {
    headline: {
      ...headline,
      words: `${headline.words}${sourceWords(headline.outcome, result.contests, choice)}`,
    },
    charts: choice.learners.flatMap((learner) =>
      choice.measures.map((measure): ChartCard => {
        const whose = whoseWords({ learner }, measure, choice);
        const arms = result.arms.filter((arm) => arm.learner === learner);
        const names = [...new Set(arms.map(({ name }) => name))];
        return {
          learner,
          measure,
          title: t`${capital(measureWords[measure])} of ${whose}`,
          arms: names.map((name) => ({
            name,
            label: armLabels[name] ?? name,
            points: arms
              .filter((arm) => arm.name === name)
              .map((arm) => ({ real: arm.real, made: arm.made, scores: scoresOf(arm, measure) })),
          })),
        };
      }),
    ),
    contests: [...main, ...result.contests.filter((one) => !main.includes(one))].map((one): ContestCard => ({
      outcome: one.verdict.outcome,
      words: capital(one.words.replace(/^[^:]+: /u, "")),
      main: main.includes(one),
    })),
  };
}

const armLabels: Readonly<Record<string, string>> = {
  real: t`real rows alone`,
  synthetic: t`synthetic rows alone`,
  both: t`real and synthetic rows`,
  augmented: t`with synthetic rows of the class`,
  copies: t`with copies of its real rows`,
  threshold: t`threshold moved`,
  target: t`target rows alone`,
  source: t`source rows alone`,
  [bothReal]: t`source and target rows`,
  "from scratch": t`target and synthetic rows`,
  "carried over": t`target and adapted rows`,
  [withSource("from scratch")]: t`source and synthetic rows`,
  [withSource("carried over")]: t`source and adapted rows`,
};

function scoresOf(
  { tested }: Arm,
  measure: ExperimentChoice["measures"][number],
): readonly (number | null)[] {
  return tested.map((each) => {
    const score = isTested(each) ? each.scores[measure] : undefined;
    return score !== undefined && Number.isFinite(score) ? score : null;
  });
}

/** The synthetic rows that a transfer is about: adapted ones where the model could carry weights over. */
const addedIn = (all: readonly Contest[]): string =>
  all.some(({ arm }) => arm.name === "carried over") ? "carried over" : "from scratch";

/**
 * What has to stand beside a transfer's headline: the source's real rows, free to whoever has them, may do more than
 * synthetic ones. Said only where every learner and measure agrees.
 */
function sourceWords(
  outcome: Outcome | "mixed",
  all: readonly Contest[],
  { kind }: ExperimentChoice,
): string {
  if (kind !== "transfer") return "";
  const every = (contests: readonly Contest[], is: Outcome): boolean =>
    contests.length > 0 && contests.every(({ verdict }) => verdict.outcome === is);
  const added = addedIn(all);
  const rivals = all.filter(({ arm, against }) => arm.name === added && against.name === bothReal);
  if (outcome === "gain" && every(rivals, "harm")) return t`, but the source’s real rows help more`;
  const real = all.filter(({ arm, against }) => arm.name === bothReal && against.name === "target");
  return outcome !== "gain" && every(real, "gain") ? t`; the source’s real rows help` : "";
}

/** Adding rows is the question that is asked first; learning from synthetic rows alone, or from the source's, comes after. */
function isMain({ kind, measures }: ExperimentChoice, all: readonly Contest[]): (one: Contest) => boolean {
  const added = addedIn(all);
  return ({ arm, against, verdict }) => {
    if (kind === "transfer") return arm.name === added && against.name === "target";
    return kind === "curves" ? arm.name === "both" : verdict.measure === measures[0];
  };
}

const titles: Readonly<Record<Outcome | "mixed", string>> = {
  gain: t`They help`,
  harm: t`They do harm`,
  "no gain": t`No gain`,
  undecided: t`Undecided`,
  mixed: t`It depends`,
};
const outcomes: readonly Outcome[] = ["gain", "harm", "no gain", "undecided"];

/** More comparisons than that are counted in the headline, not named. */
const MOST_NAMED = 4;

/** "They help", or "It depends: gain over real rows alone; no gain over copies". */
function headlineOf(main: readonly Contest[], choice: ExperimentChoice): ExperimentCard["headline"] {
  const all = outcomes.filter((outcome) => main.some(({ verdict }) => verdict.outcome === outcome));
  const [only] = all;
  // Of a rare class the first measure decides, and which one it was belongs to the verdict.
  const by = choice.kind === "rare" && choice.measures.length > 1 ? t`, judged by ${measureWords[choice.measures[0]!]}` : ""; // prettier-ignore
  if (all.length === 1 && only !== undefined) return { outcome: only, words: `${titles[only]}${by}` };
  const where = (outcome: Outcome): string => {
    const own = main.filter(({ verdict }) => verdict.outcome === outcome);
    const places = [...new Set(own.map((one) => placeOf(one, choice)))];
    return main.length > MOST_NAMED
      ? t`${t(outcome)} in ${count(own.length)} of ${count(main.length)} comparisons`
      : `${t(outcome)} ${listed(places)}`;
  };
  return { outcome: "mixed", words: `${titles.mixed}${by}: ${all.map(where).join("; ")}` };
}

function placeOf({ arm, against, verdict }: Contest, choice: ExperimentChoice): string {
  const whose = [
    ...(choice.learners.length > 1 ? [t`for ${learnerWords[arm.learner]}`] : []),
    ...(choice.kind !== "rare" && choice.measures.length > 1 ? [t`in ${measureWords[verdict.measure]}`] : []),
  ];
  const place =
    choice.kind === "rare"
      ? [
          t`over ${rivals[against.name] ?? against.name}`,
          ...(choice.sizes.length > 1 ? [t`at ${count(arm.real)} real rows`] : []),
        ]
      : choice.kind === "curves" && choice.sizes.length > 1
        ? [t`at ${count(arm.real)} real rows`]
        : [];
  return [...place, ...whose].join(" ");
}

const rivals: Readonly<Record<string, string>> = {
  real: t`real rows alone`,
  copies: "copies",
  threshold: t`moving the threshold`,
};

const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join("") : t`${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
