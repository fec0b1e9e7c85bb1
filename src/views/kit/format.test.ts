import { count } from "../../language/words.ts";
import { describe, expect, it } from "vitest";
import { percent, rate, short, stopwatch } from "./format.ts";

describe("figures on screen", () => {
  it("groups thousands", () => expect(count(48_210)).toBe("48,210"));

  it.each([
    [0, "0 %"],
    [0.0004, "<0.1 %"],
    [0.043, "4.3 %"],
    [0.05, "5 %"],
    [0.4, "40 %"],
    [0.9996, ">99.9 %"],
    [1, "100 %"],
    [NaN, "–"],
  ])("writes the share %s as %s", (share, text) => expect(percent(share)).toBe(text));

  it.each([
    [0, "0"],
    [0.6931471, "0.6931"],
    [-12.5, "−12.5"],
    [1234, "1234"],
    [1.2345e-7, "1.23e-7"],
    [4e9, "4.00e+9"],
    [NaN, "–"],
  ])("shortens %s to %s", (value, text) => expect(short(value)).toBe(text));

  it.each([
    [7.9, "0:07"],
    [750, "12:30"],
    [3723, "1:02:03"],
    [-1, "0:00"],
  ])("shows %s seconds as %s", (seconds, text) => expect(stopwatch(seconds)).toBe(text));

  it("keeps a decimal for slow training only", () => {
    expect(rate(3.25)).toBe("3.3");
    expect(rate(310.4)).toBe("310");
  });
});
