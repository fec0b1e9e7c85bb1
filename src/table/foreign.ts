/** Recognises files that are no text table at all, whatever their name ends in. */

import { t } from "../language/words.ts";

interface Signature {
  readonly bytes: string;
  readonly at?: number;
  readonly what: string;
  readonly advice: string;
  /** Printable signatures could open a real table, so they count only beside binary bytes. */
  readonly printable?: true;
}

const asCsv = t`Save it as CSV from the program that made it and open that.`;
const picture = t`Open a CSV file instead; small images come in as a CSV of pixel columns or as IDX files.`;

const signatures: readonly Signature[] = [
  { bytes: "%PDF-", what: t`a PDF document`, advice: t`Tables in a PDF have to be exported to CSV first.` },
  { bytes: "\x89PNG", what: t`a PNG picture`, advice: picture },
  { bytes: "\xff\xd8\xff", what: t`a JPEG picture`, advice: picture },
  { bytes: "GIF87a", what: t`a GIF picture`, advice: picture, printable: true },
  { bytes: "GIF89a", what: t`a GIF picture`, advice: picture, printable: true },
  { bytes: "RIFF", what: t`a media file (RIFF)`, advice: t`Open a CSV file instead.`, printable: true },
  { bytes: "PK\x03\x04", what: t`a zip archive (an Excel .xlsx file is one too)`, advice: asCsv },
  { bytes: "\xd0\xcf\x11\xe0", what: t`an old Excel or Office file`, advice: asCsv },
  { bytes: "\x1f\x8b", what: t`a gzip archive`, advice: t`Unpack it and open the CSV inside.` },
  { bytes: "BZh", what: t`a bzip2 archive`, advice: t`Unpack it and open the CSV inside.`, printable: true },
  { bytes: "\xfd7zXZ", what: t`an xz archive`, advice: t`Unpack it and open the CSV inside.` },
  { bytes: "\x28\xb5\x2f\xfd", what: t`a Zstandard archive`, advice: t`Unpack it and open the CSV inside.` },
  { bytes: "7z\xbc\xaf", what: t`a 7z archive`, advice: t`Unpack it and open the CSV inside.` },
  { bytes: "PAR1", what: t`a Parquet file`, advice: asCsv, printable: true },
  { bytes: "ARROW1", what: t`an Arrow file`, advice: asCsv, printable: true },
  { bytes: "FEA1", what: t`a Feather file`, advice: asCsv, printable: true },
  { bytes: "SQLite format 3", what: t`an SQLite database`, advice: asCsv },
  { bytes: "\x89HDF", what: t`an HDF5 file`, advice: asCsv },
  { bytes: "\x93NUMPY", what: t`a NumPy array`, advice: asCsv },
  { bytes: "\x7fELF", what: t`a program`, advice: t`Open a CSV file instead.` },
];

const openings: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /^\s*(<!doctype html|<html[\s>])/i, what: t`a web page (HTML)` },
  { pattern: /^\s*<\?xml\s/i, what: t`an XML file` },
  { pattern: /^\s*(\[\s*)?\{\s*"[^"\n]*"\s*:/, what: t`a JSON file` },
];

/**
 * A refusal in words if the first bytes are those of another kind of file, else undefined.
 *
 * @param wide the bytes may be UTF-16, where NULs are no sign of anything.
 */
export function foreignFile(head: Uint8Array, wide: boolean): string | undefined {
  const binary = !wide && looksBinary(head);
  for (const { bytes, at = 0, what, advice, printable } of signatures) {
    if (printable && !binary) continue;
    let same = head.length >= at + bytes.length;
    for (let i = 0; same && i < bytes.length; i++) same = head[at + i] === bytes.charCodeAt(i);
    if (same) return t`This is ${what}, not a CSV file. ${advice}`;
  }
  const text = new TextDecoder("utf-8").decode(head.subarray(0, 1024));
  for (const { pattern, what } of openings) {
    if (pattern.test(text)) return t`This looks like ${what}, not a CSV file. Convert it to CSV first.`;
  }
  if (binary)
    return t`This is not a text file: it is full of bytes that no table has. Open a CSV file instead.`;
  return undefined;
}

/** Control bytes that no text has, in a file that is not valid UTF-8 either; or NULs all over. */
function looksBinary(head: Uint8Array): boolean {
  let controls = 0;
  let nuls = 0;
  for (const byte of head) {
    if (byte === 0) nuls++;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls++;
  }
  if (nuls > 0.3 * head.length) return true;
  if (controls <= 0.05 * head.length) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return false;
  } catch {
    return true;
  }
}
