/**
 * Bytes pressed into text for a link, and back. Deflate alone takes many changed
 * bytes for good ones, so a checksum goes before what was pressed and is looked at
 * first; what unpacks is counted as it comes, so that a small link can't hold a
 * large surprise.
 */
import { t } from "../language/words.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { damaged, foreign, tooLong } from "./refusal.ts";

/** Characters of a link that are read at all, and bytes that they may unpack to. */
export const longestLink = 65_536;
export const mostUnpacked = 2_000_000;
const checksumBytes = 4;

export async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const pressed = await throughAll(bytes, new CompressionStream("deflate-raw"), Infinity);
  const packed = new Uint8Array(checksumBytes + pressed.length);
  new DataView(packed.buffer).setUint32(0, crc32(pressed));
  packed.set(pressed, checksumBytes);
  return toBase64url(packed);
}

/** @throws ShareRefusal in words. */
export async function unpack(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (text.length > longestLink) throw tooLong();
  const packed = fromBase64url(text);
  if (packed === undefined || packed.length <= checksumBytes) throw damaged();
  const pressed = packed.subarray(checksumBytes);
  if (new DataView(packed.buffer).getUint32(0) !== crc32(pressed)) throw damaged();
  const bytes = await throughAll(pressed, new DecompressionStream("deflate-raw"), mostUnpacked).catch(
    () => undefined,
  );
  if (bytes === undefined) throw foreign("");
  return bytes;
}

/** @throws where the stream does, or where more than `limit` bytes come out. */
async function throughAll(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What goes wrong is told by the reader.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      // Not waited for: a stream that is cut off may never say that it has stopped.
      reader.cancel().catch(() => undefined);
      throw new RangeError(t`It unpacks to more than is read.`);
    }
    pieces.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 as in RFC 1952: it tells accidents and edits from what was written, and keeps no one from writing anew. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
