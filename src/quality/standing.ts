/**
 * How a figure stands to those of tables whose worth is known. More than fresh
 * real rows get is no merit where rows keep nearer to the training rows than
 * fresh ones do: that is what memorising looks like from both sides.
 */
import { isValue, type Measured } from "./measured.ts";

/** `close` is as near to the training rows as only memorising gets; `alone` has nothing to stand beside. */
export type Standing = "level" | "near" | "between" | "below" | "floor" | "close" | "alone";

interface Known {
  readonly measured: Measured;
  readonly spread?: number;
}

/** What is too small to tell apart, whatever the spreads. */
const LEAST = 0.01;

/** Standard deviations that are taken for chance: of one figure, and of each door that privacy has, since there are five of them. */
const ONE = 2;
export const ONE_OF_MANY = 3;

/** How far two figures may lie apart by chance: so many standard deviations of both, at least a hundredth. */
function slack(a: Known, b: Known, deviations: number): number {
  return Math.max(LEAST, deviations * Math.hypot(a.spread ?? 0, b.spread ?? 0));
}

/** Whether `a` lies below `b` by more than chance. */
export function isBelow(a: Known, b: Known, deviations = ONE): boolean {
  return (
    isValue(a.measured) &&
    isValue(b.measured) &&
    a.measured.value < b.measured.value - slack(a, b, deviations)
  );
}

/** Of the way from independent columns to fresh rows: below the first nothing is gained, from the second on it is all but done. */
const LITTLE = 0.15;
const NEARLY = 0.9;
/** Where both references are nearly the same, a share of the way between them says nothing. */
const LEAST_WAY = 0.03;

/**
 * @param guards whether the figure falls where rows are memorised (privacy), and does not rise.
 * @param leaks whether the rows are nearer to the training rows than fresh rows are, by any look at it.
 */
export function standingOf(
  own: Known,
  holdout: Known,
  independent: Known,
  { guards, leaks }: { readonly guards: boolean; readonly leaks: boolean },
): { readonly standing: Standing; readonly way?: number } {
  if (!isValue(own.measured) || !isValue(holdout.measured)) return { standing: "alone" };
  // An axis that is a minimum of noisy figures says less than each of its doors beside its own mark.
  if (guards) return { standing: leaks ? "close" : "level" };
  if (leaks && isBelow(holdout, own)) return { standing: "close" };
  if (!isBelow(own, holdout)) return { standing: "level" };
  if (!isValue(independent.measured)) return { standing: "below" };
  const length = holdout.measured.value - independent.measured.value;
  if (length < LEAST_WAY) return { standing: "below" };
  const way = Math.max(0, (own.measured.value - independent.measured.value) / length);
  return { standing: way < LITTLE ? "floor" : way < NEARLY ? "between" : "near", way };
}
