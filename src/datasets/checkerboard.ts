/** Eight of the sixteen squares of a board, filled evenly: hard edges and corners that touch. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

const squares = 4;
const side = 2 / squares;
/** Points are drawn on the four-decimal lattice itself, so rounding never moves one across an edge. */
const ticks = side * 10_000;

/** Points in [-1, 1): column plus row of their square is even. */
export function makeCheckerboard(rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const column = random.integer(squares);
      const row = 2 * random.integer(squares / 2) + (column % 2);
      return [
        -1 + side * column + random.integer(ticks) / 10_000,
        -1 + side * row + random.integer(ticks) / 10_000,
      ];
    }),
  );
}
