/**
 * Five Gaussians, stretched outwards and then bent: each point is turned by an
 * angle that grows with its distance along the arm (the shape of Johnson et al.,
 * "Composing graphical models with neural networks", 2016, section 1).
 */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { planeTable, type Point } from "./plane.ts";

const arms = 5;
const along = 0.14;
const across = 0.025;
const middle = 0.55;
/** Radians of turn between the centre and the rim. */
const bend = 1.1;

/** Points within about ±1.1. */
export function makePinwheel(rows: number, random: Random): Table {
  return planeTable(
    Array.from({ length: rows }, (): Point => {
      const arm = random.integer(arms);
      const forward = middle + along * random.normal();
      // Arms widen as they leave the centre, so that they do not blur together there.
      const sideways = across * (0.5 + forward) * random.normal();
      const angle = (2 * Math.PI * arm) / arms + bend * forward;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [forward * cos - sideways * sin, forward * sin + sideways * cos];
    }),
  );
}
