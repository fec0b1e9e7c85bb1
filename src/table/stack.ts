/** Tables of the same columns, one below the other. */
import type { Column, Table } from "./table.ts";

/**
 * Categories are matched by their spelling: each table may number them in its own way.
 * @throws TypeError where the columns differ in number, name or kind.
 */
export function stackTables(above: Table, below: Table): Table {
  if (above.columns.length !== below.columns.length)
    throw new TypeError(
      `These tables have ${above.columns.length} and ${below.columns.length} columns, so their rows don't belong together.`,
    );
  return {
    columns: above.columns.map((column, i) => stackColumns(column, below.columns[i]!)),
    rows: above.rows + below.rows,
  };
}

/**
 * Any number of them, halves at a time: stacked one after the other, the first rows would be copied as often as there are tables.
 * @param tables at least one.
 * @throws TypeError as above.
 */
export function stackAll(tables: readonly Table[]): Table {
  if (tables.length === 1) return tables[0]!;
  const middle = tables.length >> 1;
  return stackTables(stackAll(tables.slice(0, middle)), stackAll(tables.slice(middle)));
}

function stackColumns(above: Column, below: Column): Column {
  if (above.name === below.name) {
    if ("values" in above && "values" in below) {
      const values = new Float64Array(above.values.length + below.values.length);
      values.set(above.values);
      values.set(below.values, above.values.length);
      return { ...above, values };
    }
    if ("codes" in above && "codes" in below) {
      const levels = [...new Set([...above.levels, ...below.levels])];
      const place = new Map(levels.map((level, code) => [level, code]));
      const moved = Int32Array.from(below.levels, (level) => place.get(level)!);
      const codes = new Int32Array(above.codes.length + below.codes.length);
      codes.set(above.codes);
      below.codes.forEach((code, row) => (codes[above.codes.length + row] = code < 0 ? code : moved[code]!));
      return { ...above, codes, levels };
    }
  }
  throw new TypeError(
    `Column "${above.name}" (${above.type}) stands where the other table has "${below.name}" (${below.type}).`,
  );
}
