/** From what a person brought to text in columns: files, pastes, drawings and built-in data end as the same thing. */
import type { DatasetId } from "../catalog/datasets.ts";
import { datasetCards } from "../catalog/datasets.ts";
import { makeDataset } from "../datasets/builtin.ts";
import { drawingTable } from "../datasets/drawing.ts";
import { looksLikeIdx, readIdx } from "../datasets/idx.ts";
import { imageTable } from "../datasets/images.ts";
import { recognisePixels } from "../datasets/pixels.ts";
import { toText } from "../datasets/text.ts";
import { count, plural, t } from "../language/words.ts";
import type { DataSource, ReadingOptions } from "../protocol/analysis.ts";
import { random } from "../random/random.ts";
import { readCsv } from "../table/csv.ts";
import { inferColumn } from "../table/infer.ts";
import { defaultMissingMarks, missingTest } from "../table/missing.ts";
import { CsvCancelled, CsvRefusal } from "../table/refusal.ts";
import { quoted } from "../table/said.ts";
import type { Column, Table, TextTable } from "../table/table.ts";
import { readColumn } from "../table/typed.ts";
import { looksPacked, unpack, unpackedName } from "./unpacking.ts";

/** Rows that are pictures: how grey is written, and the pixels, a column each, row by row. */
export interface ImageLayout {
  readonly width: number;
  readonly height: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly pixels: readonly Column[];
}

export interface Opened {
  readonly name: string;
  /** Without columns where rows are pictures: nobody chooses among pixels, and what is known as numbers stays so. */
  readonly text: TextTable;
  readonly rowsRead: number;
  readonly issues: readonly string[];
  readonly image?: ImageLayout;
  /** What stood between the cells of the file; a comma where there was none. */
  readonly delimiter?: string;
}

export interface OpeningHooks {
  onProgress(share: number, rows: number): void;
  cancelled(): boolean;
  /** Lets messages in, a cancel among them; where bytes come at once there is no other gap. */
  rest(): Promise<void>;
}

/** IDX files are held whole while they are read; larger ones would not fit beside their table. */
const mostIdxBytes = 512 * 1024 * 1024;

/**
 * @throws CsvRefusal or IdxRefusal with words for the person; CsvCancelled.
 */
export async function openSource(
  source: DataSource,
  options: ReadingOptions,
  hooks: OpeningHooks,
): Promise<Opened> {
  const opened = await openKind(source, options, hooks);
  refuseHopeless(opened);
  return opened;
}

/**
 * A file that nothing could be learned from, whatever a person chose of it, is no table to change to.
 * @throws CsvRefusal
 */
function refuseHopeless({ text: { columns, rows } }: Opened): void {
  if (rows < 2)
    throw new CsvRefusal(
      t`The table has a single row, and a distribution can't be learned from one. Open a table with more rows.`,
    );
  if (columns.length === 0) return; // images: their pixels were found to vary
  const isMissing = missingTest(defaultMissingMarks);
  const present = columns.map(({ levels }) => levels.filter((level) => !isMissing(level)));
  if (present.every((levels) => levels.length === 0))
    throw new CsvRefusal(
      t`Every cell is missing, in all ${plural(rows, "row")} and ${plural(columns.length, "column")}. Open a table with values in it.`,
    );
  // A value that is sometimes missing is something that varies.
  if (columns.every(({ levels }) => levels.length <= 1))
    throw new CsvRefusal(
      t`All ${count(rows)} rows are the same (${columns[0]!.name} is always ${quoted(columns[0]!.levels[0]!)}), so there is nothing to learn. Open a table with columns that vary.`,
    );
}

async function openKind(source: DataSource, options: ReadingOptions, hooks: OpeningHooks): Promise<Opened> {
  switch (source.kind) {
    case "builtin":
      return openBuiltin(source.id, source.seed);
    case "drawing": {
      const table = drawingTable(source.points, random(options.seed).fork("drawing"));
      return { name: t`Your drawing`, text: toText(table), rowsRead: table.rows, issues: [] };
    }
    case "text": {
      const bytes = new TextEncoder().encode(source.text);
      return openCsv(source.name, piecesOf(bytes, hooks), bytes.length, options, hooks);
    }
    case "files":
      return openFiles(source.files, options, hooks);
    default:
      source satisfies never;
      throw new Error(t`Unknown kind of source.`);
  }
}

function openBuiltin(id: DatasetId, seed: number): Opened {
  const { table, image } = makeDataset(id, seed);
  return {
    name: datasetCards.find((card) => card.id === id)?.name ?? id,
    text: image ? { columns: [], rows: table.rows } : toText(table),
    rowsRead: table.rows,
    issues: [],
    ...(image && { image: { ...image, pixels: numbersOf(table) } }),
  };
}

const numbersOf = ({ columns }: Table): readonly Column[] => columns.filter(({ type }) => type === "number");

