/** One sheet rolled up and seen from the side: a single spiral of a turn and a half that never reaches the middle. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

/** The angle runs from 1.5 π to 4.5 π, as in the usual construction of the roll. */
const from = 1.5 * Math.PI;
const to = 4.5 * Math.PI;
const blur = 0.02;

/** Uniform in the angle, so the outer turn is the thinner one. */
export function makeSwissRoll(rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const angle = from + (to - from) * random.uniform();
      const radius = angle / to;
      return [
        radius * Math.cos(angle) + blur * random.normal(),
        radius * Math.sin(angle) + blur * random.normal(),
      ];
    }),
  );
}
