/** The six gauges: each axis and its parts beside the references, and in words how near to fresh real rows it is. */
import { fewestHeldOut } from "../catalog/holdout.ts";
import { plural, t } from "../language/words.ts";
import type { AxisCard, Beside, PartCard } from "../protocol/report.ts";
import type { Axis, Part } from "../quality/axes.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import { axisWords, parts as partWords } from "../quality/parts.ts";
import type { Report, TableScores } from "../quality/report.ts";
import { isBelow, ONE_OF_MANY, standingOf } from "../quality/standing.ts";

const none: Measured = { why: t`This is about the model, not about one table of its rows.` };

export function axisCards({ synthetic, references, rows }: Report): readonly AxisCard[] {
  const partOf = ({ axes }: TableScores, name: Part["name"]): Part | undefined =>
    axes.flatMap(({ parts }) => parts).find((each) => each.name === name);
  const axisOf = ({ axes }: TableScores, name: Axis["name"]): Axis =>
    axes.find((each) => each.name === name)!;
  const privacy = axisOf(synthetic, "privacy");
  // The axis itself is a minimum of noisy figures, so each door is held beside its own.
  const leaking = privacy.parts.filter((door) => {
    const held = partOf(references.holdout, door.name);
    return held !== undefined && isBelow(door, held, ONE_OF_MANY);
  });
  return synthetic.axes.map((axis): AxisCard => {
    const of = (scores: TableScores): Axis => axisOf(scores, axis.name);
    const measuredOf = (scores: TableScores): Measured =>
      of(scores).parts.length === 0 ? none : of(scores).measured;
    const held = of(references.holdout);
    const parts = axis.parts.map((each): PartCard => {
      const beside = (scores: TableScores): Measured => partOf(scores, each.name)?.measured ?? none;
      const { label, sentence } = partWords[each.name];
      return {
        name: each.name,
        label,
        sentence,
        ...figuresOf(each, beside, references),
      };
    });
    const guards = axis.name === "privacy";
    const known = standingOf(axis, held, of(references.independent), { guards, leaks: leaking.length > 0 });
    // Fresh rows are few and far from each other then, and whatever is made seems as good as they are.
    const few = isValue(held.measured) && rows.holdout < fewestHeldOut && known.standing !== "close";
    const { standing, way } = few ? ({ standing: "alone" } as const) : known;
    return {
      name: axis.name,
      ...axisWords[axis.name],
      combined: axis.combined,
      ...figuresOf(axis, measuredOf, references),
      ...(isValue(axis.measured) && { standing }),
      verdict: isValue(axis.measured)
        ? few
          ? t`${plural(rows.holdout, "row")} held out can't tell worth from chance: it takes ${fewestHeldOut}.`
          : standing === "alone"
            ? whyAlone(held, rows.holdout)
            : verdictOf(standing, guards, way, leaking.map(({ name }) => partWords[name].label)) // prettier-ignore
        : "",
      parts,
    };
  });
}

function figuresOf(
  { measured, spread }: Axis | Part,
  beside: (scores: TableScores) => Measured,
  { holdout, independent, copy }: Report["references"],
): Beside {
  return {
    measured,
    ...(spread !== undefined && Number.isFinite(spread) && { spread }),
    holdout: beside(holdout),
    independent: beside(independent),
    copy: beside(copy),
  };
}

/** @param held the axis of the holdout, which has no figure. @param rows of the holdout. */
function whyAlone({ name, parts, measured }: Axis, rows: number): string {
  if (parts.length === 0) return t`About the model: there is no holdout to stand beside.`;
  if (rows === 0) return t`No rows were held out that it could stand beside.`;
  // One half stands for the synthetic rows, and the smaller one is what is held out from them.
  if (name === "privacy" && rows >> 1 < fewestHeldOut)
    return t`Fresh real rows have no figure to stand beside: they are the holdout's halves, which take ${fewestHeldOut} rows each, and ${plural(rows, "row")} were held out.`;
  return isValue(measured) ? "" : t`Fresh real rows have no figure to stand beside. ${measured.why}`;
}

function verdictOf(
  standing: Exclude<ReturnType<typeof standingOf>["standing"], "alone">,
  guards: boolean,
  way: number | undefined,
  leaking: readonly string[],
): string {
  const share = way === undefined ? "" : `${Math.round(100 * way)} %`;
  switch (standing) {
    case "level":
      return guards
        ? t`No nearer to the training rows than fresh real rows are, as far as was looked.`
        : t`As good as fresh real rows.`;
    case "near":
      return t`Close to fresh real rows: ${share} of the way to them from independent columns.`;
    case "between":
      return t`${share} of the way from independent columns to fresh real rows.`;
    case "below":
      return t`Less than fresh real rows get.`;
    case "floor":
      return t`Hardly better than columns drawn independently.`;
    case "close":
      return guards
        ? t`Too close: memorising. Less than fresh real rows get in: ${leaking.join(", ")}.`
        : t`Too close: memorising. More than fresh real rows get, from rows that keep to the training rows.`;
    default:
      standing satisfies never;
      return "";
  }
}
