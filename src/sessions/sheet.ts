/** Rows on paper: a CSV in the table's own spelling, written a piece at a time. */
import { stackAll } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { writeCsv } from "../table/writeCsv.ts";
import type { Prepared } from "./preparing.ts";

/** What rows are written by: how numbers become cells, and what stands between those. */
export type Spelling = Pick<Prepared, "encoder" | "delimiter">;

/** Takes the rows of a file, a piece at a time; all pieces have the same columns. */
export interface Sheet {
  /** Rows so far. */
  readonly rows: number;
  write(table: Table): void;
}

/** Hands on each piece's text, to be joined without anything between: the header goes before the first. */
export function textSheet(
  { delimiter }: Pick<Spelling, "delimiter">,
  escapeFormulas: boolean,
  take: (texts: readonly string[]) => void,
): Sheet {
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    write(table) {
      const [first = "", ...rest] = writeCsv(table, { escapeFormulas, delimiter });
      // Each piece is a table of its own; only the first one's header line is wanted.
      take([rows === 0 ? first : first.slice(afterHeader(first)), ...rest]);
      rows += table.rows;
    },
  };
}

/** Text held as text, in characters. */
const mostCharacters = 8_000_000;

/** A sheet that a browser can save. */
export function blobSheet(
  spelling: Pick<Spelling, "delimiter">,
  escapeFormulas: boolean,
): Sheet & { csv(): Blob } {
  // A browser may keep a blob on disk, and never a string: what has grown large becomes one.
  let parts: (Blob | string)[] = [];
  let characters = 0;
  const sheet = textSheet(spelling, escapeFormulas, (texts) => {
    parts.push(...texts);
    characters += texts.reduce((sum, part) => sum + part.length, 0);
    if (characters < mostCharacters) return;
    parts = [new Blob(parts)];
    characters = 0;
  });
  return {
    get rows() {
      return sheet.rows;
    },
    write: (table) => sheet.write(table),
    csv: () => new Blob(parts, { type: "text/csv;charset=utf-8" }),
  };
}

/** Rows that are wanted as a table and not as a file; undefined as long as there is none. */
export function tableSheet(): Sheet & { table(): Table | undefined } {
  const pieces: Table[] = [];
  return {
    get rows() {
      return pieces.reduce((sum, { rows }) => sum + rows, 0);
    },
    write: (table) => void pieces.push(table),
    table: () => (pieces.length === 0 ? undefined : stackAll(pieces)),
  };
}

/** Where the line after the header begins; quoted names may hold line ends. */
function afterHeader(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === "\n" && !quoted) return i + 1;
  }
  return text.length;
}

/** "birds.csv", "synthetic-400" -> "birds-synthetic-400.csv", free of what file systems refuse. */
export function fileName(source: string, what: string, ending = "csv"): string {
  const stem = source
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem === "" ? "table" : stem.toLowerCase()}-${what}.${ending}`;
}
