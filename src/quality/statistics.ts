/**
 * Whether a column's mean, standard deviation or median is kept: SDMetrics'
 * StatisticSimilarity, 1 - |real - synthetic| / real range, at least 0.
 *
 * In units of the range, one far-out real value makes every error look small.
 */
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { meanOf, type Measured } from "./measured.ts";
import { extremes } from "./valueCoverage.ts";

export type Statistic = "mean" | "std" | "median";

/** Of one column's values; NaN are left out. */
export function statisticSimilarity(
  name: string,
  real: Float64Array,
  synthetic: Float64Array,
  statistic: Statistic,
): Measured {
  const [low, high] = extremes(real);
  if (!(high > low))
    return { why: t`"${name}" does not vary in the real rows, so there is no range to measure by.` };
  const apart = Math.abs(statisticOf(real, statistic) - statisticOf(synthetic, statistic));
  if (Number.isNaN(apart)) return { why: t`"${name}" has too few values in one of the two tables.` };
  return { value: Math.max(0, 1 - apart / (high - low)) };
}

/** Mean over the number and date columns. */
export function statisticsSimilarity(real: Table, synthetic: Table, statistic: Statistic): Measured {
  const all = real.columns.flatMap((column, i) => {
    const made = synthetic.columns[i]!;
    return "values" in column && "values" in made
      ? [statisticSimilarity(column.name, column.values, made.values, statistic)]
      : [];
  });
  return meanOf(all, "columns of numbers");
}

function statisticOf(values: Float64Array, statistic: Statistic): number {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return NaN;
  if (statistic === "median") return median(present);
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  if (statistic === "mean") return mean;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (present.length - 1));
}

/** The middle value, or halfway between the two middle ones; NaN where there is none. */
export function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
