/**
 * Six axes, each one figure made of named measures in [0, 1]: the mean of those
 * that could be computed, but for privacy the *minimum*, since one open door is
 * enough. What could not be computed keeps its reason and is in no mean.
 *
 * The axes are ours: no paper has them, and no two tables of other systems can be
 * compared by them. Each is only worth something beside the same figure of a
 * real holdout, which the report puts there.
 */
import { t } from "../language/words.ts";
import { spreadOf } from "./bootstrap.ts";
import { isValue, type Measured } from "./measured.ts";
import { parts, type AxisName, type PartName } from "./parts.ts";

export interface Part {
  readonly name: PartName;
  /** 0 to 1, 1 best. */
  readonly measured: Measured;
  /** The figure on resampled rows; absent where it does not hang on which rows there are, or no resample tells. */
  readonly draws?: readonly number[];
  /** Standard deviation of the draws. */
  readonly spread?: number;
}

export interface Axis {
  readonly name: AxisName;
  readonly combined: "mean" | "minimum";
  readonly parts: readonly Part[];
  readonly measured: Measured;
  readonly spread?: number;
}

/** A part, its draws moved to lie around the figure: resamples repeat rows, which some figures take for a difference. */
export function partOf(name: PartName, measured: Measured, draws?: readonly number[]): Part {
  if (!isValue(measured) || draws === undefined || draws.some(Number.isNaN)) return { name, measured };
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  return {
    name,
    measured,
    draws: draws.map((draw) => measured.value + draw - mean),
    spread: spreadOf(draws),
  };
}

const order: readonly AxisName[] = ["fidelity", "utility", "privacy", "completeness", "stability", "model"];

/** Privacy is no better known than its parts: without these there is no figure for it. */
const needed: ReadonlySet<PartName> = new Set(["dcr", "membership", "copies"]);

/** All six, in order. An axis without a part says so. */
export function axesOf(all: readonly Part[]): readonly Axis[] {
  return order.map((name) => {
    const own = all.filter((part) => parts[part.name].axis === name);
    return name === "privacy" ? weakest(own) : average(name, own);
  });
}

function average(name: AxisName, own: readonly Part[]): Axis {
  return combine(
    name,
    "mean",
    own,
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  );
}

function weakest(own: readonly Part[]): Axis {
  const axis = combine("privacy", "minimum", own, (values) => Math.min(...values));
  const lacking = own.find(({ name, measured }) => needed.has(name) && !isValue(measured));
  return lacking === undefined || isValue(lacking.measured)
    ? axis
    : { name: "privacy", combined: "minimum", parts: own, measured: lacking.measured };
}

function combine(
  name: AxisName,
  combined: Axis["combined"],
  own: readonly Part[],
  of: (values: readonly number[]) => number,
): Axis {
  const known = own.flatMap(({ measured, draws }) =>
    isValue(measured) ? [{ value: measured.value, draws }] : [],
  );
  if (known.length === 0) {
    const [first] = own;
    const why =
      first === undefined || isValue(first.measured) ? t`Nothing was measured for it.` : first.measured.why;
    return { name, combined, parts: own, measured: { why } };
  }
  const axis = { name, combined, parts: own, measured: { value: of(known.map(({ value }) => value)) } };
  const times = Math.max(...known.map(({ draws }) => draws?.length ?? 0));
  if (times < 2) return axis;
  const again = Array.from({ length: times }, (_, draw) =>
    of(known.map(({ value, draws }) => draws?.[draw] ?? value)),
  );
  return { ...axis, spread: spreadOf(again) };
}
