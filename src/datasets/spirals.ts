/** Two Archimedean arms, half a turn apart, that wind one and a half times around each other. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

const turns = 1.5;
const blur = 0.015;

/** Points even along the arms: the arc grows as the square of the angle, so the angle is a square root. */
export function makeSpirals(rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const side = random.integer(2) === 0 ? 1 : -1;
      const share = Math.sqrt(random.uniform());
      const angle = 2 * Math.PI * turns * share;
      return [
        side * share * Math.cos(angle) + blur * random.normal(),
        side * share * Math.sin(angle) + blur * random.normal(),
      ];
    }),
  );
}
