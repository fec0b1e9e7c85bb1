/** Synthetic rows on their way out: pieces of numbers as the model draws them, a CSV in the table's own spelling in the end. */
import type { Given, Matrix } from "../encode/span.ts";
import type { AnalysisCommand } from "../protocol/analysis.ts";
import { random, type Random } from "../random/random.ts";
import { conditionWords } from "../table/condition.ts";
import { count, plural } from "../table/said.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { writeCsv } from "../table/writeCsv.ts";
import type { Prepared } from "./preparing.ts";
import { wishes } from "./wishes.ts";

/** Most rows in one download; a file of this many opens nowhere comfortably, but it is made. */
export const mostRows = 1_000_000;

/** Text held as text, in characters. */
const mostCharacters = 8_000_000;

/** What to ask of the model next. */
export interface Order {
  readonly rows: number;
  readonly seed: number;
  readonly given?: Given;
}

export interface Taking {
  /** Rows written so far. */
  readonly made: number;
  /** Undefined where nothing more is to be asked for: all rows are there, or it is no use. */
  order(): Order | undefined;
  /** Decodes one piece and writes what is wanted of it. @param heeds whether the model keeps to what is given. */
  add(piece: Matrix, heeds: boolean): void;
  /** @throws Error in words where there is no row to take away. */
  finish(): { readonly csv: Blob; readonly name: string; readonly note: string };
}

type Download = Extract<AnalysisCommand, { type: "download" }>;

/** @throws Error in words where the conditions can't be met. */
export function takeAway(prepared: Prepared, command: Download): Taking {
  const { seed, rows, conditions = [] } = command;
  const source: Random = random(seed).fork("decode");
  const paper = csvOf(prepared, command);
  const left =
    prepared.left.length === 0
      ? ""
      : ` Left out, since ${prepared.left.length === 1 ? "it was" : "they were"} switched off: ${prepared.left.slice(0, 5).join(", ")}${prepared.left.length > 5 ? " …" : ""}.`;
  const name = fileName(prepared.name, rows);
  if (conditions.length === 0) {
    let asked = false;
    return {
      get made() {
        return paper.rows;
      },
      order() {
        if (asked) return undefined;
        asked = true;
        return { rows, seed };
      },
      add: (piece) => paper.write(prepared.encoder.decode(piece, source)),
      finish: () => ({
        csv: paper.blob(),
        name,
        note: `${plural(paper.rows, "synthetic row")} written.${left}`,
      }),
    };
  }

  const wanted = wishes(prepared, conditions, rows, random(seed).fork("wishes"));
  const words = conditionWords(conditions);
  const rounds = random(seed).fork("rounds");
  let drawn = 0;
  let heeded = true;
  return {
    get made() {
      return paper.rows;
    },
    order() {
      if (wanted.left === 0 || drawn >= Math.max(fewestDrawn, patience * rows)) return undefined;
      const round = drawn === 0 ? seed : rounds.integer(2 ** 32);
      if (heeded) {
        const given = wanted.next(mostGiven);
        return { rows: given.rows.rows, seed: round, given };
      }
      // As many as it should take, by what was found so far.
      const expected = (wanted.left * drawn) / Math.max(1, paper.rows);
      return { rows: Math.round(Math.min(mostSifted, Math.max(mostGiven, expected))), seed: round };
    },
    add(piece, heeds) {
      heeded = heeds;
      const made = prepared.encoder.decode(piece, source);
      drawn += made.rows;
      const taken = wanted.take(made);
      if (taken.length > 0) paper.write(selectRows(made, taken));
    },
    finish() {
      const sifted = heeded ? "" : ` Picked from ${plural(drawn, "row")} that the model drew.`;
      const remedy = heeded ? "" : " Diffusion's masked process makes such rows directly.";
      if (paper.rows === 0)
        throw new Error(`None of ${plural(drawn, "row")} that the model drew has ${words}.${remedy}`);
      const short =
        wanted.left === 0
          ? `${plural(paper.rows, "synthetic row")} written: ${words}.${sifted}`
          : `Only ${count(paper.rows)} of ${plural(rows, "row")} written: ${words} is rare among the ${count(drawn)} that the model drew.${remedy}`;
      return { csv: paper.blob(), name, note: short + left };
    },
  };
}

/** Rows asked for at once with what is given of them, and rows drawn at once to pick from. */
const mostGiven = 2_000;
const mostSifted = 20_000;
/** Rows drawn, at least and for each row wanted, before what is not found is taken for not to be had. */
const fewestDrawn = 200_000;
const patience = 100;

/** Pieces of one table as one CSV. */
function csvOf(
  prepared: Prepared,
  { escapeFormulas }: Download,
): { readonly rows: number; write(table: Table): void; blob(): Blob } {
  // A browser may keep a blob on disk, and never a string: what has grown large becomes one.
  let parts: (Blob | string)[] = [];
  let characters = 0;
  let written = 0;
  return {
    get rows() {
      return written;
    },
    write(table) {
      const [first = "", ...rest] = writeCsv(table, { escapeFormulas, delimiter: prepared.delimiter });
      // Each piece is a table of its own; only the first one's header line is wanted.
      const fresh = [written === 0 ? first : first.slice(afterHeader(first)), ...rest];
      parts.push(...fresh);
      written += table.rows;
      characters += fresh.reduce((sum, part) => sum + part.length, 0);
      if (characters < mostCharacters) return;
      parts = [new Blob(parts)];
      characters = 0;
    },
    blob: () => new Blob(parts, { type: "text/csv;charset=utf-8" }),
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
