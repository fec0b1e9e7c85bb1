/**
 * Round Gaussians of one width around known centres, all equally likely. Because
 * the centres are known, a model's modes can be counted: a point belongs to a
 * mode where it lies within three sigma of the centre, and the three-sigma discs
 * of one mixture never touch. (Of the data itself, 98.9 % lies inside them: the
 * radius of a round 2-D Gaussian is Rayleigh, and 1 - exp(-9/2) = 0.989.)
 */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

export interface Mixture {
  readonly centres: readonly Point[];
  /** Standard deviation along each axis, the same for every centre. */
  readonly sigma: number;
}

/** `rows` independent draws. */
export function makeMixture({ centres, sigma }: Mixture, rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const [x, y] = centres[random.integer(centres.length)]!;
      return [x + sigma * random.normal(), y + sigma * random.normal()];
    }),
  );
}
