/**
 * SDMetrics' DCRBaselineProtection: how far synthetic rows lie from training
 * rows, as a share of how far rows of pure noise do. Noise knows nothing of how
 * columns hang together, so fresh real rows lie far nearer (0.23 on Adult):
 * a low figure is no leak by itself. `privacy` holds them against the holdout.
 */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Column, Table } from "../table/table.ts";
import { nearestDistances } from "./distance.ts";
import type { Uncomputable } from "./measured.ts";
import { median } from "./statistics.ts";
import { extremes } from "./valueCoverage.ts";

export interface BaselineProtection {
  /** `synthetic` / `noise`, at most 1. */
  readonly score: number;
  /** Median distance to the closest training row. */
  readonly synthetic: number;
  readonly noise: number;
}

/** @throws TypeError where the tables' columns differ in kind. */
export function* baselineProtection(
  train: Table,
  synthetic: Table,
  random: Random,
): Work<BaselineProtection | Uncomputable> {
  if (train.rows === 0 || synthetic.rows === 0)
    return { why: t`Distances to training rows need training and synthetic rows.` };
  const near = median(yield* part(nearestDistances(synthetic, train), 0, 0.5));
  const noise = median(
    yield* part(nearestDistances(noiseRows(train, synthetic.rows, random), train), 0.5, 1),
  );
  if (noise === 0) return { why: t`Even rows of noise equal training rows, so distances say nothing here.` };
  return { score: Math.min(1, near / noise), synthetic: near, noise };
}

/** Rows whose cells are drawn evenly from each column's range or categories, with its share of gaps. */
export function noiseRows(like: Table, rows: number, random: Random): Table {
  const columns = like.columns.map((column, i): Column => {
    const stream = random.fork(i);
    if ("values" in column) {
      const [min, max] = extremes(column.values);
      const gaps = shareOf(column.values, Number.isNaN);
      const whole = column.type === "number" && column.format.decimals === 0;
      const draw = (): number =>
        whole ? min + stream.integer(max - min + 1) : min + stream.uniform() * (max - min);
      return {
        ...column,
        values: Float64Array.from({ length: rows }, () =>
          !(max >= min) || stream.uniform() < gaps ? NaN : draw(),
        ),
      };
    }
    const used = [...new Set(column.codes)].filter((code) => code >= 0);
    const gaps = shareOf(column.codes, (code) => code < 0);
    return {
      ...column,
      codes: Int32Array.from({ length: rows }, () =>
        used.length === 0 || stream.uniform() < gaps ? -1 : used[stream.integer(used.length)]!,
      ),
    };
  });
  return { columns, rows };
}

function shareOf(values: Float64Array | Int32Array, test: (value: number) => boolean): number {
  let hits = 0;
  for (const value of values) if (test(value)) hits++;
  return hits / values.length;
}
