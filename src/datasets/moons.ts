/** Two interleaved half circles, blurred a little. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

/** Radius of each half circle, and how far it reaches into the other. */
const radius = 0.64;
const overlap = 0.16;
const blur = 0.035;

/** The upper moon opens downwards and lies left, the lower one is its image under a half turn. */
export function makeMoons(rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const side = random.integer(2) === 0 ? 1 : -1;
      const angle = Math.PI * random.uniform();
      const x = radius * (Math.cos(angle) - 0.5);
      const y = radius * Math.sin(angle) - overlap;
      return [side * x + blur * random.normal(), side * y + blur * random.normal()];
    }),
  );
}
