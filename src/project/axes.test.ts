import fc from "fast-check";
import { expect, it } from "vitest";
import { rangesOf } from "./axes.ts";

it("holds every finite point with a margin around", () => {
  fc.assert(
    fc.property(fc.float32Array({ minLength: 2, maxLength: 40 }), (points) => {
      const { x, y } = rangesOf(points);
      expect(x[0] < x[1] && y[0] < y[1] && [...x, ...y].every(Number.isFinite)).toBe(true);
      for (let i = 0; i + 1 < points.length; i += 2) {
        if (!Number.isFinite(points[i]) || !Number.isFinite(points[i + 1])) continue;
        expect(points[i]! > x[0] && points[i]! < x[1]).toBe(true);
        expect(points[i + 1]! > y[0] && points[i + 1]! < y[1]).toBe(true);
      }
    }),
  );
});

it("adds the margin on each side", () => {
  expect(rangesOf(Float32Array.of(0, 5, 10, 5, NaN, 99), 0.1)).toEqual({ x: [-1, 11], y: [4, 6] });
  expect(rangesOf(new Float32Array(0))).toEqual({ x: [-1, 1], y: [-1, 1] });
});
