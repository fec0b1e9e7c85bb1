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
  const crowds = crowdsOf(to);
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / Math.max(1, reference.rows)));
  for (let row = 0; row < table.rows; row += rowsAtOnce) {
    const end = Math.min(table.rows, row + rowsAtOnce);
    searchStretch(from, to, crowds, row, end, k, nearest);
    yield end / table.rows;
  }
  const { columns } = table;
  for (let i = 0; i < nearest.distances.length; i++) nearest.distances[i]! /= Math.max(1, columns.length);
  return nearest;
}

/** What `nearestRows` found of some of its rows. */
export function nearestOf({ rows, distances }: Nearest, k: number, some: Int32Array): Nearest {
  const places = Int32Array.from(
    { length: k * some.length },
    (_, i) => k * some[Math.floor(i / k)]! + (i % k),
  );
  return {
    rows: places.map((at) => rows[at]!),
    distances: Float64Array.from(places, (at) => distances[at]!),
  };
}

/** Rows with the same first four categories, crowd by crowd: how many of these are others is asked once a crowd. */
interface Crowds {
  /** The first word of each crowd's rows. */
  readonly words: Int32Array;
  /** Crowd c is `rows[starts[c]..starts[c + 1] - 1]`. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

function crowdsOf({ words, wordWidth, rows: count }: Layout): Crowds {
  const first = Int32Array.from({ length: count }, (_, row) =>
    wordWidth === 0 ? 0 : words[row * wordWidth]!,
  );
  const rows = first.map((_, row) => row).sort((a, b) => first[a]! - first[b]! || a - b);
  const starts: number[] = [];
  rows.forEach((row, at) => {
    if (at === 0 || first[row] !== first[rows[at - 1]!]) starts.push(at);
  });
  return {
    words: Int32Array.from(starts, (at) => first[rows[at]!]!),
    starts: Int32Array.of(...starts, count),
    rows,
  };
}

/** Of two words of four categories, how many differ: a byte of what is apart is 0 where they are equal. */
function unequalOf(apart: number): number {
  const unequal = (((apart & 0x7f7f7f7f) + 0x7f7f7f7f) | apart) & 0x80808080;
  return Math.imul((unequal >>> 7) & 0x01010101, 0x01010101) >>> 24;
}

/**
 * Sums over columns of rows start..end-1. Crowds that differ in no category of the first word come first, then those that
 * differ in one, and so on: a row that is near is soon found, and crowds that are farther by that word alone are not looked
 * into. A row that is already farther than the k-th nearest one is not looked at further.
 */
function searchStretch(
  from: Layout,
  to: Layout,
  crowds: Crowds,
  start: number,
  end: number,
  k: number,
  { rows, distances }: { rows: Int32Array; distances: Float64Array },
): void {
  // Locals, not properties: the innermost lines run a hundred million times.
  const { numbers: a, words: v, wide: x, numberWidth, wordWidth, wideWidth } = from;
  const { numbers: b, words: w, wide: y } = to;
  const { words: crowdWords, starts, rows: members } = crowds;
  const unequal = new Uint8Array(crowdWords.length);
  for (let row = start; row < end; row++) {
    const last = (row + 1) * k - 1;
    let least = Infinity;
    const own = wordWidth === 0 ? 0 : v[row * wordWidth]!;
    for (let crowd = 0; crowd < crowdWords.length; crowd++)
      unequal[crowd] = unequalOf(own ^ crowdWords[crowd]!);
    for (let apartBy = 0; apartBy <= 4 && apartBy <= least; apartBy++)
      for (let crowd = 0; crowd < unequal.length; crowd++) {
        if (unequal[crowd]! !== apartBy) continue;
        for (let member = starts[crowd]!, stopAt = starts[crowd + 1]!; member < stopAt; member++) {
          const other = members[member]!;
          let sum = apartBy;
          for (
            let i = row * wordWidth + 1, j = other * wordWidth + 1, stop = j + wordWidth - 1;
            j < stop;
            i++, j++
          )
            sum += unequalOf(v[i]! ^ w[j]!);
          if (sum > least) continue;
          for (let i = row * wideWidth, j = other * wideWidth, stop = j + wideWidth; j < stop; i++, j++)
            if (x[i] !== y[j]) sum++;
          for (
            let i = row * numberWidth, j = other * numberWidth, stop = j + numberWidth;
            j < stop;
            i++, j++
          ) {
            const apart = Math.abs(a[i]! - b[j]!);
            sum += apart < 1 ? apart : 1;
            if (sum > least) break;
          }
          // Rows don't come in their order: of equally near ones the first counts all the same.
          if (sum > least || (sum === least && other > rows[last]!)) continue;
          let at = last;
          for (; at > row * k; at--) {
            if (distances[at - 1]! < sum || (distances[at - 1]! === sum && rows[at - 1]! < other)) break;
            distances[at] = distances[at - 1]!;
            rows[at] = rows[at - 1]!;
          }
          distances[at] = sum;
          rows[at] = other;
          least = distances[last]!;
        }
      }
  }
}
