/** Eight Gaussians on a circle: neighbours are 16 sigma apart, so a dropped mode is plain to see. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { makeMixture, type Mixture } from "./mixture.ts";
import type { Point } from "./plane.ts";

const radius = 0.85;

export const ring: Mixture = {
  centres: Array.from({ length: 8 }, (_, i): Point => {
    const angle = (i * Math.PI) / 4;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }),
  sigma: 0.04,
};

/** Points within about ±1.02. */
export function makeRing(rows: number, random: Random): Table {
  return makeMixture(ring, rows, random);
}
