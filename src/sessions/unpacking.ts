/** Files that come packed by gzip, unpacked as they are read. */
import { t } from "../language/words.ts";
import { CsvRefusal } from "../table/refusal.ts";

/** A small archive can hold an endless file; no table anybody wants is larger than this, unpacked. */
const mostBytes = 4 * 1024 ** 3;

export const looksPacked = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** "rows.csv.gz" -> "rows.csv". */
export const unpackedName = (name: string): string => name.replace(/\.gz(ip)?$/i, "");

/**
 * The file's bytes, unpacked.
 *
 * @param onRead is told how many packed bytes have been taken in so far.
 * @throws CsvRefusal where the archive is damaged or holds more than `most` bytes.
 */
export async function* unpack(
  file: File,
  onRead: (bytes: number) => void = () => {},
  most = mostBytes,
): AsyncGenerator<Uint8Array> {
  let packed = 0;
  let bytes = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, next) {
      packed += chunk.length;
      onRead(packed);
      next.enqueue(chunk);
    },
  });
  const reader = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => {
        throw new CsvRefusal(
          t`${file.name} is a gzip archive that is damaged, cut off, or made of several parts, so it can't be unpacked here. Unpack it and open the file inside.`,
        );
      });
      if (done) return;
      bytes += value.length;
      if (bytes > most)
        throw new CsvRefusal(
          t`${file.name} holds more than ${Math.round(most / 1e6)} MB once it is unpacked, more than can be read. Unpack it and keep the rows you need.`,
        );
      yield value;
    }
  } finally {
    // Also where the reading is cancelled halfway. Not waited for: a stream that is cut off may never say that it has stopped.
    reader.cancel().catch(() => {});
  }
}