async function openFiles(
  files: readonly File[],
  options: ReadingOptions,
  hooks: OpeningHooks,
): Promise<Opened> {
  const [first] = files;
  if (first === undefined) throw new CsvRefusal(t`No file came along. Choose a CSV file.`);
  const head = await headOf(first);
  if (looksLikeIdx(head)) return openIdx(files, options);
  if (files.length > 1)
    throw new CsvRefusal(
      t`${files.length} files came at once, and a table is read from one. Open ${first.name} by itself (images and labels in IDX format may come as two).`,
    );
  if (!looksPacked(new Uint8Array(await first.slice(0, 2).arrayBuffer())))
    return openCsv(first.name, chunksOf(first), first.size, options, hooks);
  // How much will come out is unknown, so progress is what has gone in.
  let read = 0;
  const chunks = unpack(first, (bytes) => (read = bytes));
  const onProgress = (_: number, rows: number): void => hooks.onProgress(read / first.size, rows);
  return openCsv(unpackedName(first.name), chunks, first.size, options, { ...hooks, onProgress });
}

/** The first bytes of what a file holds, packed or not; empty where it can't be unpacked. */
async function headOf(file: File): Promise<Uint8Array> {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (!looksPacked(head)) return head;
  for await (const chunk of unpack(file)) return chunk.subarray(0, 64);
  return new Uint8Array(0);
}

async function openIdx(files: readonly File[], options: ReadingOptions): Promise<Opened> {
  const tooLarge = (bytes: number): never => {
    throw new CsvRefusal(
      t`These image files hold ${Math.round(bytes / 1e6)} MB; at most ${Math.round(mostIdxBytes / 1e6)} MB can be read.`,
    );
  };
  const packed = files.reduce((sum, file) => sum + file.size, 0);
  if (packed > mostIdxBytes) tooLarge(packed);
  const named: { name: string; bytes: Uint8Array }[] = [];
  let held = 0;
  for (const file of files) {
    const bytes = await wholeOf(file);
    held += bytes.length;
    if (held > mostIdxBytes) tooLarge(held);
    named.push({ name: unpackedName(file.name), bytes });
  }
  const { images, read, issues } = readIdx(named, random(options.seed).fork("images"));
  const table = imageTable(images);
  return {
    name: named[0]!.name,
    text: { columns: [], rows: table.rows },
    rowsRead: read,
    issues,
    image: {
      width: images.width,
      height: images.height,
      minimum: 0,
      maximum: 255,
      pixels: numbersOf(table),
    },
  };
}

/** All bytes of an image file, unpacked. */
async function wholeOf(file: File): Promise<Uint8Array> {
  if (!looksPacked(new Uint8Array(await file.slice(0, 2).arrayBuffer())))
    return new Uint8Array(await file.arrayBuffer());
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of unpack(file, undefined, mostIdxBytes)) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function openCsv(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  totalBytes: number,
  { rowLimit, seed }: ReadingOptions,
  hooks: OpeningHooks,
): Promise<Opened> {
  const { table, rowsRead, issues, delimiter } = await readCsv(chunks, {
    missingMarks: defaultMissingMarks,
    rowLimit,
    random: random(seed).fork("sample"),
    totalBytes,
    onProgress: hooks.onProgress,
    cancelled: hooks.cancelled,
  });
  const read = { name, delimiter, rowsRead, issues };
  const grid = recognisePixels(table);
  if (!grid) return { ...read, text: table };
  const { width, height, maximum } = grid;
  const pixels = await readPixels(table, grid.columns, hooks);
  return {
    ...read,
    text: { columns: [], rows: table.rows },
    image: { width, height, minimum: 0, maximum, pixels },
  };
}

/** Pixels are numbers, all written alike, so one of them is looked at and the rest are read the same way. */
async function readPixels(
  text: TextTable,
  columns: readonly number[],
  { cancelled, rest }: OpeningHooks,
): Promise<readonly Column[]> {
  const middle = text.columns[columns[Math.floor(columns.length / 2)]!]!;
  const inference = inferColumn(middle, text.rows, { missingMarks: [""] });
  const pixels: Column[] = [];
  for (const index of columns) {
    pixels.push(readColumn(text.columns[index]!, "number", inference));
    if (pixels.length % 64 > 0) continue;
    await rest();
    if (cancelled()) throw new CsvCancelled();
  }
  return pixels;
}

/** Bytes that are parsed between two looks at the mail. */
const pieceBytes = 1 << 20;

/** A file's bytes a megabyte at a time: only what is being parsed is in memory. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size || at === 0; at += pieceBytes) {
    yield new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
  }
}

async function* piecesOf(bytes: Uint8Array, { rest }: OpeningHooks): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield bytes.subarray(at, at + pieceBytes);
    await rest();
  }
}
