import { expect, it } from "vitest";
import { untrained } from "../store/fold.ts";
import { worthStopping } from "./stopping.ts";

const scores = (n: number) => Array.from({ length: n }, (_, i) => ({ step: 10 * (i + 1), distance: 0.1 }));
const state = (looks: number, bestAt: number, stopEarly = true) => ({
  stopEarly,
  training: { ...untrained(1), scores: scores(looks), best: { step: bestAt, distance: 0.1 } },
});

it("a run stops by itself once it has got no better for long, and only if it may", () => {
  expect(worthStopping(state(24, 100))).toBe(false); // 14 looks since the tenth
  expect(worthStopping(state(25, 100))).toBe(true);
  expect(worthStopping(state(25, 100, false))).toBe(false);
  expect(worthStopping(state(140, 1_000))).toBe(false); // 40 since the hundredth, whose run was long
  expect(worthStopping(state(150, 1_000))).toBe(true);
  expect(worthStopping({ stopEarly: true, training: untrained(1) })).toBe(false);
});
