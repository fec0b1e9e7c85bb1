/** Synthetic rows on their way out: pieces of numbers as the model draws them, a CSV in the table's own spelling in the end. */
import type { Matrix } from "../encode/span.ts";
import type { AnalysisCommand } from "../protocol/analysis.ts";
import { random } from "../random/random.ts";
import { plural } from "../table/said.ts";
import { writeCsv } from "../table/writeCsv.ts";
import type { Prepared } from "./preparing.ts";

/** Most rows in one download; a file of this many opens nowhere comfortably, but it is made. */
export const mostRows = 1_000_000;

/** Text held as text, in characters. */
const mostCharacters = 8_000_000;

/** What rows are written by: how numbers become cells, and what stands between those. */
export type Spelling = Pick<Prepared, "encoder" | "delimiter">;

/**
 * Writes pieces of drawn rows, one after another, as parts of one CSV: the header goes before the first.
 * @returns for each piece its text, to be joined without anything between.
 */
export function csvWriter(
  { encoder, delimiter }: Spelling,
  { seed, escapeFormulas }: { readonly seed: number; readonly escapeFormulas: boolean },
): (piece: Matrix) => readonly string[] {
  const source = random(seed).fork("decode");
  let begun = false;
  return (piece) => {
    const [first = "", ...rest] = writeCsv(encoder.decode(piece, source), { escapeFormulas, delimiter });
    // Each piece is a table of its own; only the first one's header line is wanted.
    const fresh = begun ? first.slice(afterHeader(first)) : first;
    begun = true;
    return [fresh, ...rest];
  };
}

export interface Taking {
  /** Decodes and writes one piece. */
  add(piece: Matrix): void;
  finish(): { readonly csv: Blob; readonly name: string; readonly note: string };
}

export function takeAway(
  prepared: Prepared,
  { seed, escapeFormulas, rows }: Extract<AnalysisCommand, { type: "download" }>,
): Taking {
  const write = csvWriter(prepared, { seed, escapeFormulas });
  // A browser may keep a blob on disk, and never a string: what has grown large becomes one.
  let parts: (Blob | string)[] = [];
  let characters = 0;
  let written = 0;
  return {
    add(piece) {
      const fresh = write(piece);
      parts.push(...fresh);
      written += piece.rows;
      characters += fresh.reduce((sum, part) => sum + part.length, 0);
      if (characters < mostCharacters) return;
      parts = [new Blob(parts)];
      characters = 0;
    },
    finish() {
      const left =
        prepared.left.length === 0
          ? ""
          : ` Left out, since ${prepared.left.length === 1 ? "it was" : "they were"} switched off: ${prepared.left.slice(0, 5).join(", ")}${prepared.left.length > 5 ? " …" : ""}.`;
      return {
        csv: new Blob(parts, { type: "text/csv;charset=utf-8" }),
        name: fileName(prepared.name, rows),
        note: `${plural(written, "synthetic row")} written.${left}`,
      };
    },
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

/** "birds.csv" -> "birds-synthetic-400.csv", free of what file systems refuse. */
function fileName(source: string, rows: number): string {
  const stem = source
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem === "" ? "table" : stem.toLowerCase()}-synthetic-${rows}.csv`;
}
