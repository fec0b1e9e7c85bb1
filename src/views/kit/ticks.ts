/** Where an axis puts its marks and what it writes there. */
import { locale } from "../../language/words.ts";
import { minus } from "./format.ts";

export interface Axis {
  readonly label: string;
  readonly range: readonly [number, number];
  /** Share of the variance that a principal component carries. */
  readonly variance?: number;
  /** Names of the positions 0, 1, 2 … where the axis is a category. */
  readonly categories?: readonly string[];
  /** How to write a position: numbers, or milliseconds as dates. */
  readonly unit?: "number" | "date";
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Marks for any axis; `wanted` is roughly how many fit. */
export function ticks(axis: Axis, wanted: number): readonly Tick[] {
  const [low, high] = axis.range;
  if (!(high > low) || !Number.isFinite(low) || !Number.isFinite(high)) return [];
  if (axis.categories) return categoryTicks(axis.categories, wanted);
  return axis.unit === "date" ? dateTicks(low, high, wanted) : numberTicks(low, high, wanted);
}

/** Multiples of 1, 2 or 5 times a power of ten within [low, high]. */
export function numberTicks(low: number, high: number, wanted: number): readonly Tick[] {
  const step = niceStep((high - low) / Math.max(1, wanted));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const large = Math.max(Math.abs(low), Math.abs(high)) >= 1e7 || decimals > 6;
  const write = (value: number): string =>
    large
      ? value.toExponential(Math.max(0, Math.ceil(Math.log10(Math.abs(value || 1) / step))))
      : value.toLocaleString(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const found: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    const at = i * step;
    found.push({ at, label: i === 0 ? "0" : minus(write(at)) });
  }
  return found;
}

/** The 1, 2 or 5 times a power of ten that is nearest to `rough` on a log scale. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead < 1.42 ? 1 : lead < 3.17 ? 2 : lead < 7.08 ? 5 : 10) * power;
}

/** Every category where they fit, else every second, fifth, tenth … */
function categoryTicks(names: readonly string[], wanted: number): readonly Tick[] {
  const stride = Math.max(1, Math.ceil(niceStep(names.length / Math.max(1, wanted * 2))));
  return names.flatMap((label, at) => (at % stride === 0 ? [{ at, label }] : []));
}

const second = 1000;
const day = 86_400 * second;
const clockSteps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600].map(
  (s) => s * second,
);
const daySteps = [1, 2, 7, 14].map((d) => d * day);
const monthSteps = [1, 3, 6];

/** Round moments in UTC: years, months, days or times of day, whichever fits. */
export function dateTicks(low: number, high: number, wanted: number): readonly Tick[] {
  const rough = (high - low) / Math.max(1, wanted);
  const month = 30.4 * day;
  if (rough > 6 * month) {
    const years = Math.max(1, niceStep(rough / (12 * month)));
    return calendarTicks(low, high, 12 * Math.round(years), (date) => String(date.getUTCFullYear()));
  }
  const months = monthSteps.find((step) => rough <= step * month && rough > 14 * day);
  if (months !== undefined) return calendarTicks(low, high, months, (date) => date.toISOString().slice(0, 7));
  const step = [...clockSteps, ...daySteps].find((candidate) => rough <= candidate) ?? 14 * day;
  const label = (at: number): string => {
    const text = new Date(at).toISOString();
    if (step >= day) return text.slice(0, 10);
    return step >= 60 * second ? text.slice(11, 16) : text.slice(11, 19);
  };
  const found: Tick[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) found.push({ at, label: label(at) });
  return found;
}

/** First days of every `months`-th month counted from year 0. */
function calendarTicks(
  low: number,
  high: number,
  months: number,
  write: (date: Date) => string,
): readonly Tick[] {
  const start = new Date(low);
  const found: Tick[] = [];
  let index = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  for (let guard = 0; guard < 200; guard++, index += months) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(index / 12), index % 12, 1);
    const at = date.getTime();
    if (at > high) break;
    if (at >= low) found.push({ at, label: write(date) });
  }
  return found;
}

/** One position in words, for tooltips. */
export function position(axis: Axis, value: number): string {
  if (axis.categories) return axis.categories[Math.round(value)] ?? "–";
  if (axis.unit === "date") {
    const date = new Date(value);
    return Number.isNaN(date.getTime())
      ? "–"
      : date.toISOString().slice(0, 16).replace("T", " ").replace(" 00:00", "");
  }
  const span = axis.range[1] - axis.range[0];
  const decimals = Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(span || 1))));
  return minus(value.toLocaleString(locale, { maximumFractionDigits: decimals }));
}
