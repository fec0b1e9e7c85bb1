import fc from "fast-check";
import { expect, it } from "vitest";
import { layOut } from "./mosaic.ts";

it("fits every image where there is room, and never leaves the space sideways", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 300, max: 2_000 }),
      fc.integer({ min: 300, max: 2_000 }),
      (many, roomX, roomY) => {
        const grid = layOut(many, 28, 28, roomX, roomY);
        expect(grid.columns * grid.pitchX).toBeLessThanOrEqual(roomX + 4);
        if (Math.floor((roomX + 4) / 32) * Math.floor((roomY + 4) / 32) >= many)
          expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(0.9 * many);
        expect(grid.columns * (grid.rows - 1)).toBeLessThan(many);
      },
    ),
  );
  expect(layOut(4, 28, 28, 600, 600).scale).toBe(10);
  // Ten side by side would leave four over.
  const { columns, rows } = layOut(64, 28, 28, 10 * 32, 8 * 32);
  expect([columns, rows]).toEqual([10, 6]);
  expect(layOut(3, 28, 28, 2 * 340, 2 * 340).rows).toBe(2);
});
