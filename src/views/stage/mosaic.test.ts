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
        const shown = grid.columns * grid.rows;
        expect(shown).toBeLessThanOrEqual(many);
        // All but the few that no width has a full row for.
        if (Math.floor((roomX + 4) / 32) * Math.floor((roomY + 4) / 32) >= many)
          expect(many - shown).toBeLessThan(grid.columns);
      },
    ),
  );
  expect(layOut(4, 28, 28, 600, 600).scale).toBe(10);
});

it("shows full rows", () => {
  // Ten would fit side by side, and 64 = 6 × 10 + 4.
  expect(layOut(64, 28, 28, 640, 640)).toMatchObject({ columns: 8, rows: 8, scale: 2 });
});
