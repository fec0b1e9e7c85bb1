import fc from "fast-check";
import { expect, it } from "vitest";
import { spray } from "./brush.ts";

const spot = fc.record({
  x: fc.double({ min: -1, max: 1, noNaN: true }),
  y: fc.double({ min: -1, max: 1, noNaN: true }),
});

it("sprays pairs within the square, more for longer strokes, at least one for a dab", () => {
  fc.assert(
    fc.property(
      spot,
      spot,
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
      (a, b, tape) => {
        let i = 0;
        const points = spray(a, b, () => tape[i++ % tape.length]!);
        expect(points.length % 2).toBe(0);
        expect(points.length).toBeGreaterThanOrEqual(2);
        expect(points.every((value) => value >= -1 && value <= 1)).toBe(true);
      },
    ),
  );
  expect(spray({ x: -1, y: 0 }, { x: 1, y: 0 }, () => 0.5)).toHaveLength(600);
});
