/** Tables that everybody's rows are held beside, made of the training rows alone. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { resample } from "./bootstrap.ts";

/**
 * Every cell drawn from its column by itself: right column by column and in nothing else. What a measure gives it for free
 * is no merit of anybody's.
 */
export function independentColumns(train: Table, rows: number, random: Random): Table {
  const columns = train.columns.map(
    (column, i) =>
      selectRows({ columns: [column], rows: train.rows }, resample(rows, train.rows, random.fork(i)))
        .columns[0]!,
  );
  return { columns, rows };
}

/** Every other row, from the first or from the second on. */
export function everyOther(table: Table, first: 0 | 1): Table {
  return selectRows(table, everyOtherOf(table.rows, first));
}

/** Their numbers, among so many rows. */
export function everyOtherOf(rows: number, first: 0 | 1): Int32Array {
  return Int32Array.from({ length: Math.ceil((rows - first) / 2) }, (_, i) => 2 * i + first);
}

/** At most so many rows, picked at random and in their order. */
export function thinned(table: Table, most: number, random: Random): Table {
  if (table.rows <= most) return table;
  return selectRows(table, random.permutation(table.rows).slice(0, most).sort());
}
