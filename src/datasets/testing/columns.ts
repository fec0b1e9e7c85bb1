/** Reading made-up tables in tests. */
import type { Table } from "../../table/table.ts";

function find(table: Table, name: string): Table["columns"][number] {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return column;
}

/** Values of a number or date column, NaN for missing. */
export function numbers(table: Table, name: string): Float64Array {
  const column = find(table, name);
  if (column.type !== "number" && column.type !== "datetime") throw new Error(`${name} holds no numbers`);
  return column.values;
}

/** Cells of a category column, undefined for missing. */
export function texts(table: Table, name: string): (string | undefined)[] {
  const column = find(table, name);
  if (column.type === "number" || column.type === "datetime") throw new Error(`${name} holds no categories`);
  return Array.from(column.codes, (code) => column.levels[code]);
}

/** Share of `rows` for which `holds` is true, among those that `among` lets through. */
export function share(
  rows: number,
  holds: (row: number) => boolean,
  among: (row: number) => boolean = () => true,
): number {
  let [yes, all] = [0, 0];
  for (let row = 0; row < rows; row++)
    if (among(row)) {
      all++;
      if (holds(row)) yes++;
    }
  return yes / all;
}

/** Pearson's correlation over the rows where both are present and `among` holds. */
export function correlation(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  among: (row: number) => boolean = () => true,
): number {
  const rows = Array.from({ length: a.length }, (_, row) => row).filter(
    (row) => among(row) && !Number.isNaN(a[row]) && !Number.isNaN(b[row]),
  );
  const mean = (values: ArrayLike<number>): number =>
    rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const row of rows) {
    ab += (a[row]! - ma) * (b[row]! - mb);
    aa += (a[row]! - ma) ** 2;
    bb += (b[row]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
