import { expect, it } from "vitest";
import type { KeptRun } from "../protocol/port.ts";
import type { Prepared } from "./preparing.ts";
import type { Snapshot } from "./scene.ts";
import { scoring } from "./scoring.ts";

const rows = 40;
/** Points on a line, `away` from 0. */
const points = (away: number) => ({
  values: Float32Array.from({ length: rows }, (_, i) => away + i / rows),
  rows,
  width: 1,
});
const prepared = {
  split: { holdout: Int32Array.from({ length: rows }, (_, i) => i) },
  table: { columns: [], rows },
  lens: {
    width: 1,
    spans: [{ kind: "numeric", start: 0, width: 1, column: 0, label: "x" }],
    encode: () => points(0),
  },
  seed: 1,
} as unknown as Prepared;

it("a distance is the middle of three looks, the one that is shown and the one that is the best alike", () => {
  let now = 0;
  const scores = scoring(prepared, () => now)!;
  const look = (step: number, away: number): number => {
    now += 60_000;
    return scores.score({ run: 1, step, matrix: () => points(away) } as unknown as Snapshot)!.distance;
  };
  const kept = (step: number): KeptRun => ({ run: 1, checkpoint: { step, parts: [] } }) as unknown as KeptRun;
  const first = look(10, 0.5);
  expect(scores.note(kept(10))).toBe(true);
  expect(scores.best!.distance).toBe(first);
  look(20, 0.5);
  // A lucky look changes neither.
  expect(look(30, 0)).toBe(first);
  expect(scores.note(kept(30))).toBe(false);
  const lucky = look(40, 0);
  expect(lucky).toBeLessThan(first);
  expect(scores.note(kept(40))).toBe(true);
  expect(scores.best!.distance).toBe(lucky);
});
