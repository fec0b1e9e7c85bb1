/** Finds the pattern that a column's dates follow. */
import { dateFormat } from "./date.ts";
import type { DatePattern } from "./table.ts";

export interface DateReading {
  readonly pattern: DatePattern;
  /** Positions in `texts` of the cells that this pattern does not read. */
  readonly unread: readonly number[];
  /** Day and month could be the other way round in every cell. */
  readonly ambiguous: boolean;
}

const time = /[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(\s?[AaPp][Mm])?\s?(Z|[+-]\d{2}:?\d{2})?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(\s?[AaPp][Mm])?$/;

/**
 * The pattern that reads most of `texts` (distinct cells, none missing);
 * undefined where the first readable cells look like no date at all.
 */
export function detectDatePattern(texts: readonly string[]): DateReading | undefined {
  if (texts.length === 0) return undefined;
  const looked = texts.slice(0, 200);
  const seen = looked.flatMap((text) => patternsOf(text.trim()));
  if (seen.length === 0) return undefined;
  // One-digit days and hours may come later than we look, so each pattern competes with its looser
  // form; the stricter (longer) one is asked first and wins where both read the same cells.
  const candidates = [...new Set([...seen, ...seen.map(loosened)])].sort((a, b) => b.length - a.length);
  const hopeful = candidates.map((pattern) => unreadBy(pattern, looked));
  const fewest = Math.min(...hopeful.map((fit) => fit.unread.length));
  const fits = hopeful
    .filter((fit) => fit.unread.length === fewest)
    .map((fit) => unreadBy(fit.pattern, texts));
  fits.sort((a, b) => a.unread.length - b.unread.length);
  const best = fits[0]!;
  const rival = fits.find(
    (fit) =>
      fit !== best && fit.unread.length === best.unread.length && swapped(best.pattern) === fit.pattern,
  );
  if (rival === undefined) return { ...withZone(best, texts), ambiguous: false };
  const chosen = moreDays(best, rival, texts);
  return { ...withZone(chosen.fit, texts), ambiguous: !chosen.sure };
}

interface Fit {
  readonly pattern: DatePattern;
  readonly unread: readonly number[];
}

function unreadBy(pattern: DatePattern, texts: readonly string[]): Fit {
  const format = dateFormat(pattern);
  const unread: number[] = [];
  texts.forEach((text, i) => {
    if (Number.isNaN(format.parse(text))) unread.push(i);
  });
  return { pattern, unread };
}

/** Every pattern that this cell could have been written in. */
function patternsOf(text: string): readonly DatePattern[] {
  const alone = clock.exec(text);
  if (alone !== null) return [clockPattern(alone)];
  const found = time.exec(text);
  const date = found === null ? text : text.slice(0, found.index);
  const between = found === null ? "" : /^[T ]+/.exec(found[0])![0];
  const tail = found === null ? "" : between + clockPattern(found) + zonePattern(found[6], found[0]);
  return dayPatterns(date).map((pattern) => pattern + tail);
}

function clockPattern(match: RegExpExecArray): string {
  const [, hour = "", , second, fraction, half] = match;
  const letter = half === undefined ? "H" : "h";
  const hours = hour.length === 1 ? letter : letter + letter;
  const seconds =
    second === undefined ? "" : `:ss${fraction === undefined ? "" : `.${"S".repeat(fraction.length)}`}`;
  return `${hours}:mm${seconds}${half === undefined ? "" : `${/^\s/.exec(half)?.[0] ?? ""}${/[ap]m/.test(half) ? "aaa" : "a"}`}`;
}

function zonePattern(zone: string | undefined, text: string): string {
  if (zone === undefined) return "";
  return `${/\s(?=Z|[+-]\d{2}:?\d{2}$)/.test(text.slice(1)) ? " " : ""}XXX`;
}

function dayPatterns(date: string): readonly DatePattern[] {
  const two = (digits: string, letter: string): string => (digits.length === 1 ? letter : letter + letter);
  let match = /^\d{4}([-/.])(\d{1,2})\1(\d{1,2})$/.exec(date);
  if (match !== null) {
    const [, mark = "", month = "", day = ""] = match;
    return [`yyyy${mark}${two(month, "M")}${mark}${two(day, "d")}`];
  }
  if (/^(19|20)\d{2}-\d{2}$/.test(date)) return ["yyyy-MM"];
  if (/^(19|20)\d{6}$/.test(date)) return ["yyyyMMdd"];
  match = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(date);
  if (match !== null) {
    const [, first = "", mark = "", second = "", year = ""] = match;
    const y = "y".repeat(year.length);
    const dayFirst = `${two(first, "d")}${mark}${two(second, "M")}${mark}${y}`;
    const monthFirst = `${two(first, "M")}${mark}${two(second, "d")}${mark}${y}`;
    return mark === "." ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  }
  match = /^(\d{1,2})([- ./])([A-Za-z]{3,9})\2(\d{4}|\d{2})$/.exec(date);
  if (match !== null) {
    const [, day = "", mark = "", month = "", year = ""] = match;
    return [`${two(day, "d")}${mark}${named(month)}${mark}${"y".repeat(year.length)}`];
  }
  match = /^([A-Za-z]{3,9}) (\d{1,2})(,?) (\d{4})$/.exec(date);
  if (match !== null) {
    const [, month = "", day = "", comma = ""] = match;
    return [`${named(month)} ${two(day, "d")}${comma} yyyy`];
  }
  return [];
}

function named(month: string): "MMM" | "MMMM" {
  return month.length === 3 ? "MMM" : "MMMM";
}

function loosened(pattern: DatePattern): DatePattern {
  return pattern
    .replace(/(?<!M)MM(?!M)/, "M")
    .replace("dd", "d")
    .replace("HH", "H")
    .replace("hh", "h");
}

function swapped(pattern: DatePattern): DatePattern {
  return pattern.replace(/^(M{1,2}|d{1,2})([-/.])(M{1,2}|d{1,2})/, "$3$2$1");
}

/** Of two readings that differ in day and month: days take more values than months do. */
function moreDays(
  best: Fit,
  rival: Fit,
  texts: readonly string[],
): { readonly fit: Fit; readonly sure: boolean } {
  const first = new Set(texts.map((text) => /^\s*(\d+)/.exec(text)?.[1]));
  const second = new Set(texts.map((text) => /^\s*\d+[-/.](\d+)/.exec(text)?.[1]));
  const dayFirst = best.pattern.startsWith("d") ? best : rival;
  const monthFirst = dayFirst === best ? rival : best;
  // All within day 1–12 of some months: one side must be clearly the more varied.
  if (first.size >= 2 * second.size && first.size >= 6) return { fit: dayFirst, sure: true };
  if (second.size >= 2 * first.size && second.size >= 6) return { fit: monthFirst, sure: true };
  return { fit: best, sure: false };
}

/** One offset in every cell belongs to the pattern, so that it is written back as it was. */
function withZone(fit: Fit, texts: readonly string[]): Fit {
  if (!fit.pattern.endsWith("XXX")) return fit;
  const zones = new Set(texts.map((text) => /(Z|[+-]\d{2}:?\d{2})\s*$/.exec(text)?.[1]));
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined
    ? { ...fit, pattern: `${fit.pattern.slice(0, -3)}[${zone}]` }
    : fit;
}
