import { describe, expect, it } from "vitest";
import { nearestNumber } from "./nearestNumber.ts";

const rows = { min: 1, max: 1_000_000, whole: true };

describe("a number box", () => {
  it("takes what fits as it is", () => {
    expect(nearestNumber("400", rows)).toBe(400);
    expect(nearestNumber("2e3", rows)).toBe(2_000);
    expect(nearestNumber("0.25", { min: 0, max: 1, whole: false })).toBe(0.25);
  });

  it("takes the nearest number where the typed one is out of range or broken", () => {
    expect(nearestNumber("0", rows)).toBe(1);
    expect(nearestNumber("1e9", rows)).toBe(1_000_000);
    expect(nearestNumber("1e999", rows)).toBe(1_000_000);
    expect(nearestNumber("2.6", rows)).toBe(3);
  });

  it("takes nothing from what is no number", () => {
    expect(nearestNumber("", rows)).toBeUndefined();
    expect(nearestNumber("many", rows)).toBeUndefined();
  });
});
