/**
 * A card of what these synthetic rows are not good for, in a few sentences, each with
 * the run's own figures in it. What nobody looked at is said too: a card that
 * is silent about it would be read as a clean bill.
 */
import { isValue, type Measured } from "../quality/measured.ts";
import { parts } from "../quality/parts.ts";
import type { Report } from "../quality/report.ts";
import { count, plural, quoted } from "../table/said.ts";
import type { Contest } from "./contest.ts";
import type { EqualisedOdds, Groups } from "./groups.ts";
import type { Shifted } from "./shift.ts";

export type LimitTopic = "scarcity" | "fidelity" | "usefulness" | "privacy" | "groups" | "fairness" | "generalisation" | "shift"; // prettier-ignore

export interface Limit {
  readonly topic: LimitTopic;
  /** Whether something was found that speaks against the rows, or is simply so, or was not looked at. */
  readonly weight: "found" | "so" | "unknown";
  readonly sentence: string;
}

/** What is known of a run, as far as it was looked at. */
export interface Facts {
  readonly rows: { readonly train: number; readonly holdout: number; readonly synthetic: number };
  readonly report?: Report;
  /** By column that groups were made of. */
  readonly groups?: readonly Groups[];
  readonly contests?: readonly Contest[];
  readonly shifts?: readonly Shifted<{ readonly contests: readonly Contest[] }>[];
}

/** In the order of the topics; at least one sentence for each but shifts. */
export function limits(facts: Facts): readonly Limit[] {
  return [
    scarcity(facts),
    ...(facts.report === undefined ? [unknown("fidelity", "How faithful, useful and safe the rows are was not measured: there is no report.")] : reported(facts.report)), // prettier-ignore
    ...grouped(facts.groups ?? []),
    ...generalised(facts.contests ?? []),
    ...(facts.shifts ?? []).flatMap(({ words, result }) => {
      const harm = result.contests.find(({ verdict }) => verdict.outcome === "harm");
      return harm === undefined ? [] : [found("shift", `${words} ${harm.words}`)];
    }),
  ];
}

const found = (topic: LimitTopic, sentence: string): Limit => ({ topic, weight: "found", sentence });
const so = (topic: LimitTopic, sentence: string): Limit => ({ topic, weight: "so", sentence });
const unknown = (topic: LimitTopic, sentence: string): Limit => ({ topic, weight: "unknown", sentence });

/** The rule of three (B. Jovanovic, P. Levy, 1997): what has not been seen in n rows may still be 3 / n of them, at 95 %. */
function scarcity({ rows: { train, holdout } }: Facts): Limit {
  const rare = percentOf(3 / train);
  return so(
    "scarcity",
    `The model learned from ${plural(train, "row")}: kinds of people that make up less than ${rare} of all may be missing from them, and then no synthetic row is like them, however many are drawn. ${holdout === 0 ? "No row was held out, so nothing here was tested on real rows." : `All was tested on ${plural(holdout, "held-out row")}.`}`,
  );
}

function reported({ synthetic, references: { holdout }, columns }: Report): readonly Limit[] {
  const limits: Limit[] = [];
  const partOf = (axes: typeof synthetic.axes, name: keyof typeof parts): Measured | undefined =>
    axes.flatMap((axis) => axis.parts).find((part) => part.name === name)?.measured;
  const { shape } = synthetic.fidelity;
  const worst = shape.columns
    .flatMap(({ error }, i) =>
      isValue(error)
        ? [{ name: columns[i]!, error: error.value, fresh: holdout.fidelity.shape.columns[i]!.error }]
        : [],
    ) // prettier-ignore
    .toSorted((a, b) => b.error - a.error)[0];
  if (worst !== undefined)
    limits.push(
      (isValue(worst.fresh) && worst.error > 2 * worst.fresh.value ? found : so)(
        "fidelity",
        `The least faithful column is ${quoted(worst.name)}, off by ${percentOf(worst.error)}${isValue(worst.fresh) ? ` where fresh real rows are off by ${percentOf(worst.fresh.value)}` : ""}: don't rely on its details.`,
      ),
    );
  const efficacy = partOf(synthetic.axes, "efficacy");
  limits.push(
    efficacy === undefined || !isValue(efficacy)
      ? unknown(
          "usefulness",
          `Nothing is known of what models learn from the rows. ${efficacy?.why ?? ""}`.trim(),
        )
      : (efficacy.value < 0.95 ? found : so)(
          "usefulness",
          `Models that learn from the rows keep ${percentOf(efficacy.value)} of the skill that real rows give them${efficacy.value < 0.95 ? ": where real rows may be used, use them" : ""}.`,
        ),
  );
  const privacy = synthetic.axes.find(({ name }) => name === "privacy");
  if (privacy !== undefined) {
    const known = privacy.parts.flatMap(({ name, measured }) => (isValue(measured) ? [{ name, value: measured.value }] : [])); // prettier-ignore
    const weakest = known.toSorted((a, b) => a.value - b.value)[0];
    const fresh = weakest && partOf(holdout.axes, weakest.name);
    const dp = "This is no differential privacy: an attack that was not tried may succeed.";
    limits.push(
      weakest === undefined
        ? unknown("privacy", `No attack on privacy could be tried. ${dp}`)
        : so(
            "privacy",
            `Of ${plural(known.length, "look")} at privacy, the weakest is "${parts[weakest.name].label}" with ${weakest.value.toFixed(2)} of 1${fresh && isValue(fresh) ? ` (real rows that nobody learned from: ${fresh.value.toFixed(2)})` : ""}. ${dp}`,
          ),
    );
  }
  return limits;
}

