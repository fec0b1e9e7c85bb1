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
          expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(many);
      },
    ),
  );
  expect(layOut(4, 28, 28, 600, 600).scale).toBe(10);
});
