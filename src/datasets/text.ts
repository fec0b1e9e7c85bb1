/**
 * A typed table as the text it would be in a file. Built-in data take the same
 * road as a person's own: text first, and then whatever reading the table gets.
 */
import { dateFormat } from "../table/date.ts";
import { formatNumber } from "../table/number.ts";
import type { Column, Table, TextColumn, TextTable } from "../table/table.ts";

/** Every cell in its column's own spelling; a missing cell is the column's missing mark. */
export function toText(table: Table): TextTable {
  return { columns: table.columns.map(columnText), rows: table.rows };
}

function columnText(column: Column): TextColumn {
  const { name, missingMark } = column;
  switch (column.type) {
    case "number":
      return coded(name, column.values, (value) =>
        Number.isNaN(value) ? missingMark : formatNumber(value, column.format),
      );
    case "datetime": {
      const format = dateFormat(column.pattern);
      return coded(name, column.values, (value) =>
        Number.isNaN(value) ? missingMark : format.format(value),
      );
    }
    case "category":
    case "boolean":
    case "identifier":
    case "text":
    case "constant":
      return coded(name, column.codes, (code) => (code < 0 ? missingMark : column.levels[code]!));
  }
}

/** One code a cell. Each distinct value is written once: pixel columns have many cells and few values. */
function coded(name: string, cells: Float64Array | Int32Array, write: (cell: number) => string): TextColumn {
  const codeOfCell = new Map<number, number>();
  const codeOfText = new Map<string, number>();
  const codes = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    let code = codeOfCell.get(cell);
    if (code === undefined) {
      const text = write(cell);
      // Different values may share a spelling, as 1.04 and 0.96 do to one decimal.
      code = codeOfText.get(text) ?? codeOfText.size;
      codeOfText.set(text, code);
      codeOfCell.set(cell, code);
    }
    codes[row] = code;
  }
  return { name, codes, levels: [...codeOfText.keys()] };
}
