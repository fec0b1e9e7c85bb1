/**
 * The cheap figures of two tables, again and again on rows of theirs drawn with
 * replacement. Of large tables a part of the rows is drawn, and the spread made
 * smaller by the root of the rows, as spreads are.
 */
import { part, type Work } from "../downstream/work.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { DRAWS, resample } from "./bootstrap.ts";
import { isValue, meanOf, type Measured } from "./measured.ts";
import { missingSimilarity } from "./missing.ts";
import { similarityOf } from "./compared.ts";
import { shape } from "./shape.ts";
import { trend } from "./trend.ts";
import { validity } from "./validity.ts";

export type CheapName = "shape" | "trend" | "missingShare" | "missingPattern" | "validity";

const MOST_ROWS = 1_500;

/** @returns by figure its draws; empty where a figure could not be computed. */
export function* resampled(
  real: Table,
  synthetic: Table,
  random: Random,
): Work<Readonly<Record<CheapName, readonly number[]>>> {
  const all: Record<CheapName, number[]> = {
    shape: [],
    trend: [],
    missingShare: [],
    missingPattern: [],
    validity: [],
  };
  if (Math.min(real.rows, synthetic.rows) < 2) return all;
  const some = (table: Table): Table =>
    selectRows(table, resample(Math.min(table.rows, MOST_ROWS), table.rows, random));
  for (let draw = 0; draw < DRAWS; draw++) {
    const share = draw / DRAWS;
    const [a, b] = [some(real), some(synthetic)];
    yield share;
    const trends = yield* part(trend(a, b), share, share + 0.7 / DRAWS);
    const gaps = missingSimilarity(a, b);
    const add = (name: CheapName, measured: Measured): void =>
      void all[name].push(isValue(measured) ? measured.value : NaN);
    add("shape", similarityOf(shape(a, b).error));
    add("trend", similarityOf(trends.error));
    add("missingShare", meanOf(gaps.rates.map((value) => ({ value })), "columns")); // prettier-ignore
    add("missingPattern", gaps.pattern);
    add("validity", validity(real, b).share);
    yield (draw + 1) / DRAWS;
  }
  const least = Math.min(real.rows, synthetic.rows);
  const factor = Math.sqrt(Math.min(least, MOST_ROWS) / least);
  const shrunk = (values: readonly number[]): readonly number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => mean + factor * (value - mean));
  };
  return {
    shape: shrunk(all.shape),
    trend: shrunk(all.trend),
    missingShare: shrunk(all.missingShare),
    missingPattern: shrunk(all.missingPattern),
    validity: shrunk(all.validity),
  };
}
