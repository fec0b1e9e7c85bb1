/**
 * How far synthetic columns lie from their real ones, each by itself: the two
 * distances that SDMetrics' Column Shapes are made of. Both ignore missing
 * cells, as it does.
 */
import { t } from "../language/words.ts";
import type { Column, Table } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import { meanOf, type Measured } from "./measured.ts";

export interface ColumnShape {
  /** Kolmogorov–Smirnov for numbers and dates, total variation for categories. */
  readonly measure: "ks" | "tv";
  /** 1 minus SDMetrics' KSComplement or TVComplement: 0 (alike) to 1. */
  readonly error: Measured;
}

export interface Shape {
  /** In the order of the tables' columns. */
  readonly columns: readonly ColumnShape[];
  /** Mean over the columns that can be compared. */
  readonly error: Measured;
}

/** @throws TypeError where a column holds numbers in one table and categories in the other. */
export function shape(real: Table, synthetic: Table): Shape {
  const columns = real.columns.map((column, i) => columnShape(column, synthetic.columns[i]!));
  return {
    columns,
    error: meanOf(
      columns.map(({ error }) => error),
      "columns",
    ),
  };
}

function columnShape(real: Column, synthetic: Column): ColumnShape {
  if ("values" in real && "values" in synthetic) {
    const distance = ksSorted(sortedValues(real.values), sortedValues(synthetic.values));
    return { measure: "ks", error: measured(real.name, distance) };
  }
  const { real: a, synthetic: b, size } = cellsOf(real, synthetic);
  const missing = size - 1;
  const count = (cells: Int32Array): Float64Array => {
    const counts = new Float64Array(missing);
    for (const cell of cells) if (cell !== missing) counts[cell]!++;
    return counts;
  };
  const [before, made] = [count(a), count(b)];
  // SDMetrics takes a category that real rows lack for a millionth of a row, and so do we, to the last digit.
  if (before.some((rows) => rows > 0))
    made.forEach((rows, cell) => {
      if (rows > 0 && before[cell] === 0) before[cell] = 1e-6;
    });
  return { measure: "tv", error: measured(real.name, tvDistance(before, made)) };
}

function measured(name: string, distance: number): Measured {
  return Number.isNaN(distance)
    ? { why: t`Every cell of "${name}" is missing in one of the two tables.` }
    : { value: distance };
}

/** Present values in ascending order, rounded to 14 decimals as SDMetrics does before scipy's ks_2samp. */
export function sortedValues(values: ArrayLike<number>): Float64Array {
  const present = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  for (let i = 0; i < present.length; i++) {
    const value = present[i]!;
    // From 90 on, neighbouring doubles already lie more than 1e-14 apart.
    if (Math.abs(value) < 90) present[i] = Math.round(value * 1e14) / 1e14;
  }
  return present.sort();
}

/**
 * Kolmogorov–Smirnov statistic, sup |F_a - F_b|, between two samples that
 * `sortedValues` has prepared, once for one real column against many synthetic ones.
 *
 * @returns 0 (same distribution function) to 1; NaN where a side is empty.
 */
export function ksSorted(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return NaN;
  let i = 0;
  let j = 0;
  let most = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! === value) i++;
    while (j < b.length && b[j]! === value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/**
 * Total variation distance, ½ Σ |p_a - p_b|, between two vectors of counts over
 * the same categories.
 *
 * @returns 0 to 1; NaN where a side counts nothing.
 */
export function tvDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let totalA = 0;
  let totalB = 0;
  for (let i = 0; i < a.length; i++) totalA += a[i]!;
  for (let i = 0; i < b.length; i++) totalB += b[i]!;
  if (totalA === 0 || totalB === 0) return NaN;
  let sum = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++)
    sum += Math.abs((a[i] ?? 0) / totalA - (b[i] ?? 0) / totalB);
  return sum / 2;
}
