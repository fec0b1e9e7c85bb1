import { expect, test } from "vitest";
import { day, newYear, weekday } from "./calendar.ts";

test("years begin where the machine's own calendar says, 1901 to 2099", () => {
  for (let year = 1901; year <= 2099; year++) expect(newYear(year)).toBe(Date.UTC(year, 0, 1));
});

test("weekdays run from Monday to Sunday, before 1970 too", () => {
  for (let i = -800; i < 800; i++)
    expect(weekday(i * 7 * day + i * day)).toBe((new Date(8 * i * day).getUTCDay() + 6) % 7);
});
