/**
 * Dates as people write them, and back, without a calendar library and without
 * the machine's time zone: every clock time is taken as UTC, unless the cell
 * itself names an offset.
 *
 * Tokens of a pattern: yyyy yy · MMMM MMM MM M · dd d · HH H hh h · mm · ss ·
 * S… (1 to 6 digits of a second) · a (AM/PM) · aaa (am/pm) · XXX (Z or +02:00, may differ from
 * cell to cell) · [+02:00] (this very offset in every cell). All else stands for itself.
 */
import type { DatePattern } from "./table.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

type Token = { readonly field: string } | { readonly literal: string } | { readonly offset: string };

/** A pattern made ready; compile once per column. */
export interface DateFormat {
  readonly pattern: DatePattern;
  /** Milliseconds since 1970-01-01T00:00Z (a fraction holds microseconds), NaN if the text is no such date. */
  parse(text: string): number;
  /** The inverse, exact at the pattern's precision; finer parts are cut off. "" for NaN. */
  format(time: number): string;
}

const fieldPattern: Readonly<Record<string, string>> = {
  yyyy: "(\\d{4})",
  yy: "(\\d{2})",
  MMMM: `(${months.join("|")})`,
  MMM: `(${months.map((month) => month.slice(0, 3)).join("|")})`,
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  dd: "(\\d{2})",
  d: "(\\d{1,2})",
  HH: "(\\d{2})",
  H: "(\\d{1,2})",
  hh: "(\\d{2})",
  h: "(\\d{1,2})",
  mm: "(\\d{2})",
  ss: "(\\d{2})",
  a: "([AP]M)",
  aaa: "([AP]M)",
  XXX: "(Z|[+-]\\d{2}:?\\d{2})",
};

function tokenise(pattern: DatePattern): readonly Token[] {
  const tokens: Token[] = [];
  for (const [part] of pattern.matchAll(
    /yyyy|yy|M{1,4}|dd?|HH?|hh?|mm|ss|S{1,6}|aaa|a|XXX|\[[^\]]*\]|./gsu,
  )) {
    if (part.startsWith("[")) tokens.push({ offset: part.slice(1, -1) });
    else if (/^S+$/.test(part) || Object.hasOwn(fieldPattern, part)) tokens.push({ field: part });
    else tokens.push({ literal: part });
  }
  return tokens;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

function offsetMinutes(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (match === null) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Two-digit years: 69–99 are 1969–1999, 00–68 are 2000–2068 (POSIX strptime). */
function fullYear(short: number): number {
  return short >= 69 ? 1900 + short : 2000 + short;
}

export function dateFormat(pattern: DatePattern): DateFormat {
  const tokens = tokenise(pattern);
  const fields = tokens.flatMap((token) => ("field" in token ? [token.field] : []));
  const fixed = tokens.find((token) => "offset" in token);
  const shift = fixed && "offset" in fixed ? offsetMinutes(fixed.offset) : 0;
  const expression = new RegExp(
    `^\\s*${tokens
      .map((token) => {
        if ("offset" in token) return escaped(token.offset);
        if ("literal" in token) return escaped(token.literal);
        return fieldPattern[token.field] ?? `(\\d{${token.field.length}})`;
      })
      .join("")}\\s*$`,
    "i",
  );

  return {
    pattern,
    parse(text) {
      const match = text.length > 60 ? null : expression.exec(text);
      if (match === null) return NaN;
      let [year, month, day, hour, minute, second, fraction, zone] = [1970, 1, 1, 0, 0, 0, 0, shift];
      let half: string | undefined;
      for (let i = 0; i < fields.length; i++) {
        const field = fields[i]!;
        const value = match[i + 1]!;
        if (field === "yyyy") year = Number(value);
        else if (field === "yy") year = fullYear(Number(value));
        else if (field === "MMM" || field === "MMMM") month = monthNumber(value);
        else if (field === "MM" || field === "M") month = Number(value);
        else if (field === "dd" || field === "d") day = Number(value);
        else if (/^[Hh]/.test(field)) hour = Number(value);
        else if (field === "mm") minute = Number(value);
        else if (field === "ss") second = Number(value);
        else if (field.startsWith("a")) half = value[0]!.toUpperCase();
        else if (field === "XXX") zone = offsetMinutes(value);
        else fraction = Number(value) * 10 ** (3 - field.length);
      }
      if (half !== undefined) {
        if (hour < 1 || hour > 12) return NaN;
        hour = (hour % 12) + (half === "P" ? 12 : 0);
      }
      if (hour > 23 || minute > 59 || second > 59) return NaN;
      const date = civil(year, month, day);
      return date + ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction;
    },
    format(time) {
      if (!Number.isFinite(time)) return "";
      const local = time + shift * 60_000;
      const date = new Date(Math.floor(local));
      const padded = (n: number, width: number): string => String(n).padStart(width, "0");
      const hour = date.getUTCHours();
      return tokens
        .map((token) => {
          if ("offset" in token) return token.offset;
          if ("literal" in token) return token.literal;
          const { field } = token;
          if (field === "yyyy") return padded(date.getUTCFullYear(), 4);
          if (field === "yy") return padded(date.getUTCFullYear() % 100, 2);
          if (field === "MMMM") return months[date.getUTCMonth()]!;
          if (field === "MMM") return months[date.getUTCMonth()]!.slice(0, 3);
          if (field.startsWith("M")) return padded(date.getUTCMonth() + 1, field.length);
          if (field.startsWith("d")) return padded(date.getUTCDate(), field.length);
          if (field.startsWith("H")) return padded(hour, field.length);
          if (field.startsWith("h")) return padded(hour % 12 === 0 ? 12 : hour % 12, field.length);
          if (field === "mm") return padded(date.getUTCMinutes(), 2);
          if (field === "ss") return padded(date.getUTCSeconds(), 2);
          if (field === "a") return hour < 12 ? "AM" : "PM";
          if (field === "aaa") return hour < 12 ? "am" : "pm";
          if (field === "XXX") return "Z";
          return subseconds(local, field.length);
        })
        .join("");
    },
  };
}

/** The start of a day in UTC, NaN for days that no calendar has (30 February). */
function civil(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : NaN;
}

function monthNumber(name: string): number {
  const start = name.slice(0, 3).toLowerCase();
  return months.findIndex((month) => month.toLowerCase().startsWith(start)) + 1;
}

function subseconds(time: number, digits: number): string {
  const within = time - Math.floor(time / 1000) * 1000; // ms within the second, [0, 1000)
  // A double near 2e12 resolves 0.0003 ms: nudge by less than that before cutting digits off.
  const value = Math.min(Math.floor((within + 0.0004) * 10 ** (digits - 3)), 10 ** digits - 1);
  return String(value).padStart(digits, "0");
}
