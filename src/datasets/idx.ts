/**
 * IDX files, the format of MNIST and its relatives (described at the foot of
 * yann.lecun.com/exdb/mnist): two zero bytes, a byte for the type of a number, a
 * byte for the count of dimensions, each dimension as a big-endian 32-bit
 * integer, then the numbers. Images are bytes in three dimensions, labels bytes
 * in one. Nothing in a header is believed before it is held against the length.
 */
import { count, plural, t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Images } from "./images.ts";

/** A file that can't be read as IDX. The message is for the person: what, where, and what to do. */
export class IdxRefusal extends Error {
  override readonly name = "IdxRefusal";
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface IdxReading {
  readonly images: Images;
  /** Images in the file, of which `images.count` were kept. */
  readonly read: number;
  /** What was sampled, skipped or left unread, in sentences. */
  readonly issues: readonly string[];
}

/** More images than this are sampled: enough to train on, and a table of 28x28 images stays near 100 MB. */
export const imageLimit = 10_000;
/** Most pixels in an image: 64 by 64. */
const pixelLimit = 4_096;

const typeNames: Readonly<Record<number, string>> = {
  0x08: "bytes",
  0x09: t`signed bytes`,
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};

interface Header {
  readonly type: number;
  readonly sizes: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

/** Whether a file opens as IDX files do. Four bytes are enough; text never looks like this. */
export function looksLikeIdx(head: Uint8Array): boolean {
  return (
    head.length >= 4 && head[0] === 0 && head[1] === 0 && typeNames[head[2]!] !== undefined && head[3]! >= 1
  );
}

function readHeader({ name, bytes }: NamedBytes): Header {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new IdxRefusal(t`${name} is still packed (gzip). Unpack it and open the file inside.`);
  if (!looksLikeIdx(bytes))
    throw new IdxRefusal(
      t`${name} is not an IDX file: it does not begin with 0, 0, a number type and a count of dimensions. ` +
        t`Open files such as train-images-idx3-ubyte.`,
    );
  const dimensions = bytes[3]!;
  const start = 4 + 4 * dimensions;
  if (bytes.length < start)
    throw new IdxRefusal(
      t`${name} ends inside its own header: ${plural(dimensions, "dimension")} need ${plural(start, "byte")}, ` +
        t`the file has ${count(bytes.length)}. Fetch it again.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    type: bytes[2]!,
    sizes: Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i)),
    start,
  };
}

/** Refuses a file with fewer numbers than its header says; more are told in `issues`. */
function checkLength(
  file: NamedBytes,
  { start }: Header,
  each: number,
  things: number,
  noun: string,
  issues: string[],
): void {
  const there = file.bytes.length - start;
  // Both factors are below 2^32 and 2^12, so the product is exact.
  const needed = each * things;
  if (there < needed)
    throw new IdxRefusal(
      t`${file.name} is cut off: its header says ${plural(things, noun)}, but the file ends after ` +
        t`${count(Math.floor(there / each))}. Fetch it again.`,
    );
  if (there > needed)
    issues.push(t`${file.name}: ${plural(there - needed, "byte")} after the last ${noun} left unread.`);
}

function checkBytes({ name }: NamedBytes, { type }: Header): void {
  if (type !== 0x08)
    throw new IdxRefusal(
      t`${name} holds ${typeNames[type]!}; images and labels are read as single bytes (0 to 255) only. Convert it first.`,
    );
}

/** Which of the two files is which; order and names do not matter. */
function sortFiles(files: readonly NamedBytes[]): {
  images: [NamedBytes, Header];
  labels?: [NamedBytes, Header];
} {
  const read = files.map((file): [NamedBytes, Header] => [file, readHeader(file)]);
  for (const [file, header] of read) {
    checkBytes(file, header);
    const dimensions = header.sizes.length;
    if (dimensions !== 1 && dimensions !== 3)
      throw new IdxRefusal(
        t`${file.name} has ${plural(dimensions, "dimension")}; grey images have 3 (count, height, width) and labels 1.`,
      );
  }
  const images = read.filter(([, header]) => header.sizes.length === 3);
  const labels = read.filter(([, header]) => header.sizes.length === 1);
  if (images.length === 0)
    throw new IdxRefusal(
      t`${files.map((file) => file.name).join(", ") || t`Nothing`} holds labels but no images. Open the image file with it.`,
    );
  if (images.length > 1) throw new IdxRefusal(t`Open one image file at a time: there are two here.`);
  if (labels.length > 1) throw new IdxRefusal(t`Open one label file with the images: there are more here.`);
  return labels[0] ? { images: images[0]!, labels: labels[0] } : { images: images[0]! };
}

/** Which images are kept, in file order: all of them, or `limit` drawn without replacement. */
function keep(total: number, limit: number, random: Random): Int32Array {
  return total <= limit
    ? Int32Array.from({ length: total }, (_, i) => i)
    : random.permutation(total).slice(0, limit).sort();
}

/**
 * Grey images, with class names "0", "1", … where a label file comes along.
 *
 * @param files an image file, or an image and a label file in either order.
 * @param limit above this many images a sample is kept, drawn by `random`.
 * @throws IdxRefusal in words, whatever the bytes are.
 */
export function readIdx(files: readonly NamedBytes[], random: Random, limit = imageLimit): IdxReading {
  const {
    images: [file, header],
    labels: labelled,
  } = sortFiles(files);
  const issues: string[] = [];
  const [total, height, width] = header.sizes as [number, number, number];
  const size = width * height;
  if (total === 0 || size === 0)
    throw new IdxRefusal(
      t`${file.name} is empty: its header says ${count(total)} images of ${width}×${height} pixels.`,
    );
  if (size > pixelLimit)
    throw new IdxRefusal(
      t`${file.name} has images of ${count(width)}×${count(height)} pixels; at most ${count(pixelLimit)} pixels ` +
        t`(64×64) fit. Scale them down first.`,
    );
  checkLength(file, header, size, total, "image", issues);
  if (labelled) {
    const [labelFile, labelHeader] = labelled;
    const [labels] = labelHeader.sizes as [number];
    if (labels !== total)
      throw new IdxRefusal(
        t`${labelFile.name} has ${plural(labels, "label")} for the ${plural(total, "image")} of ${file.name}. ` +
          t`Open two files that belong together.`,
      );
    checkLength(labelFile, labelHeader, 1, labels, "label", issues);
  }
  const kept = keep(total, limit, random);
  if (kept.length < total)
    issues.push(t`${file.name}: kept a random sample of ${count(kept.length)} of ${count(total)} images.`);
  const pixels = new Uint8Array(kept.length * size);
  kept.forEach((image, i) => {
    const from = header.start + image * size;
    pixels.set(file.bytes.subarray(from, from + size), i * size);
  });
  const grey: Images = { width, height, count: kept.length, pixels };
  if (!labelled) return { images: grey, read: total, issues };
  const [labelFile, labelHeader] = labelled;
  const labels = Array.from(kept, (image) => String(labelFile.bytes[labelHeader.start + image]!));
  return { images: { ...grey, labels }, read: total, issues };
}
