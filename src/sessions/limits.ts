/** What the rows of a report can't do, in its own numbers: the first thing to read before they are used. */
import type { ReportCard } from "../protocol/report.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import { count, quoted } from "../table/said.ts";

/** A column or pair so far off is worth a word. */
const FAR = 0.1;
/** A group that is so many times as frequent as it was, or that share of it. */
const AMPLIFIED = 1.5;
const RARE = 0.01;

export function limitsOf(card: Omit<ReportCard, "limits">): readonly string[] {
  const said: (string | undefined)[] = [
    card.rows.holdout === 0
      ? "No real rows were held out, so nothing here says how fresh rows would do, and privacy and utility have no figure."
      : card.rows.holdout < 200
        ? `Only ${count(card.rows.holdout)} rows were held out: every figure that hangs on them is rough.`
        : undefined,
    ...card.axes.flatMap(({ standing, label, verdict }) =>
      standing === "close" ? [`${label}: ${verdict}`] : [],
    ),
    worstColumn(card),
    worstPair(card),
    ...lostGroups(card),
    oddsOf(card),
    "Nothing here is differential privacy: each privacy figure is one attack or one look, and others may see more.",
  ];
  return said.filter((line) => line !== undefined);
}

const valueOf = (measured: Measured): number => (isValue(measured) ? measured.value : NaN);

function worstColumn({ columns: [column] }: Pick<ReportCard, "columns">): string | undefined {
  if (column === undefined || !(valueOf(column.error) > FAR)) return undefined;
  return `The column ${quoted(column.name)} is ${valueOf(column.error).toFixed(2)} off (0 is alike, 1 nothing in common): don't rely on its distribution.`;
}

function worstPair({ pairs: [pair] }: Pick<ReportCard, "pairs">): string | undefined {
  if (pair === undefined || !(valueOf(pair.error) > Math.max(FAR, 1.5 * (valueOf(pair.holdout) || 0))))
    return undefined;
  return `How ${quoted(pair.columns[0])} goes with ${quoted(pair.columns[1])} is ${valueOf(pair.error).toFixed(2)} off: don't study that with these rows.`;
}

function lostGroups({ groups }: Pick<ReportCard, "groups">): readonly string[] {
  return groups.flatMap(({ column, groups: all }) =>
    all.flatMap(({ name, real, synthetic }) => {
      const group = `${quoted(column)} = ${quoted(name)}`;
      const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
      if (synthetic === 0) return [`The group ${group} (${percent(real)} of real rows) has vanished.`];
      if (Math.max(real, synthetic) < RARE) return [];
      if (synthetic > AMPLIFIED * real || real > AMPLIFIED * synthetic)
        return [
          `The group ${group} is ${synthetic > real ? "amplified" : "thinned"}: ${percent(real)} of real rows, ${percent(synthetic)} of synthetic ones.`,
        ];
      return [];
    }),
  );
}

function oddsOf({ groups }: Pick<ReportCard, "groups">): string | undefined {
  const worst = groups
    .map(({ column, oddsReal, oddsSynthetic }) => ({
      column,
      real: valueOf(oddsReal),
      more: valueOf(oddsSynthetic) - valueOf(oddsReal),
    }))
    .filter(({ more }) => more > FAR)
    .toSorted((a, b) => b.more - a.more)[0];
  return worst === undefined
    ? undefined
    : `A model trained on these rows errs more unevenly between the groups of ${quoted(worst.column)}: the equalised-odds difference rises from ${worst.real.toFixed(2)} to ${(worst.real + worst.more).toFixed(2)}.`;
}
