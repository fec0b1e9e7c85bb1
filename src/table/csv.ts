/**
 * A CSV file as a text table, streamed: bytes -> characters -> whole rows ->
 * cells -> dictionary-coded columns. At no time is more held than the rows
 * kept, one chunk, and one unfinished row.
 *
 * Nothing is dropped in silence: whatever was mended, padded or left out is in
 * `issues` with its row numbers; what can't be read at all is a `CsvRefusal`.
 */
import { count, plural, t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import { cells } from "./cells.ts";
import { delimiters, detectDialect, type Dialect, type DialectHints } from "./dialect.ts";
import { decoder, sniffEncoding, type Decoder, type Encoding } from "./encoding.ts";
import { foreignFile } from "./foreign.ts";
import { missingTest } from "./missing.ts";
import { CsvCancelled, CsvRefusal } from "./refusal.ts";
import { quoted, rowLog } from "./said.ts";
import { sample } from "./sample.ts";
import type { TextTable } from "./table.ts";
import { wholeRows } from "./wholeRows.ts";

export interface CsvOptions extends DialectHints {
  readonly missingMarks: readonly string[];
  /** Above this many rows a random sample is kept. */
  readonly rowLimit: number;
  readonly random: Random;
  readonly totalBytes?: number;
  /** Skips the guess about the encoding. */
  readonly encoding?: Encoding;
  /** @param share of the bytes read, 0 to 1; 0 while `totalBytes` is unknown. */
  onProgress?(share: number, rows: number): void;
  cancelled?(): boolean;
}

export interface CsvReading {
  readonly table: TextTable;
  /** Rows of data in the file; `table.rows` of them were kept. */
  readonly rowsRead: number;
  /** The file's own header row, before columns were renamed; empty where it had none. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly encoding: string;
  /** What was mended, guessed or left out, in sentences. */
  readonly issues: readonly string[];
}

const mostColumns = 20_000;
/** Cells kept at most, 4 bytes each; wide tables keep fewer rows. */
const mostCells = 50_000_000;
/** Characters of one row; beyond this the file has no rows. */
const longestRow = 16_000_000;
const headBytes = 65_536;
const pieceBytes = 1 << 20;
/** Characters looked at to find the delimiter; more only where rows are longer than that. */
const sampleSizes = [1 << 18, 1 << 20, 1 << 22];

/**
 * Reads a CSV file.
 *
 * @param chunks the file's bytes, cut anywhere.
 * @throws CsvRefusal where there is no table to read; CsvCancelled once `cancelled()` is true.
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, options: CsvOptions): Promise<CsvReading> {
  const reader = rowReader(options);
  const progress = { bytes: 0 };
  let decode: Decoder | undefined;
  let text = "";
  let dialect: Dialect | undefined;

  const take = (more: string, last: boolean): void => {
    text += more;
    if (dialect === undefined) {
      const found = sniff(text, last, options);
      if (found === undefined) return;
      dialect = found;
      reader.start(dialect);
    }
    text = reader.read(text, last);
    options.onProgress?.(
      options.totalBytes ? Math.min(progress.bytes / options.totalBytes, 1) : 0,
      reader.seen,
    );
  };

  for await (const { piece, last } of pieces(chunks)) {
    if (options.cancelled?.() === true) throw new CsvCancelled();
    let body = piece;
    if (decode === undefined) {
      const { encoding, mark } = sniffEncoding(piece);
      const refused = mark > 0 ? undefined : foreignFile(piece, encoding.startsWith("utf-16"));
      if (refused !== undefined) throw new CsvRefusal(refused);
      decode = decoder(options.encoding ?? encoding);
      body = piece.subarray(mark);
    }
    progress.bytes += piece.length;
    take(decode.decode(body, last), last);
  }
  return reader.finish(decode ?? decoder("utf-8"));
}

/** Re-cuts the file: the first piece is the head that encodings are guessed from, no piece is huge, the end is marked. */
async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly piece: Uint8Array; readonly last: boolean }> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk;
    if (head !== undefined) {
      const grown: Uint8Array = new Uint8Array(head.length + bytes.length);
      grown.set(head);
      grown.set(bytes, head.length);
      head = grown;
      if (head.length < headBytes) continue;
      yield { piece: head.subarray(0, headBytes), last: false };
      bytes = head.subarray(headBytes);
      head = undefined;
    }
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield { piece: bytes.subarray(at, at + pieceBytes), last: false };
    }
  }
  yield { piece: head ?? new Uint8Array(0), last: true };
}

/** Looks at a beginning of fixed length, so that the cutting of the chunks never matters; undefined asks for more. */
function sniff(text: string, last: boolean, hints: DialectHints): Dialect | undefined {
  for (const size of sampleSizes) {
    if (text.length <= size && !last) return undefined;
    const whole = text.length <= size && last;
    const head = whole ? text : text.slice(0, size);
    const longer = sampleSizes.at(-1)! > size;
    if (!whole && longer && (head.match(/[\r\n]/g)?.length ?? 0) < 3) continue;
    if (head.trim() === "") {
      if (!whole && longer) continue;
      throw new CsvRefusal(
        whole
          ? t`This file is empty: there is no table in it.`
          : t`This file begins with millions of blanks: no table was found in it.`,
      );
    }
    const dialect = detectDialect(head, whole, hints);
    const width = dialect.names.length;
    if (width > mostColumns) {
      throw new CsvRefusal(
        t`This file has ${count(width)} columns; at most ${count(mostColumns)} can be read. ` +
          t`If rows and columns are the wrong way round, transpose the table; otherwise keep the columns you need.`,
      );
    }
    return dialect;
  }
  return undefined;
}

