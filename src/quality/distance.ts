/**
 * Distance to the closest record (DCR): how near a row comes to the nearest
 * row of another table, in the measure of SDMetrics' DCR metrics (after J. C.
 * Gower, A General Coefficient of Similarity, 1971): the mean over columns of
 * |a - b| / range, at most 1, for numbers and dates, of 0 or 1 for categories; a
 * missing cell is at 0 from a missing one and at 1 from any value.
 */
import type { Work } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";

/** Rows laid out for comparing: numbers in units of the range, categories numbered alike in both tables. */
interface Layout {
  /** Row-major [rows, numbers] and [rows, categories]. */
  readonly numbers: Float64Array;
  readonly codes: Int32Array;
  readonly rows: number;
}

/** Pairs of rows compared in one piece of work, about 50 ms of it. */
const PIECE = 2_000_000;

/**
 * @param ruler the table whose ranges measure numbers; `reference` in SDMetrics.
 * @returns by row of `table` the distance to its nearest row of `reference`, 0 to 1; Infinity where that has none.
 * @throws TypeError where the tables' columns differ in kind.
 */
export function* nearestDistances(table: Table, reference: Table, ruler = reference): Work<Float64Array> {
  const ranges = rangesOf(ruler);
  const numbering = new Map<string | number, number>();
  const from = layOut(table, ranges, numbering);
  const to = layOut(reference, ranges, numbering);
  const numbers = ranges.filter((range) => range !== undefined).length;
  const categories = ranges.length - numbers;
  const distances = new Float64Array(table.rows);
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / Math.max(1, to.rows)));
  for (let row = 0; row < from.rows; row++) {
    distances[row] = nearest(from, row, to, numbers, categories) / ranges.length;
    if ((row + 1) % rowsAtOnce === 0) yield (row + 1) / from.rows;
  }
  return distances;
}

/** Sum over columns to the nearest row. A row that is already farther than the nearest one is not looked at further. */
function nearest(from: Layout, row: number, to: Layout, numbers: number, categories: number): number {
  const firstNumber = row * numbers;
  const firstCode = row * categories;
  let least = Infinity;
  for (let other = 0; other < to.rows; other++) {
    let sum = 0;
    for (let i = 0, at = other * categories; i < categories; i++, at++)
      if (from.codes[firstCode + i] !== to.codes[at]) sum++;
    if (sum >= least) continue;
    for (let i = 0, at = other * numbers; i < numbers && sum < least; i++, at++) {
      const a = from.numbers[firstNumber + i]!;
      const b = to.numbers[at]!;
      const apart = Math.abs(a - b);
      // NaN where either is missing: then only two missing cells are alike.
      if (apart <= 1) sum += apart;
      else if (apart > 1 || !Number.isNaN(a) || !Number.isNaN(b)) sum++;
    }
    if (sum < least) least = sum;
  }
  return least;
}

/** By column the spread of its numbers; undefined for categories and where there is none: then a value is the same or another. */
function rangesOf({ columns }: Table): readonly (number | undefined)[] {
  return columns.map((column) => {
    if (!("values" in column)) return undefined;
    let min = Infinity;
    let max = -Infinity;
    for (const value of column.values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return max > min ? max - min : undefined;
  });
}

function layOut(
  { columns, rows }: Table,
  ranges: readonly (number | undefined)[],
  numbering: Map<string | number, number>,
): Layout {
  const numbers = ranges.filter((range) => range !== undefined).length;
  const categories = ranges.length - numbers;
  const layout = {
    numbers: new Float64Array(rows * numbers),
    codes: new Int32Array(rows * categories),
    rows,
  };
  const code = (value: string | number): number => {
    const known = numbering.get(value) ?? numbering.size;
    numbering.set(value, known);
    return known;
  };
  let number = 0;
  let category = 0;
  columns.forEach((column, i) => {
    const range = ranges[i];
    if (range !== undefined) {
      if (!("values" in column))
        throw new TypeError(
          `Column "${column.name}" holds categories in one table and numbers in the other.`,
        );
      for (let row = 0; row < rows; row++)
        layout.numbers[row * numbers + number] = column.values[row]! / range;
      number++;
      return;
    }
    const own = "levels" in column ? Int32Array.from(column.levels, code) : undefined;
    for (let row = 0; row < rows; row++) {
      const missing = "codes" in column ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!);
      layout.codes[row * categories + category] = missing
        ? -1
        : "codes" in column
          ? own![column.codes[row]!]!
          : code(column.values[row]!);
    }
    category++;
  });
  return layout;
}
