import fc from "fast-check";
import { expect, it } from "vitest";
import { random } from "../random/random.ts";
import { splitRows } from "./split.ts";

it("parts the rows: each in exactly one half, ascending, one at least in training, the share kept", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer(),
      (rows, share, seed) => {
        const { train, holdout } = splitRows(rows, share, random(seed));
        expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(
          Array.from({ length: rows }, (_, i) => i),
        );
        expect(Array.from(train)).toEqual([...train].sort((a, b) => a - b));
        expect(train.length).toBeGreaterThanOrEqual(1);
        expect(holdout.length).toBe(Math.min(rows - 1, Math.round(rows * share)));
      },
    ),
  );
});

it("is the same for the same seed and another for another", () => {
  const of = (seed: number) => Array.from(splitRows(100, 0.2, random(seed)).holdout);
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});

it("copes with no rows and with shares that are none", () => {
  expect(splitRows(0, 0.2, random(1))).toEqual({ train: new Int32Array(0), holdout: new Int32Array(0) });
  expect(splitRows(4, NaN, random(1)).train.length).toBe(4);
  expect(splitRows(4, 7, random(1)).train.length).toBe(1);
});
