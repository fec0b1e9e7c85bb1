/** The file that rows are taken away in: a CSV in the table's own spelling, written a piece at a time. */
import { writeCsv } from "../table/writeCsv.ts";
import type { Table } from "../table/table.ts";
import type { Prepared } from "./preparing.ts";

/** Text held as text, in characters. */
const mostCharacters = 8_000_000;

export interface Sheet {
  readonly rows: number;
  /** Writes the rows of a piece; all pieces have the same columns. */
  write(table: Table): void;
  csv(): Blob;
}

export function openSheet({ delimiter }: Prepared, escapeFormulas: boolean): Sheet {
  // A browser may keep a blob on disk, and never a string: what has grown large becomes one.
  let parts: (Blob | string)[] = [];
  let characters = 0;
  let written = 0;
  return {
    get rows() {
      return written;
    },
    write(table) {
      const [first = "", ...rest] = writeCsv(table, { escapeFormulas, delimiter });
      // Each piece is a table of its own; only the first one's header line is wanted.
      const fresh = [written === 0 ? first : first.slice(afterHeader(first)), ...rest];
      parts.push(...fresh);
      written += table.rows;
      characters += fresh.reduce((sum, part) => sum + part.length, 0);
      if (characters < mostCharacters) return;
      parts = [new Blob(parts)];
      characters = 0;
    },
    csv: () => new Blob(parts, { type: "text/csv;charset=utf-8" }),
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
export function fileName(source: string, what: string): string {
  const stem = source
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem === "" ? "table" : stem.toLowerCase()}-${what}.csv`;
}
