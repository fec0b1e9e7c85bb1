/**
 * What the groups of a table's columns come down to, in a few sentences: which of
 * them the rows lost or multiplied, for whom models err more than they did, and
 * whether that is less even than it was. A table has dozens of groups, so only the worst are named.
 */
import { decimal, plural, t } from "../language/words.ts";
import { isValue } from "../quality/measured.ts";
import { percentOf, quoted } from "../table/said.ts";
import type { Group, Groups } from "./groups.ts";
import { found, so, unknown, type Limit } from "./limit.ts";
import type { EqualisedOdds } from "./odds.ts";

/** Most columns, and most groups of one column, that are named. */
const MOST_COLUMNS = 3;
const MOST_GROUPS = 3;
/** By so much, and so many standard errors, a model must err more for a group to be called worse off. */
const WORSE = 0.05;
const SURE = 3;

/** @param asked names of columns whose groups somebody asked about; ranges of any other column are for its shape to tell. */
export function groupLimits(all: readonly Groups[], asked: readonly string[]): readonly Limit[] {
  const looked = all.filter(({ column, by }) => by === "categories" || asked.includes(column));
  if (looked.length === 0)
    return [unknown("groups", t`Whether some groups are left out was not looked at: no column divides the rows into groups.`)]; // prettier-ignore
  return [...changed(looked), ...worseOff(looked), ...fairness(looked, asked)];
}

const change = ({ shares }: Group): number => Math.abs(shares.synthetic - shares.train);

function changed(all: readonly Groups[]): readonly Limit[] {
  const columns = all
    .map(({ column, groups }) => ({
      column,
      groups: groups
        .filter(
          ({ standing }) => standing === "vanished" || standing === "thinned" || standing === "amplified",
        ) // prettier-ignore
        .toSorted((a, b) => change(b) - change(a)),
    }))
    .filter(({ groups }) => groups.length > 0);
  const few = all.flatMap(({ groups }) => groups.filter(({ standing }) => standing === "too few to tell"));
  const tooFew =
    few.length === 0
      ? []
      : [so("groups", t`${plural(few.length, "group has", "groups have")} too few rows to say how the rows treat ${few.length === 1 ? t`it` : t`them`}.`)]; // prettier-ignore
  const of = all.length === 1 ? quoted(all[0]!.column) : plural(all.length, "column");
  if (columns.length === 0)
    return [so("groups", t`No group of ${of} that is large enough to tell has vanished, was thinned out or amplified.`), ...tooFew]; // prettier-ignore
  const more = columns.length - MOST_COLUMNS;
  return [
    ...columns.slice(0, MOST_COLUMNS).map(({ column, groups }) => found("groups", t`Of the groups of ${quoted(column)}, ${changesOf(groups)}.`)), // prettier-ignore
    ...(more > 0
      ? [found("groups", t`${plural(more, "more column has", "more columns have")} groups that vanished, were thinned out or amplified.`)] // prettier-ignore
      : []),
    ...tooFew,
  ];
}

function changesOf(groups: readonly Group[]): string {
  const kinds = [
    ["vanished", "gone"],
    ["thinned", "thinned out"],
    ["amplified", "too frequent"],
  ] as const;
  return kinds
    .flatMap(([kind, words]) => {
      const those = groups.filter(({ standing }) => standing === kind);
      if (those.length === 0) return [];
      const named = those.slice(0, MOST_GROUPS).map(({ name, shares }) => t`${quoted(name)} (${percentOf(shares.train)} of training rows, ${percentOf(shares.synthetic)} of synthetic ones)`); // prettier-ignore
      const more = those.length > MOST_GROUPS ? t` and ${those.length - MOST_GROUPS} more` : "";
      return [`${those.length === 1 ? t`one is` : t`some are`} ${t(words)}: ${named.join(", ")}${more}`];
    })
    .join("; ");
}

/** The group for which a model errs most more than it did. */
function worseOff(all: readonly Groups[]): readonly Limit[] {
  const worse = all
    .filter(({ unit }) => unit === "share")
    .flatMap(({ column, groups }) =>
      groups.flatMap(({ name, wrong: { real, synthetic }, rows: { tested } }) => {
        if (!isValue(real) || !isValue(synthetic)) return [];
        const error = Math.sqrt((real.value * (1 - real.value) + synthetic.value * (1 - synthetic.value)) / tested); // prettier-ignore
        const more = synthetic.value - real.value;
        return more > Math.max(WORSE, SURE * error)
          ? [{ column, name, tested, real: real.value, synthetic: synthetic.value, more }]
          : [];
      }),
    )
    .toSorted((a, b) => b.more - a.more)[0];
  return worse === undefined
    ? []
    : [found("fairness", t`Worst off is ${quoted(worse.name)} of ${quoted(worse.column)}: a model is wrong about ${percentOf(worse.synthetic)} of its ${plural(worse.tested, "tested row")} where it learned from synthetic rows, about ${percentOf(worse.real)} where it learned from real ones.`)]; // prettier-ignore
}

interface Odds {
  readonly column: string;
  readonly real: EqualisedOdds;
  readonly synthetic: EqualisedOdds;
}

/** Beyond what shuffled groups get. */
const rise = ({ real, synthetic }: Odds): number =>
  synthetic.difference - synthetic.chance - (real.difference - real.chance);

function fairness(all: readonly Groups[], asked: readonly string[]): readonly Limit[] {
  const known = all.flatMap(({ column, odds: { real, synthetic } }): readonly Odds[] =>
    "why" in real || "why" in synthetic ? [] : [{ column, real, synthetic }],
  );
  const first = known.find(({ column }) => asked.includes(column)) ?? known[0];
  if (first === undefined) {
    const why = all.flatMap(({ odds: { real, synthetic } }) => [real, synthetic]).find((each) => "why" in each); // prettier-ignore
    return [unknown("fairness", t`Whether a model treats groups alike has no figure. ${why && "why" in why ? why.why : ""}`.trim())]; // prettier-ignore
  }
  const worst = known.toSorted((a, b) => rise(b) - rise(a))[0]!;
  return [first, ...(worst !== first && rise(worst) > WORSE ? [worst] : [])].map(oddsLimit);
}

function oddsLimit(odds: Odds): Limit {
  const say = ({ difference, chance }: EqualisedOdds): string =>
    t`${decimal(difference.toFixed(2))} (shuffled groups: ${decimal(chance.toFixed(2))})`;
  const words = t`Between groups of ${quoted(odds.column)}, the rates at which a model is right or raises a false alarm differ by up to ${say(odds.real)} where it learned from real rows and by ${say(odds.synthetic)} where it learned from synthetic ones.`;
  return rise(odds) > WORSE
    ? found("fairness", t`${words} Synthetic rows made it less even.`)
    : so("fairness", words);
}
