/** Twenty-five Gaussians on a square grid, 15 sigma apart: the classic test for mode collapse. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { makeMixture, type Mixture } from "./mixture.ts";
import type { Point } from "./plane.ts";

const spacing = 0.45;

export const grid: Mixture = {
  centres: Array.from({ length: 25 }, (_, i): Point => [
    spacing * ((i % 5) - 2),
    spacing * (Math.floor(i / 5) - 2),
  ]),
  sigma: 0.03,
};

/** Points within about ±1.05. */
export function makeGrid(rows: number, random: Random): Table {
  return makeMixture(grid, rows, random);
}
