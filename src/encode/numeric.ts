/**
 * How one number becomes the number a model sees, and back. Four scales:
 *
 * - `quantile`: through the ranks of the training values onto a standard normal.
 * - `minmax`: linearly onto [-1, 1].
 * - `standard`: mean 0, standard deviation 1.
 * - `none`: as it is.
 *
 * A scale as fitted is plain data; `openScale` makes the two functions of it.
 */
import type { Random } from "../random/random.ts";
import { normalQuantile } from "./normal.ts";

export type NumericScaling = "quantile" | "minmax" | "standard" | "none";

export type ScaleState =
  /**
   * Reference values, distinct and ascending, of `total` sorted training values: reference i has rank `first[i]` (from 0)
   * and fills `count[i]` ranks.
   */
  | {
      readonly kind: "quantile";
      readonly values: readonly number[];
      readonly first: readonly number[];
      readonly count: readonly number[];
      readonly total: number;
    }
  | { readonly kind: "minmax"; readonly min: number; readonly max: number }
  | { readonly kind: "standard"; readonly mean: number; readonly deviation: number }
  | { readonly kind: "none"; readonly mean: number };

export interface Scale {
  /** The middle of the scale, for a slot that holds no value. */
  readonly centre: number;
  /** The code of `value` (finite), as a float32 can hold it. Values outside the fitted range are drawn to its ends by `quantile` and `minmax`. */
  code(value: number, random: Random | undefined): number;
  /** The value of a code; any number is allowed, NaN reads as the centre. */
  value(code: number): number;
}

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/**
 * @param sorted finite training values, ascending, at least one.
 * @param references most reference values that a quantile scale may keep.
 */
export function fitScale(sorted: Float64Array, scaling: NumericScaling, references: number): ScaleState {
  switch (scaling) {
    case "quantile":
      return fitQuantiles(sorted, references);
    case "minmax":
      return { kind: "minmax", min: sorted[0]!, max: sorted[sorted.length - 1]! };
    case "standard":
      return { kind: "standard", ...moments(sorted) };
    case "none":
      return { kind: "none", mean: moments(sorted).mean };
    default:
      scaling satisfies never;
      throw new TypeError(`There is no numeric scaling called "${String(scaling)}".`);
  }
}

export function openScale(state: ScaleState): Scale {
  switch (state.kind) {
    case "quantile":
      return openQuantiles(state);
    case "minmax": {
      const { min, max } = state;
      return {
        centre: 0,
        code: (value) => Math.fround(2 * shareBetween(Math.min(max, Math.max(min, value)), min, max) - 1),
        value: (code) =>
          between(min, max, (Math.min(1, Math.max(-1, Number.isNaN(code) ? 0 : code)) + 1) / 2),
      };
    }
    case "standard": {
      const { mean, deviation } = state;
      return {
        centre: 0,
        code(value) {
          const distance = value - mean;
          const finite = Number.isFinite(distance);
          return toFloat32(finite ? distance / deviation : value / deviation - mean / deviation);
        },
        value: (code) => (Number.isNaN(code) ? mean : code * deviation + mean),
      };
    }
    case "none":
      return {
        centre: toFloat32(state.mean),
        code: toFloat32,
        value: (code) => (Number.isNaN(code) ? state.mean : code),
      };
    default:
      state satisfies never;
      throw new TypeError("This encoder has a numeric scale that this version does not know.");
  }
}

/**
 * Every training value is a reference while there is room, so that its code
 * reads back as exactly that value. Above that, evenly spaced ranks, and every
 * rank of the outermost tenths: in a long tail values lie so far apart that a
 * float32 between two references could not tell cents.
 */
function fitQuantiles(sorted: Float64Array, references: number): ScaleState {
  const total = sorted.length;
  const tail = total <= references ? total : Math.ceil(references / 10);
  const apart = Math.max(1, (total - 1) / Math.max(1, references - 2 * tail - 1));
  const state = {
    kind: "quantile" as const,
    values: [] as number[],
    first: [] as number[],
    count: [] as number[],
    total,
  };
  let next = 0;
  for (let rank = 0; rank < total;) {
    const value = sorted[rank]!;
    const end = endOfRun(sorted, rank);
    if (rank < tail || end > total - tail || end > next) {
      state.values.push(value);
      state.first.push(rank);
      state.count.push(end - rank);
      while (next < end) next += apart;
    }
    rank = end;
  }
  return state;
}

