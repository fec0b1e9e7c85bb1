/** Visits to a made-up clinic, for tests: a rare outcome that hangs on three of the columns, and a ward that changes how. */
import { random } from "../../random/random.ts";
import { categories, numbers } from "../../table/testing/columns.ts";
import type { Table } from "../../table/table.ts";
import type { Made, Maker, Only } from "../maker.ts";

export interface Clinic {
  /** Added to the log-odds of "ill"; -1 makes about a fifth of them so. */
  readonly lift?: number;
  /** Share of the ward "north", by default 0.3. */
  readonly north?: number;
}

export function clinicRows(rows: number, seed: number, { lift = -1, north = 0.3 }: Clinic = {}): Table {
  const stream = random(seed);
  const x = Array.from({ length: 4 }, () => Array.from({ length: rows }, () => stream.normal()));
  const ward = Array.from({ length: rows }, () => (stream.uniform() < north ? "north" : "south"));
  const risk = ward.map((name, i) => lift + 1.4 * x[0]![i]! + (name === "north" ? -1 : 1) * x[1]![i]!);
  const outcome = risk.map((each) => (stream.uniform() < 1 / (1 + Math.exp(-each)) ? "ill" : "well"));
  return {
    columns: [
      ...x.map((values, i) => numbers(`x${i}`, values)),
      numbers(
        "days",
        risk.map((each) => 10 + 2 * each + stream.normal()),
      ),
      categories("ward", ward),
      categories("outcome", outcome),
    ],
    rows,
  };
}

/** A maker whose rows come from a function of how many, which seed and what it learned from (first, where there is a source); it counts how often it was opened and freed. */
export function makerOf(
  make: (count: number, seed: number, real: Table) => Table,
  learnsFrom: Maker["learnsFrom"] = "given",
  carries = false,
): Maker & { opened: number; freed: number } {
  const maker = {
    name: "A test's maker",
    learnsFrom,
    carries,
    opened: 0,
    freed: 0,
    async *open(
      real: Table,
      _seed: number,
      _only?: Only,
      source?: Table,
    ): AsyncGenerator<number, Made, void> {
      maker.opened++;
      yield 0.5;
      return {
        async *draw(count: number, seed: number) {
          yield 0.5;
          return make(count, seed, source ?? real);
        },
        dispose: () => void maker.freed++,
      };
    },
  };
  return maker;
}
