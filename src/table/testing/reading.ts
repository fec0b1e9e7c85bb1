/** Short ways for tests to hand files to `readCsv` and to look at what came out. */
import { random } from "../../random/random.ts";
import { readCsv, type CsvOptions, type CsvReading } from "../csv.ts";
import { defaultMissingMarks } from "../missing.ts";
import type { TextTable } from "../table.ts";

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-16 without a byte-order mark. */
export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return bytes;
}

/** Characters up to U+00FF, one byte each. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The bytes cut into pieces of these sizes, again and again. */
export async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export function read(
  file: string | Uint8Array,
  options: Partial<CsvOptions> = {},
  sizes: readonly number[] = [65_536],
): Promise<CsvReading> {
  const bytes = typeof file === "string" ? utf8(file) : file;
  return readCsv(cut(bytes, sizes), {
    missingMarks: defaultMissingMarks,
    rowLimit: 100_000,
    random: random(1),
    ...options,
  });
}

/** The table's cells, row by row. */
export function rowsOf(table: TextTable): readonly (readonly string[])[] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map(({ codes, levels }) => levels[codes[row]!]!),
  );
}

export function namesOf(table: TextTable): readonly string[] {
  return table.columns.map((column) => column.name);
}
