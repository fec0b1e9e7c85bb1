import { expect, it } from "vitest";
import { spent, timeToGo } from "./timeToGo.ts";

it("judges by the pace, or by the clock where the budget is a time", () => {
  const at = { step: 500, elapsed: 4, stepsPerSecond: 100 };
  expect(timeToGo(at, { unit: "steps", amount: 2_000 })).toBe(15);
  expect(timeToGo(at, { unit: "steps", amount: 300 })).toBe(0);
  expect(timeToGo({ ...at, stepsPerSecond: 0 }, { unit: "steps", amount: 2_000 })).toBeUndefined();
  expect(timeToGo(at, { unit: "seconds", amount: 10 })).toBe(6);
});

it("knows what is used up", () => {
  expect(spent({ step: 500, elapsed: 4 }, { unit: "steps", amount: 2_000 })).toBe(0.25);
  expect(spent({ step: 500, elapsed: 20 }, { unit: "seconds", amount: 10 })).toBe(1);
});
