/** Writes a table the way its file was written: names, order, spellings, decimals, missing marks. */
import { dateFormat } from "./date.ts";
import { formatNumber } from "./number.ts";
import type { Column, Table } from "./table.ts";

export interface CsvWriting {
  /**
   * Puts an apostrophe before text cells that a spreadsheet would run as a
   * formula. Off by default in the lab: an escaped cell is no longer the
   * category it was. Numbers and dates are never touched.
   */
  readonly escapeFormulas: boolean;
  /** "," unless said otherwise. */
  readonly delimiter?: string;
}

const rowsPerPiece = 1000;

/**
 * The table as CSV (RFC 4180, but lines end in "\n"), header first, in pieces of
 * a thousand rows to be joined without anything between.
 */
export function* writeCsv(table: Table, { escapeFormulas, delimiter = "," }: CsvWriting): Iterable<string> {
  const quote = quoter(delimiter);
  const safe = escapeFormulas ? escapeFormula : (text: string): string => text;
  const writers = table.columns.map((column) => cellWriter(column, quote, safe));
  // A lone empty cell would be a blank line, which readers skip.
  const alone = table.columns.length === 1;
  const lineOf = (cells: readonly string[]): string =>
    `${alone && cells[0] === "" ? '""' : cells.join(delimiter)}\n`;

  let piece = lineOf(table.columns.map(({ name }, i) => headerCell(quote(safe(name)), i === 0)));
  for (let row = 0; row < table.rows; row++) {
    piece += lineOf(writers.map((write) => write(row)));
    if (row % rowsPerPiece === rowsPerPiece - 1) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

/** One row's cells in the column's own spelling, neither quoted nor escaped. */
export function cellText(column: Column, row: number): string {
  return textWriter(column)(row);
}

function textWriter(column: Column): (row: number) => string {
  const { missingMark } = column;
  if (column.type === "number") {
    const { values, format } = column;
    return (row) => (Number.isNaN(values[row]!) ? missingMark : formatNumber(values[row]!, format));
  }
  if (column.type === "datetime") {
    const { values } = column;
    const { format } = dateFormat(column.pattern);
    return (row) => (Number.isNaN(values[row]!) ? missingMark : format(values[row]!));
  }
  const { codes, levels } = column;
  return (row) => (codes[row]! < 0 ? missingMark : levels[codes[row]!]!);
}

function cellWriter(
  column: Column,
  quote: (text: string) => string,
  safe: (text: string) => string,
): (row: number) => string {
  const write = textWriter(column);
  if (column.type === "number" || column.type === "datetime") return (row) => quote(write(row));
  const missing = quote(column.missingMark);
  const cells = column.levels.map((level) => quote(safe(level)));
  return (row) => (column.codes[row]! < 0 ? missing : cells[column.codes[row]!]!);
}

function quoter(delimiter: string): (text: string) => string {
  return (text) =>
    text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The file's first characters say what kind of file it is: a name must not look like a mark or a signature. */
function headerCell(cell: string, first: boolean): string {
  return first && (/^[^\p{L}\p{N}_"]/u.test(cell) || /^sep=/i.test(cell))
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}

/** Excel, LibreOffice and Sheets start a formula (or DDE call) at these, after blanks as well. */
const formula = /^\s*[=+\-@|%＝＋－＠\t\r]/;
const harmless = /^\s*[-+]?(\d[\d.,' ]*|[.,]\d+)(e[-+]?\d+)?\s?%?\s*$|^[-–—.%]+$/i;

/** An apostrophe before what would run as a formula; plain numbers such as -5 stay. */
export function escapeFormula(text: string): string {
  if (!formula.test(text)) return text;
  const number = text.length < 64 && harmless.test(text) && !/^[\t\r]/.test(text);
  return number ? text : `'${text}`;
}
