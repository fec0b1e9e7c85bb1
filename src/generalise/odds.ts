/**
 * Whether a model's errors fall on all groups alike. Equalised odds asks that the
 * share of right and of false alarms be the same for every group: M. Hardt,
 * E. Price, N. Srebro, Equality of Opportunity in Supervised Learning, 2016,
 * https://arxiv.org/abs/1610.02413. The difference is the larger of the gaps
 * between groups in true and in false positive rates, as fairlearn has it, and of
 * more than two classes the largest over the classes. The largest of several gaps is above 0 by chance alone, so
 * beside it stands what the same predictions get with the groups shuffled.
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Outcome } from "../quality/efficacy.ts";
import type { Uncomputable } from "../quality/measured.ts";
import type { Random } from "../random/random.ts";

export interface EqualisedOdds {
  /** Largest gap, 0 (errors fall on all groups alike) to 1, and the mean of it over shuffles of the groups. */
  readonly difference: number;
  readonly chance: number;
  /** Where it is: the class, and the groups with the lowest and the highest rate. */
  readonly at: {
    readonly class: string;
    readonly rate: "true positives" | "false positives";
    readonly lowest: string;
    readonly highest: string;
  };
}

/** Rows of a group with a class, or without it, below which a rate is chance. */
const FEWEST = 10;
const SHUFFLES = 20;

/**
 * A piece of work is a shuffle.
 *
 * @param of by test row its group, a position among the names.
 */
export function* equalisedOdds(
  outcome: Outcome | Uncomputable,
  of: Int32Array,
  names: readonly string[],
  random: Random,
): Work<EqualisedOdds | Uncomputable> {
  if ("why" in outcome) return outcome;
  if (outcome.kind === "regression")
    return { why: t`Odds are those of classes, and the target is a number: see the errors by group.` };
  const { classes } = outcome;
  const widest = widestGap(tally(outcome, of, names.length), names.length, classes.length);
  if (widest === undefined) return { why: t`Fewer than two groups have ${FEWEST} test rows of a class.` };
  let chance = 0;
  for (let i = 0; i < SHUFFLES; i++) {
    const order = random.permutation(of.length);
    const shuffled = of.map((_, row) => of[order[row]!]!);
    chance +=
      (widestGap(tally(outcome, shuffled, names.length), names.length, classes.length)?.gap ?? 0) / SHUFFLES;
    yield (i + 1) / SHUFFLES;
  }
  return {
    difference: widest.gap,
    chance,
    at: {
      class: classes[widest.class]!,
      rate: widest.true ? "true positives" : "false positives",
      lowest: names[widest.lowest]!,
      highest: names[widest.highest]!,
    },
  };
}

/** Rows by group, what they are and what they were taken for: [groups, classes, classes]. */
function tally(
  { predicted, truth, classes }: Extract<Outcome, { kind: "classification" }>,
  of: Int32Array,
  groups: number,
): Int32Array {
  const size = classes.length;
  const counts = new Int32Array(groups * size * size);
  of.forEach((group, row) => counts[(group * size + truth[row]!) * size + predicted[row]!]!++);
  return counts;
}

interface Gap {
  readonly gap: number;
  readonly class: number;
  readonly true: boolean;
  readonly lowest: number;
  readonly highest: number;
}

function widestGap(counts: Int32Array, groups: number, size: number): Gap | undefined {
  let widest: Gap | undefined;
  // Of two classes, the rates of one are those of the other taken from 1.
  for (let k = size === 2 ? 1 : 0; k < size; k++)
    for (const is of [true, false]) {
      let [lowest, highest, compared] = [-1, -1, 0];
      const rates = new Float64Array(groups);
      for (let group = 0; group < groups; group++) {
        let [rows, said] = [0, 0];
        for (let own = 0; own < size; own++) {
          if ((own === k) !== is) continue;
          const from = (group * size + own) * size;
          for (let label = 0; label < size; label++) rows += counts[from + label]!;
          said += counts[from + k]!;
        }
        if (rows < FEWEST) continue;
        compared++;
        rates[group] = said / rows;
        if (lowest < 0 || rates[group]! < rates[lowest]!) lowest = group;
        if (highest < 0 || rates[group]! > rates[highest]!) highest = group;
      }
      if (compared < 2) continue;
      const gap = rates[highest]! - rates[lowest]!;
      if (widest === undefined || gap > widest.gap) widest = { gap, class: k, true: is, lowest, highest };
    }
  return widest;
}
