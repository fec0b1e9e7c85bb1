/**
 * A card of what these synthetic rows are not good for, in a few sentences, each with
 * the run's own figures in it. What nobody looked at is said too: a card that
 * is silent about it would be read as a clean bill.
 */
import { count, decimal, plural, t } from "../language/words.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import { parts } from "../quality/parts.ts";
import type { Report } from "../quality/report.ts";
import { percentOf, quoted } from "../table/said.ts";
import type { Contest } from "./contest.ts";
import { groupLimits } from "./groupLimits.ts";
import type { Groups } from "./groups.ts";
import { found, so, unknown, type Limit } from "./limit.ts";

/** What is known of a run, as far as it was looked at. */
export interface Facts {
  readonly rows: { readonly train: number; readonly holdout: number; readonly synthetic: number };
  readonly report?: Report;
  /** Axes on which the rows are nearer to the training rows than fresh ones are, in words. */
  readonly close?: readonly string[];
  /** By column that groups were made of, those that were asked about first. */
  readonly groups?: readonly Groups[];
  /** Names of columns whose groups were asked about. */
  readonly asked?: readonly string[];
  readonly contests?: readonly Contest[];
}

/** Fewer held-out rows leave every figure rough; a column or pair so far off is worth a word. */
const FEW_HELD = 200;
const FAR = 0.1;

/** In the order of the topics; at least one sentence for each. */
export function limits(facts: Facts): readonly Limit[] {
  return [
    scarcity(facts),
    ...(facts.report === undefined ? [unknown("fidelity", t`How faithful, useful and safe the rows are was not measured: there is no report.`)] : reported(facts.report, facts.close ?? [])), // prettier-ignore
    ...groupLimits(facts.groups ?? [], facts.asked ?? []),
    ...generalised(facts.contests ?? []),
  ];
}

/** The rule of three (B. Jovanovic, P. Levy, 1997): what has not been seen in n rows may still be 3 / n of them, at 95 %. */
function scarcity({ rows: { train, holdout } }: Facts): Limit {
  const tested =
    holdout === 0
      ? t`No row was held out, so nothing here says how fresh rows would do, and privacy and utility have no figure.`
      : holdout < FEW_HELD
        ? t`Only ${plural(holdout, "row was", "rows were")} held out: every figure that hangs on them is rough.`
        : t`All was tested on ${plural(holdout, "held-out row")}.`;
  return so(
    "scarcity",
    t`The model learned from ${plural(train, "row")}: kinds that make up less than ${percentOf(3 / train)} of all may be missing from them, and then no synthetic row is like them, however many are drawn. ${tested}`,
  );
}

function reported(
  { synthetic, references: { holdout }, columns }: Report,
  close: readonly string[],
): readonly Limit[] {
  const limits: Limit[] = [];
  const partOf = (axes: typeof synthetic.axes, name: keyof typeof parts): Measured | undefined =>
    axes.flatMap((axis) => axis.parts).find((each) => each.name === name)?.measured;
  const { shape, trend } = synthetic.fidelity;
  const column = worst(shape.columns.map(({ error }, i) => ({ name: quoted(columns[i]!), error, fresh: holdout.fidelity.shape.columns[i]!.error }))); // prettier-ignore
  if (column !== undefined)
    limits.push(
      (column.error > FAR || (column.fresh !== undefined && column.error > 2 * column.fresh) ? found : so)(
        "fidelity",
        t`The least faithful column is ${column.name}, off by ${percentOf(column.error)}${freshWords(column.fresh)}: don't rely on its details.`,
      ),
    );
  const pair = worst(trend.pairs.map(({ columns: [a, b], error }, i) => ({ name: t`${quoted(columns[a]!)} goes with ${quoted(columns[b]!)}`, error, fresh: holdout.fidelity.trend.pairs[i]!.error }))); // prettier-ignore
  if (pair !== undefined && pair.error > Math.max(FAR, 1.5 * (pair.fresh ?? 0)))
    limits.push(
      found(
        "fidelity",
        t`How ${pair.name} is off by ${percentOf(pair.error)}${freshWords(pair.fresh)}: don't study that with these rows.`,
      ),
    );
  const efficacy = partOf(synthetic.axes, "efficacy");
  limits.push(
    efficacy === undefined || !isValue(efficacy)
      ? unknown("usefulness", t`Nothing is known of what models learn from the rows. ${efficacy?.why ?? ""}`.trim()) // prettier-ignore
      : (efficacy.value < 0.95 ? found : so)(
          "usefulness",
          t`Models that learn from the rows keep ${percentOf(efficacy.value)} of the skill that real rows give them${efficacy.value < 0.95 ? t`: where real rows may be used, use them` : ""}.`,
        ),
  );
  limits.push(...close.map((words) => found("privacy", words)));
  const privacy = synthetic.axes.find(({ name }) => name === "privacy");
  const known = (privacy?.parts ?? []).flatMap(({ name, measured }) => (isValue(measured) ? [{ name, value: measured.value }] : [])); // prettier-ignore
  const weakest = known.toSorted((a, b) => a.value - b.value)[0];
  const fresh = weakest && partOf(holdout.axes, weakest.name);
  const dp = t`This is no differential privacy: an attack that was not tried may succeed.`;
  limits.push(
    weakest === undefined
      ? unknown("privacy", t`No attack on privacy could be tried. ${dp}`)
      : so(
          "privacy",
          t`Of ${plural(known.length, "look")} at privacy, the weakest is "${parts[weakest.name].label}" with ${decimal(weakest.value.toFixed(2))} of 1${fresh && isValue(fresh) ? t` (real rows that nobody learned from: ${decimal(fresh.value.toFixed(2))})` : ""}. ${dp}`,
        ),
  );
  return limits;
}

function worst(
  all: readonly { readonly name: string; readonly error: Measured; readonly fresh: Measured }[],
): { readonly name: string; readonly error: number; readonly fresh: number | undefined } | undefined {
  return all
    .flatMap(({ name, error, fresh }) =>
      isValue(error) ? [{ name, error: error.value, fresh: isValue(fresh) ? fresh.value : undefined }] : [],
    )
    .toSorted((a, b) => b.error - a.error)[0];
}

const freshWords = (fresh: number | undefined): string =>
  fresh === undefined ? "" : t` where fresh real rows are off by ${percentOf(fresh)}`;

function generalised(contests: readonly Contest[]): readonly Limit[] {
  if (contests.length === 0)
    return [
      unknown("generalisation", t`Whether the rows help a model do better on real rows was not tried.`),
    ];
  const of = (outcome: string): readonly Contest[] => contests.filter(({ verdict }) => verdict.outcome === outcome); // prettier-ignore
  const [gain, harm, none] = [of("gain"), of("harm"), of("no gain")];
  const tally = t`Of ${plural(contests.length, "comparison")}, ${count(gain.length)} found a gain, ${count(harm.length)} harm, and ${count(none.length)} ruled a gain out; ${count(contests.length - gain.length - harm.length - none.length)} could not tell.`;
  const most = harm.toSorted((a, b) => Math.abs(b.verdict.difference) - Math.abs(a.verdict.difference))[0];
  return most === undefined ? [so("generalisation", tally)] : [found("generalisation", `${tally} ${most.words}`)]; // prettier-ignore
}
