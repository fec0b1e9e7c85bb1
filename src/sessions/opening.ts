/** From what a person brought to text in columns: files, pastes, drawings and built-in data end as the same thing. */
import type { DatasetId } from "../catalog/datasets.ts";
import { datasetCards } from "../catalog/datasets.ts";
import { makeDataset } from "../datasets/builtin.ts";
import { drawingTable } from "../datasets/drawing.ts";
import { looksLikeIdx, readIdx } from "../datasets/idx.ts";
import { imageTable } from "../datasets/images.ts";
import { recognisePixels } from "../datasets/pixels.ts";
import { toText } from "../datasets/text.ts";
import type { DataSource, ReadingOptions } from "../protocol/analysis.ts";
import { random } from "../random/random.ts";
import { readCsv } from "../table/csv.ts";
import { defaultMissingMarks, levelCounts, missingTest } from "../table/missing.ts";
import { CsvRefusal } from "../table/refusal.ts";
import { plural, quoted } from "../table/said.ts";
import type { NumberColumn, Table, TextTable } from "../table/table.ts";
import { looksPacked, unpack, unpackedName } from "./unpacking.ts";

/** Rows that are pictures: which columns are pixels, and how grey is written. */
export interface ImageLayout {
  readonly width: number;
  readonly height: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly columns: readonly number[];
}

export interface Opened {
  readonly name: string;
  readonly text: TextTable;
  readonly rowsRead: number;
  readonly issues: readonly string[];
  readonly image?: ImageLayout;
  /** The pixels themselves where they never were text, and `text` has none; row by row of a picture. */
  readonly pixels?: readonly NumberColumn[];
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
  switch (source.kind) {
    case "builtin":
      return openBuiltin(source.id, source.seed);
    case "drawing": {
      const table = drawingTable(source.points, random(options.seed).fork("drawing"));
      return { name: "Your drawing", text: toText(table), rowsRead: table.rows, issues: [] };
    }
    case "text": {
      const bytes = new TextEncoder().encode(source.text);
      return openCsv(source.name, piecesOf(bytes, hooks), bytes.length, options, hooks);
    }
    case "files":
      return openFiles(source.files, options, hooks);
    default:
      source satisfies never;
      throw new Error("Unknown kind of source.");
  }
}

function openBuiltin(id: DatasetId, seed: number): Opened {
  const { table, image } = makeDataset(id, seed);
  const name = datasetCards.find((card) => card.id === id)?.name ?? id;
  const read = { name, rowsRead: table.rows, issues: [] };
  return image ? { ...read, ...picturesOf(table, image) } : { ...read, text: toText(table) };
}

/** Numbers that are known to be pixels have nothing to be inferred: written and read again they would take seconds. */
const picturesOf = (
  { columns, rows }: Table,
  image: Omit<ImageLayout, "columns">,
): Pick<Opened, "text" | "image" | "pixels"> => ({
  text: { columns: [], rows },
  image: { ...image, columns: columns.flatMap((column, i) => (column.type === "number" ? [i] : [])) },
  pixels: columns.filter((column) => column.type === "number"),
});

async function openFiles(
  files: readonly File[],
  options: ReadingOptions,
  hooks: OpeningHooks,
): Promise<Opened> {
  const [first] = files;
  if (first === undefined) throw new CsvRefusal("No file came along. Choose a CSV file.");
  const head = await headOf(first);
  if (looksLikeIdx(head)) return openIdx(files, options);
  if (files.length > 1)
    throw new CsvRefusal(
      `${files.length} files came at once, and a table is read from one. Open ${first.name} by itself (images and labels in IDX format may come as two).`,
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
      `These image files hold ${Math.round(bytes / 1e6)} MB; at most ${Math.round(mostIdxBytes / 1e6)} MB can be read.`,
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
  const { width, height } = images;
  return {
    name: named[0]!.name,
    rowsRead: read,
    issues,
    ...picturesOf(imageTable(images), { width, height, minimum: 0, maximum: 255 }),
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
  refuseIfAlike(table);
  const pixels = recognisePixels(table);
  return {
    name,
    text: table,
    delimiter,
    rowsRead,
    issues,
    ...(pixels && { image: { ...pixels, minimum: 0 } }),
  };
}

/** @throws CsvRefusal where there is nothing to learn in any column, whatever it is taken for. */
function refuseIfAlike({ columns, rows }: TextTable): void {
  if (rows < 2)
    throw new CsvRefusal(
      "The table has a single row, and a distribution can't be learned from one. Open a table with more rows.",
    );
  const isMissing = missingTest(defaultMissingMarks);
  let first: { readonly name: string; readonly cell: string } | undefined;
  for (const column of columns) {
    const counts = levelCounts(column);
    const found = column.levels.filter((level, code) => counts[code]! > 0 && !isMissing(level));
    if (found.length > 1) return;
    if (found.length === 1) first ??= { name: column.name, cell: found[0]! };
  }
  const size = `${plural(rows, "row")} of ${plural(columns.length, "column")}`;
  throw new CsvRefusal(
    first === undefined
      ? `Every cell of this table is missing, in all ${size}: there is nothing to learn.`
      : `No column varies in ${size}: ${quoted(first.name)} is ${quoted(first.cell)} wherever it is filled${columns.length > 1 ? ", and every other is as constant" : ""}. There is nothing to learn.`,
  );
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
