/** The little calendar that made-up dates need, without a clock. Times are milliseconds since 1970-01-01T00:00Z. */

/** Milliseconds in a day. */
export const day = 86_400_000;

/** The first of January of `year`, 1901 to 2099: in those years every fourth is a leap year. */
export function newYear(year: number): number {
  return day * (365 * (year - 1970) + Math.floor((year - 1969) / 4));
}

/** 0 for Monday to 6 for Sunday; 1970 began on a Thursday. */
export function weekday(time: number): number {
  return (((Math.floor(time / day) + 3) % 7) + 7) % 7;
}