interface RowReader {
  start(dialect: Dialect): void;
  /** Takes the whole rows of `text` and returns the rest. */
  read(text: string, last: boolean): string;
  readonly seen: number;
  finish(decode: Decoder): CsvReading;
}

function rowReader(options: CsvOptions): RowReader {
  const short = rowLog();
  const long = rowLog();
  const trailing = rowLog();
  const otherwise = rowLog();
  const stray = rowLog();
  const unclosed = rowLog();
  const blank = rowLog();
  let dialect: Dialect | undefined;
  let kept: ReturnType<typeof sample> | undefined;
  let limit = options.rowLimit;
  let row = 0; // rows of the file so far, as a spreadsheet counts them

  const mended = (line: readonly string[], width: number): readonly string[] | undefined => {
    if (line.length === 1 && width > 1) {
      if (line[0]!.trim() === "") {
        blank.add(row);
        return undefined;
      }
      for (const other of delimiters) {
        const split = other === dialect!.delimiter ? [] : line[0]!.split(other);
        if (split.length !== width) continue;
        otherwise.add(row);
        return split;
      }
    }
    if (line.length < width) short.add(row);
    else if (line.slice(width).some((cell) => cell !== "")) long.add(row);
    else trailing.add(row);
    return line;
  };

  return {
    get seen() {
      return kept?.seen ?? 0;
    },
    start(found) {
      dialect = found;
      limit = Math.max(1, Math.min(limit, Math.floor(mostCells / found.names.length)));
      kept = sample(found.names, limit, options.random);
    },
    read(text, last) {
      const { delimiter, skip, names } = dialect!;
      const { ready, rest, mends } = wholeRows(text, delimiter, last);
      for (const mend of mends) (mend.kind === "stray-quote" ? stray : unclosed).add(row + mend.row + 1);
      for (const line of cells(ready, delimiter)) {
        row++;
        if (row <= skip) continue;
        const fitting = line.length === names.length ? line : mended(line, names.length);
        if (fitting !== undefined) kept!.add(fitting);
      }
      if (rest.length > longestRow) {
        throw new CsvRefusal(
          t`Row ${count(row + 1)} is longer than ${count(longestRow)} characters: the file has no line ends there that could be recognised. ` +
            t`Check that it is a CSV file with one row per line.`,
        );
      }
      return rest;
    },
    finish(decode) {
      if (dialect === undefined || kept === undefined)
        throw new CsvRefusal(t`This file is empty: there is no table in it.`);
      const { header, names, delimiter } = dialect;
      if (kept.seen === 0) {
        const shown = names.slice(0, 5).map(quoted).join(", ") + (names.length > 5 ? ", …" : "");
        throw new CsvRefusal(
          t`This file has a header (${shown}) but no rows below it. Add rows of data and open it again.`,
        );
      }
      const table = kept.finish();
      const width = plural(names.length, "column");
      const issues = [...dialect.issues];
      const say = (log: typeof short, sentence: (where: string, one: boolean) => string): void => {
        if (log.total > 0) issues.push(sentence(log.where(), log.total === 1));
      };
      if (decode.encoding === "windows-1252") {
        issues.push(
          t`The file is not UTF-8; it was read as windows-1252 (Western European). If letters look wrong, save it as UTF-8.`,
        );
      }
      if (decode.damaged)
        issues.push(t`Some bytes are not valid UTF-8 and are shown as \ufffd${firstDamage(table)}.`);
      say(
        short,
        (where, one) =>
          t`${capital(where)} ${one ? t`has` : t`have`} fewer cells than the ${width}: the rest counts as missing.`,
      );
      say(
        long,
        (where, one) =>
          t`${capital(where)} ${one ? t`has` : t`have`} more cells than the ${width}: the extra cells were left out.`,
      );
      say(
        trailing,
        (where, one) =>
          t`${capital(where)} ${one ? t`ends` : t`end`} with extra delimiters and nothing between: ignored.`,
      );
      say(
        otherwise,
        (where, one) =>
          t`${capital(where)} ${one ? t`uses` : t`use`} another delimiter than the rest: read with it.`,
      );
      say(
        stray,
        (where) => t`A quotation mark inside a quoted cell in ${where}: kept as a character of the cell.`,
      );
      say(
        unclosed,
        (where) => t`A quotation mark opens in ${where} and never closes: taken as an ordinary character.`,
      );
      say(blank, (where) => t`Skipped ${plural(blank.total, "blank line")} (${where}).`);
      if (kept.seen > table.rows) {
        const why = limit < options.rowLimit ? t` (the most that fits with ${width})` : "";
        issues.push(t`Kept a random ${count(table.rows)} of ${plural(kept.seen, "row")}${why}.`);
      }
      if (kept.seen === 1) issues.push(t`The file has only one row of data.`);
      const isMissing = missingTest(options.missingMarks);
      if (table.columns.every((column) => column.levels.every(isMissing)))
        issues.push(t`Every cell of this table is missing.`);
      return { table, rowsRead: kept.seen, header, delimiter, encoding: decode.encoding, issues };
    },
  };
}

function firstDamage(table: TextTable): string {
  for (const column of table.columns) {
    const code = column.levels.findIndex((level) => level.includes("\ufffd"));
    if (code < 0) continue;
    return t`, first in column ${quoted(column.name)}, data row ${count(column.codes.indexOf(code) + 1)}`;
  }
  return "";
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
