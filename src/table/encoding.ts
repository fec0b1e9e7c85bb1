/**
 * Bytes to characters, for files that do not say how they were written.
 *
 * A byte-order mark decides. Without one, NUL bytes at every other place mean
 * UTF-16. Everything else starts as UTF-8, and the first character outside
 * ASCII settles it: if it is not valid UTF-8 the file is windows-1252 (what came
 * before was ASCII, the same in both, so nothing has to be read again).
 */

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface SniffedEncoding {
  readonly encoding: Encoding;
  /** Length of the byte-order mark in bytes, 0 to 3. */
  readonly mark: number;
}

/** Guesses from the first bytes of a file; 64 kB are plenty. */
export function sniffEncoding(head: Uint8Array): SniffedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", mark: 2 };
  // Delimiters, digits and line ends are ASCII in any language, so a UTF-16
  // table always has NULs on one side and hardly ever on the other.
  const pairs = head.length >> 1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (pairs > 0 && odd >= 0.2 * pairs && even <= 0.02 * pairs) return { encoding: "utf-16le", mark: 0 };
  if (pairs > 0 && even >= 0.2 * pairs && odd <= 0.02 * pairs) return { encoding: "utf-16be", mark: 0 };
  return { encoding: "utf-8", mark: 0 };
}

/** Decodes a file handed over in pieces; any way of cutting the bytes gives the same text. */
export interface Decoder {
  decode(bytes: Uint8Array, last: boolean): string;
  /** What the file has turned out to be so far. */
  readonly encoding: Encoding;
  /** Some bytes fitted no encoding and became U+FFFD. */
  readonly damaged: boolean;
}

export function decoder(encoding: Encoding): Decoder {
  return encoding === "utf-8" ? utf8Decoder() : plainDecoder(encoding);
}

function plainDecoder(encoding: Encoding): Decoder {
  const inner = new TextDecoder(encoding, { ignoreBOM: true });
  return {
    encoding,
    damaged: false,
    decode: (bytes, last) =>
      encoding === "windows-1252" ? windows1252(bytes) : inner.decode(bytes, { stream: !last }),
  };
}

function utf8Decoder(): Decoder {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const lossy = new TextDecoder("utf-8", { ignoreBOM: true });
  let encoding: Encoding = "utf-8";
  let settled = false; // a valid multi-byte character was seen: this is UTF-8 for good
  let damaged = false;
  let held = new Uint8Array(0); // a character cut by the end of the last piece
  return {
    get encoding() {
      return encoding;
    },
    get damaged() {
      return damaged;
    },
    decode(bytes, last) {
      if (encoding === "windows-1252") return windows1252(bytes);
      const whole = held.length === 0 ? bytes : joined(held, bytes);
      const end = last ? whole.length : whole.length - unfinished(whole);
      held = whole.slice(end);
      const body = whole.subarray(0, end);
      try {
        const text = strict.decode(body);
        if (text.length !== body.length) settled = true;
        return text;
      } catch {
        settled ||= startsValid(strict, body);
      }
      if (settled) {
        damaged = true;
        return lossy.decode(body);
      }
      encoding = "windows-1252";
      const rest = held;
      held = new Uint8Array(0);
      return windows1252(joined(body, rest));
    },
  };
}

/** Is the first character outside ASCII a valid one? */
function startsValid(strict: TextDecoder, bytes: Uint8Array): boolean {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  try {
    strict.decode(bytes.subarray(at, at + sequenceLength(bytes[at] ?? 0)));
    return true;
  } catch {
    return false;
  }
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

/** Bytes at the end that begin a character without finishing it, 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** 0x80–0x9f of windows-1252 (WHATWG Encoding Standard, index-windows-1252); the rest equals Latin-1. */
const upperControls =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** Ours, because TextDecoder("windows-1252") of several Node releases is really Latin-1. */
function windows1252(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const units = new Uint16Array(Math.min(bytes.length, 8192));
  for (let start = 0; start < bytes.length; start += units.length) {
    const n = Math.min(units.length, bytes.length - start);
    for (let i = 0; i < n; i++) {
      const byte = bytes[start + i]!;
      units[i] = byte >= 0x80 && byte < 0xa0 ? upperControls.charCodeAt(byte - 0x80) : byte;
    }
    pieces.push(String.fromCharCode(...units.subarray(0, n)));
  }
  return pieces.join("");
}