function grouped(all: readonly Groups[]): readonly Limit[] {
  if (all.length === 0)
    return [
      unknown("groups", "Whether some groups are left out was not looked at: choose a column to group by."),
    ];
  return all.flatMap(({ options: { column }, groups, odds }) => {
    const limits: Limit[] = [];
    const say = ({ name, rows, shares }: Groups["groups"][number]): string =>
      `${quoted(name)} (${percentOf(shares.train)} of training rows, ${percentOf(shares.synthetic)} of synthetic ones: ${plural(rows.synthetic, "row")})`;
    const those = (standing: string): string => groups.filter((group) => group.standing === standing).map(say).join(", "); // prettier-ignore
    const changed = [
      ["vanished", "are gone"],
      ["thinned", "are thinned out"],
      ["amplified", "come too often"],
    ].flatMap(([standing, words]) => (those(standing!) === "" ? [] : [`${words}: ${those(standing!)}`]));
    limits.push(
      changed.length > 0
        ? found("groups", `Of the groups of ${quoted(column)}, some ${changed.join("; some ")}.`)
        : so("groups", `No group of ${quoted(column)} that is large enough to tell vanished, was thinned out or amplified.`), // prettier-ignore
    );
    const few = groups.filter(({ standing }) => standing === "too few to tell");
    if (few.length > 0)
      limits.push(so("groups", `${few.map(({ name, rows }) => `${quoted(name)} has ${plural(rows.train, "training row")}`).join(", ")}: too few to say how the rows treat them.`)); // prettier-ignore
    limits.push(fairness(column, odds));
    return limits;
  });
}

function fairness(column: string, { real, synthetic }: Groups["odds"]): Limit {
  if ("why" in real || "why" in synthetic)
    return unknown("fairness", `Whether a model treats the groups of ${quoted(column)} alike has no figure. ${"why" in real ? real.why : (synthetic as { why: string }).why}`); // prettier-ignore
  const say = ({ difference, chance }: EqualisedOdds): string =>
    `${difference.toFixed(2)} (shuffled groups: ${chance.toFixed(2)})`;
  const words = `Between groups of ${quoted(column)}, the rates at which a model is right or raises a false alarm differ by up to ${say(real)} where it learned from real rows and by ${say(synthetic)} where it learned from synthetic ones.`;
  return synthetic.difference - synthetic.chance > real.difference - real.chance + 0.05
    ? found("fairness", `${words} Synthetic rows made it less even.`)
    : so("fairness", words);
}

function generalised(contests: readonly Contest[]): readonly Limit[] {
  if (contests.length === 0)
    return [unknown("generalisation", "Whether the rows help a model do better on real rows was not tried.")];
  const of = (outcome: string): readonly Contest[] => contests.filter(({ verdict }) => verdict.outcome === outcome); // prettier-ignore
  const [gain, harm, none] = [of("gain"), of("harm"), of("no gain")];
  const tally = `Of ${plural(contests.length, "comparison")}, ${count(gain.length)} found a gain, ${count(harm.length)} harm, and ${count(none.length)} ruled a gain out; ${count(contests.length - gain.length - harm.length - none.length)} could not tell.`;
  const worst = harm.toSorted((a, b) => Math.abs(b.verdict.difference) - Math.abs(a.verdict.difference))[0];
  return worst === undefined ? [so("generalisation", tally)] : [found("generalisation", `${tally} ${worst.words}`)]; // prettier-ignore
}

/** "0.05 %", "12 %": two digits that say something. */
const percentOf = (share: number): string => `${Number((100 * share).toPrecision(share >= 0.995 ? 3 : 2))} %`;
