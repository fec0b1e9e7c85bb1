/**
 * Two tables laid out for comparing row with row many million times: numbers in
 * units of a range, categories numbered alike in both and packed four to a word.
 */
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { extremes } from "./valueCoverage.ts";

export interface Layout {
  /** Row-major [rows, numberWidth]; `GAP` where the cell is missing. */
  readonly numbers: Float64Array;
  readonly numberWidth: number;
  /** Row-major [rows, wordWidth], four categories of a byte each in a word; unused bytes are 0. */
  readonly words: Int32Array;
  readonly wordWidth: number;
  /** Row-major [rows, wideWidth]: columns of more categories than a byte can name. */
  readonly wide: Int32Array;
  readonly wideWidth: number;
  readonly rows: number;
}

/** Farther than a range from every number, and at 0 from itself. */
const GAP = -1e300;

/** @throws TypeError where a column holds numbers in one table and categories in the other. */
export function layOut(table: Table, reference: Table, ruler: Table): readonly [Layout, Layout] {
  const numbers: { values: readonly [Float64Array, Float64Array]; from: number; range: number }[] = [];
  const narrow: (readonly [Int32Array, Int32Array])[] = [];
  const wide: (readonly [Int32Array, Int32Array])[] = [];
  table.columns.forEach((column, i) => {
    const other = reference.columns[i]!;
    const measure = ruler.columns[i]!;
    if ("values" in column !== "values" in other || "values" in column !== "values" in measure)
      throw new TypeError(t`Column "${column.name}" holds categories in one table and numbers in the other.`);
    if ("values" in column && "values" in other && "values" in measure) {
      const [from, high] = extremes(measure.values);
      if (high > from) {
        numbers.push({ values: [column.values, other.values], from, range: high - from });
        return;
      }
    }
    // Numbers without a range are the same or not, as categories are.
    const numbering = new Map<string | number, number>();
    const codes = [column, other].map((of) => codesOf(of, numbering)) as [Int32Array, Int32Array];
    (numbering.size < 256 ? narrow : wide).push(codes);
  });
  const side = (of: 0 | 1, rows: number): Layout => {
    const wordWidth = Math.ceil(narrow.length / 4);
    const layout = {
      numbers: new Float64Array(rows * numbers.length),
      numberWidth: numbers.length,
      words: new Int32Array(rows * wordWidth),
      wordWidth,
      wide: new Int32Array(rows * wide.length),
      wideWidth: wide.length,
      rows,
    };
    for (let row = 0; row < rows; row++) {
      numbers.forEach(({ values, from, range }, i) => {
        const value = values[of][row]!;
        layout.numbers[row * numbers.length + i] = Number.isNaN(value) ? GAP : (value - from) / range;
      });
      narrow.forEach(
        (codes, i) => (layout.words[row * wordWidth + (i >> 2)]! |= codes[of][row]! << (8 * (i & 3))),
      );
      wide.forEach((codes, i) => (layout.wide[row * wide.length + i] = codes[of][row]!));
    }
    return layout;
  };
  return [side(0, table.rows), side(1, reference.rows)];
}

/** From 1 up in order of appearance, by spelling; 0 where the cell is missing. */
function codesOf(column: Table["columns"][number], numbering: Map<string | number, number>): Int32Array {
  const code = (value: string | number): number => {
    const known = numbering.get(value) ?? numbering.size + 1;
    numbering.set(value, known);
    return known;
  };
  if ("values" in column)
    return Int32Array.from(column.values, (value) => (Number.isNaN(value) ? 0 : code(value)));
  const own = Int32Array.from(column.levels, code);
  return column.codes.map((level) => (level < 0 ? 0 : own[level]!));
}
