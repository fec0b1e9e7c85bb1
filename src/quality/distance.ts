/**
 * Distance to the closest record (DCR): how near a row comes to the nearest
 * row of another table, in the measure of SDMetrics' DCR metrics (after J. C.
 * Gower, A General Coefficient of Similarity, 1971): the mean over columns of
 * |a - b| / range, at most 1, for numbers and dates, of 0 or 1 for categories; a
 * missing cell is at 0 from a missing one and at 1 from any value.
 */
import type { Work } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";
import { layOut, type Layout } from "./layout.ts";

/** Pairs of rows compared in one piece of work: some 20 to 200 ms of it. */
const PIECE = 1_000_000;

/** The nearest rows of each row, nearest first: row-major [rows, k]. */
export interface Nearest {
  /** Which rows of the reference; -1 where it has fewer than k. */
  readonly rows: Int32Array;
  /** 0 to 1; Infinity where the reference has fewer than k rows. */
  readonly distances: Float64Array;
}

/**
 * @param ruler the table whose ranges measure numbers; `reference` in SDMetrics.
 * @returns by row of `table` the distance to its nearest row of `reference`, 0 to 1; Infinity where that has none.
 * @throws TypeError where the tables' columns differ in kind.
 */
export function* nearestDistances(table: Table, reference: Table, ruler = reference): Work<Float64Array> {
  return (yield* nearestRows(table, reference, 1, ruler)).distances;
}

/**
 * The k nearest rows and how near they are. Of equally near ones the first counts.
 *
 * @throws TypeError where the tables' columns differ in kind.
 */
export function* nearestRows(table: Table, reference: Table, k: number, ruler = reference): Work<Nearest> {
  const [from, to] = layOut(table, reference, ruler);
  const nearest = {
    rows: new Int32Array(table.rows * k).fill(-1),
    distances: new Float64Array(table.rows * k).fill(Infinity),
  };
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / Math.max(1, reference.rows)));
  for (let row = 0; row < table.rows; row += rowsAtOnce) {
    const end = Math.min(table.rows, row + rowsAtOnce);
    searchStretch(from, to, row, end, k, nearest);
    yield end / table.rows;
  }
  const { columns } = table;
  for (let i = 0; i < nearest.distances.length; i++) nearest.distances[i]! /= Math.max(1, columns.length);
  return nearest;
}

/** Sums over columns of rows start..end-1. A row that is already farther than the k-th nearest one is not looked at further. */
function searchStretch(
  from: Layout,
  to: Layout,
  start: number,
  end: number,
  k: number,
  { rows, distances }: { rows: Int32Array; distances: Float64Array },
): void {
  // Locals, not properties: the innermost lines run a hundred million times.
  const { numbers: a, words: v, wide: x, numberWidth, wordWidth, wideWidth } = from;
  const { numbers: b, words: w, wide: y, rows: others } = to;
  for (let row = start; row < end; row++) {
    const last = (row + 1) * k - 1;
    let least = Infinity;
    for (let other = 0; other < others; other++) {
      let sum = 0;
      for (let i = row * wordWidth, j = other * wordWidth, stop = j + wordWidth; j < stop; i++, j++) {
        // Four categories at once: a byte of `apart` is 0 where they are equal. What is added up is 1 for each that is not.
        const apart = v[i]! ^ w[j]!;
        if (apart === 0) continue;
        const unequal = (((apart & 0x7f7f7f7f) + 0x7f7f7f7f) | apart) & 0x80808080;
        sum += Math.imul((unequal >>> 7) & 0x01010101, 0x01010101) >>> 24;
      }
      if (sum >= least) continue;
      for (let i = row * wideWidth, j = other * wideWidth, stop = j + wideWidth; j < stop; i++, j++)
        if (x[i] !== y[j]) sum++;
      for (let i = row * numberWidth, j = other * numberWidth, stop = j + numberWidth; j < stop; i++, j++) {
        const apart = Math.abs(a[i]! - b[j]!);
        sum += apart < 1 ? apart : 1;
        if (sum >= least) break;
      }
      if (sum >= least) continue;
      let at = last;
      for (; at > row * k && distances[at - 1]! > sum; at--) {
        distances[at] = distances[at - 1]!;
        rows[at] = rows[at - 1]!;
      }
      distances[at] = sum;
      rows[at] = other;
      least = distances[last]!;
    }
  }
}