function endOfRun(sorted: Float64Array, start: number): number {
  let end = start + 1;
  while (end < sorted.length && sorted[end] === sorted[start]) end++;
  return end;
}

/**
 * The training value of rank r (from 0) of n stands at probability
 * (r + 1/2) / n, so the extremes lie where n normal draws would have them
 * (sklearn's QuantileTransformer puts them at p = 0 and 1, which it must clip
 * to ±5.2). A value that fills several ranks owns the whole stretch from its
 * first to its last: any code within it reads as exactly that value, so the
 * value keeps its mass. Its own code is the middle of the stretch (sklearn's
 * average of the forward and the reversed interpolation) or, with `random`, a
 * draw from the stretch: then the codes of a column are normal even where
 * values repeat, and a discriminator finds no spikes that a smooth generator
 * could never make. Between references both directions are linear in the code.
 */
function openQuantiles({ values, first, count, total }: ScaleState & { kind: "quantile" }): Scale {
  const last = values.length - 1;
  const low = Float32Array.from(first, (rank) => normalQuantile((rank + 0.5) / total));
  const middle = Float32Array.from(first, (rank, i) => normalQuantile((rank + count[i]! / 2) / total));
  const high = Float32Array.from(first, (rank, i) => normalQuantile((rank + count[i]! - 0.5) / total));
  return {
    centre: 0,
    code(value, random) {
      const i = Math.max(0, lastAtMost(values, value));
      if (value > values[i]! && i < last) {
        const share = shareBetween(value, values[i]!, values[i + 1]!);
        return Math.fround(between(high[i]!, low[i + 1]!, share));
      }
      if (!random || count[i] === 1) return middle[i]!;
      const p = (first[i]! + 0.5 + random.uniform() * (count[i]! - 1)) / total;
      return Math.min(high[i]!, Math.max(low[i]!, Math.fround(normalQuantile(p))));
    },
    value(code) {
      const z = Number.isNaN(code) ? 0 : code;
      const i = lastAtMost(low, z);
      if (i < 0) return values[0]!;
      if (i === last || z <= high[i]!) return values[i]!;
      return between(values[i]!, values[i + 1]!, shareBetween(z, high[i]!, low[i + 1]!));
    },
  };
}

/** Index of the last element of ascending `list` that is at most `x`; -1 where all are above. */
export function lastAtMost(list: ArrayLike<number>, x: number): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle]! <= x) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

/** Where `x` lies between `a` (0) and `b` (1); 0 where they are equal. Ranges up to ±1e308 do not overflow. */
function shareBetween(x: number, a: number, b: number): number {
  if (a === b) return 0;
  const range = b - a;
  return Number.isFinite(range) ? (x - a) / range : (x / 2 - a / 2) / (b / 2 - a / 2);
}

/**
 * From `a` (share 0) to `b` (share 1), a <= b; never beyond either, never falling as the share grows, and without
 * overflow. A weighted sum alone, where both have one sign, may round beyond its ends: the reason for two forms.
 */
function between(a: number, b: number, share: number): number {
  if (a <= 0 && b >= 0) return (1 - share) * a + share * b;
  return Math.min(b, a + share * (b - a));
}

function toFloat32(x: number): number {
  return Math.fround(Math.min(LARGEST_FLOAT32, Math.max(-LARGEST_FLOAT32, x)));
}

/** Mean and standard deviation (1 where nothing varies), in units of the largest value so that no square overflows. */
function moments(values: Float64Array): { mean: number; deviation: number } {
  const unit = Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!)) || 1;
  let sum = 0;
  for (const value of values) sum += value / unit;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value / unit - mean) ** 2;
  return { mean: mean * unit, deviation: Math.sqrt(squares / values.length) * unit || 1 };
}
