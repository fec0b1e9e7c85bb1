/**
 * Recognises a table whose rows are small square images, as in the CSV copies of
 * MNIST (784 pixels, 0 to 255) and of the 8x8 digits (64 pixels, 0 to 16).
 *
 * A pixel column holds whole numbers from 0 to 255 and nothing else, and its name
 * has a number in it, as pixel names always do and the names of yes-no answers
 * rarely. The count of pixel columns is a square, 64 or more; one more column may
 * stand first or last and is the label. Where a label of small integers could be a
 * pixel itself, the column whose name is built unlike the others' is the label,
 * or else the more varied of the two: pixels at the rim are mostly blank.
 */
import type { Column, Table, TextColumn, TextTable } from "../table/table.ts";

export interface PixelLayout {
  readonly width: number;
  readonly height: number;
  /** Value of the brightest possible pixel: 255, 16 or 1. */
  readonly maximum: 255 | 16 | 1;
  /** Indexes of the pixel columns, row by row from the top left. */
  readonly columns: readonly number[];
  /** Index of the label column, if there is one. */
  readonly labelColumn: number | undefined;
}

const least = 64;

/** The side of a square of `n` pixels, or undefined where `n` is none or too small. */
function sideOf(n: number): number | undefined {
  const side = Math.round(Math.sqrt(n));
  return n >= least && side * side === n ? side : undefined;
}

/** The brightest value, or undefined where a cell is anything but a whole number from 0 to 255. */
function brightest(column: Column | TextColumn): number | undefined {
  if (!/\d/.test(column.name)) return undefined;
  if (!("values" in column)) {
    if ("type" in column && column.codes.includes(-1)) return undefined;
    let most = 0;
    for (const level of column.levels) {
      if (!/^\s*\d{1,3}(\.0*)?\s*$/.test(level)) return undefined;
      most = Math.max(most, Number(level));
    }
    return most <= 255 ? most : undefined;
  }
  if (column.type !== "number") return undefined;
  let most = 0;
  for (const value of column.values) {
    // NaN, a missing pixel, fails the first test too.
    if (!(value >= 0 && value <= 255) || !Number.isInteger(value)) return undefined;
    if (value > most) most = value;
  }
  return most;
}

/** A column's name without its digits: "pixel_12" -> "pixel_". */
const stem = (column: Column | TextColumn): string => column.name.replace(/\d+/g, "").toLowerCase();

/** Share of rows that hold the column's most frequent value. */
function concentration(column: Column | TextColumn): number {
  const counts = new Map<number, number>();
  const cells = "values" in column ? column.values : column.codes;
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return Math.max(...counts.values()) / cells.length;
}

/** Position of the label among columns that are one too many for a square, or undefined where none can be. */
function findLabel(
  columns: readonly (Column | TextColumn)[],
  tops: readonly (number | undefined)[],
): number | undefined {
  const last = columns.length - 1;
  const others = tops.findIndex((top, i) => top === undefined && i !== 0 && i !== last);
  if (others >= 0) return undefined;
  if (tops[0] === undefined) return tops[last] === undefined ? undefined : 0;
  if (tops[last] === undefined) return last;
  const common = stem(columns[1]!);
  if (stem(columns[last]!) !== common && stem(columns[0]!) === common) return last;
  if (stem(columns[0]!) !== common) return 0;
  return concentration(columns[last]!) < concentration(columns[0]!) ? last : 0;
}

/** How a table's columns make up images, or undefined where they do not. Works on text and on typed tables alike. */
export function recognisePixels(table: TextTable | Table): PixelLayout | undefined {
  const columns: readonly (Column | TextColumn)[] = table.columns;
  if (table.rows === 0 || (!sideOf(columns.length) && !sideOf(columns.length - 1))) return undefined;
  const tops = columns.map(brightest);
  const whole = sideOf(columns.length) !== undefined && !tops.includes(undefined);
  const labelColumn = whole || !sideOf(columns.length - 1) ? undefined : findLabel(columns, tops);
  if (!whole && labelColumn === undefined) return undefined;
  const pixels = columns.map((_, i) => i).filter((i) => i !== labelColumn);
  const side = sideOf(pixels.length)!;
  const top = Math.max(...pixels.map((i) => tops[i]!));
  if (top < 1) return undefined; // every image is blank
  const maximum = top <= 1 ? 1 : top <= 16 ? 16 : 255;
  return { width: side, height: side, maximum, columns: pixels, labelColumn };
}
