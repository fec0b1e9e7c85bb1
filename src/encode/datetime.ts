/**
 * Dates as numbers. The table holds milliseconds; a column of days, or of first
 * days of a month, must come back as days or months and not as some moment in
 * between, so the coarsest calendar unit that all training values share is
 * learned, and decoding rounds to it. All in UTC, as the table reads them.
 */

/** Coarsest first. */
const UNITS = ["year", "month", "day", "hour", "minute", "second", "millisecond"] as const;

export type DatetimeUnit = (typeof UNITS)[number];

const MILLISECONDS = {
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
} as const;

/** The coarsest unit whose grid holds every value (milliseconds since 1970, finite); "millisecond" where there is none. */
export function unitOf(values: Iterable<number>): DatetimeUnit {
  let unit = 0;
  for (const value of values)
    while (unit < UNITS.length - 1 && roundDate(value, UNITS[unit]!) !== value) unit++;
  return UNITS[unit]!;
}

/** The moment of the unit's grid nearest to `value`, in milliseconds since 1970. */
export function roundDate(value: number, unit: DatetimeUnit): number {
  if (unit !== "year" && unit !== "month") return Math.round(value / MILLISECONDS[unit]) * MILLISECONDS[unit];
  const date = new Date(value);
  const year = date.getUTCFullYear();
  const month = unit === "month" ? date.getUTCMonth() : 0;
  const before = firstDay(year, month);
  const after = unit === "month" ? firstDay(year, month + 1) : firstDay(year + 1, 0);
  if (Number.isNaN(before) || Number.isNaN(after)) return value; // beyond what a Date can hold
  return value - before < after - value ? before : after;
}

/** `Date.UTC` reads years 0 to 99 as 1900 to 1999; `setUTCFullYear` does not. */
function firstDay(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
