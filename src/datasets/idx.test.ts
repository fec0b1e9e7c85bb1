import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../random/random.ts";
import { IdxRefusal, looksLikeIdx, readIdx, type NamedBytes } from "./idx.ts";

/** An IDX file: header for `type` and `sizes`, then `body`. */
function idx(sizes: readonly number[], body: ArrayLike<number>, name = "images", type = 0x08): NamedBytes {
  const bytes = new Uint8Array(4 + 4 * sizes.length + body.length);
  bytes.set([0, 0, type, sizes.length]);
  sizes.forEach((size, i) => new DataView(bytes.buffer).setUint32(4 + 4 * i, size));
  bytes.set(Array.from(body), 4 + 4 * sizes.length);
  return { name, bytes };
}

const counting = (n: number): number[] => Array.from({ length: n }, (_, i) => i % 256);

test("reads images and labels in either order", () => {
  const images = idx([3, 2, 4], counting(24));
  const labels = idx([3], [7, 0, 9], "labels");
  for (const files of [
    [images, labels],
    [labels, images],
  ]) {
    const reading = readIdx(files, random(1));
    expect(reading.images).toEqual({
      width: 4,
      height: 2,
      count: 3,
      pixels: Uint8Array.from(counting(24)),
      labels: ["7", "0", "9"],
    });
    expect(reading.read).toBe(3);
    expect(reading.issues).toEqual([]);
  }
  expect(readIdx([images], random(1)).images.labels).toBeUndefined();
});

test("reads a file that is a window into a larger buffer", () => {
  const { bytes } = idx([2, 2, 2], counting(8));
  const larger = new Uint8Array(bytes.length + 13);
  larger.set(bytes, 13);
  expect(readIdx([{ name: "window", bytes: larger.subarray(13) }], random(1)).images.pixels).toEqual(
    Uint8Array.from(counting(8)),
  );
});

test("above the limit keeps a seeded sample, images and labels together, and says so", () => {
  const n = 200;
  const images = idx(
    [n, 1, 2],
    Array.from({ length: 2 * n }, (_, i) => i >> 1),
  );
  const labels = idx([n], counting(n), "labels");
  const reading = readIdx([images, labels], random(5), 50);
  expect(reading.images.count).toBe(50);
  expect(reading.read).toBe(n);
  expect(reading.issues).toEqual(["images: kept a random sample of 50 of 200 images."]);
  const kept = reading.images.labels!.map(Number);
  expect(new Set(kept).size).toBe(50);
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
  kept.forEach((label, i) =>
    expect([...reading.images.pixels.subarray(2 * i, 2 * i + 2)]).toEqual([label, label]),
  );
  expect(readIdx([images, labels], random(5), 50)).toEqual(reading);
  expect(readIdx([images, labels], random(6), 50).images.labels).not.toEqual(reading.images.labels);
});

test("bytes after the last image are left unread and said", () => {
  const reading = readIdx([idx([1, 2, 2], counting(7))], random(1));
  expect(reading.images.count).toBe(1);
  expect(reading.issues).toEqual(["images: 3 bytes after the last image left unread."]);
});

describe("refusals, in words", () => {
  const good = idx([2, 2, 2], counting(8));
  test.each<[string, readonly NamedBytes[], string]>([
    ["nothing", [], "no images"],
    ["an empty file", [{ name: "void", bytes: new Uint8Array(0) }], "void is not an IDX file"],
    ["text", [{ name: "a.csv", bytes: new TextEncoder().encode("a,b\n1,2\n") }], "a.csv is not an IDX file"],
    ["gzip", [{ name: "t10k.gz", bytes: Uint8Array.of(0x1f, 0x8b, 8, 0, 0) }], "Unpack it"],
    [
      "a header cut off",
      [{ name: "h", bytes: Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1) }],
      "ends inside its own header",
    ],
    ["images cut off", [idx([2, 2, 2], counting(7))], "says 2 images, but the file ends after 1"],
    [
      "a count that lies",
      [idx([0xffff_ffff, 28, 28], counting(784))],
      "4,294,967,295 images, but the file ends after 1.",
    ],
    ["sizes that lie", [idx([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1])], "at most 4,096 pixels"],
    ["no images inside", [idx([0, 28, 28], [])], "is empty"],
    ["images without pixels", [idx([5, 0, 28], [])], "is empty"],
    ["photographs", [idx([1, 100, 100], counting(10_000))], "Scale them down"],
    ["floats", [idx([2, 2, 2], counting(32), "f", 0x0d)], "holds 32-bit floats"],
    ["colour", [idx([1, 2, 2, 3], counting(12), "rgb")], "rgb has 4 dimensions"],
    ["labels alone", [idx([2], [1, 2], "labels")], "labels but no images"],
    ["two image files", [good, good], "one image file at a time"],
    ["two label files", [good, idx([2], [1, 2]), idx([2], [1, 2])], "one label file"],
    [
      "labels of another file",
      [good, idx([3], [1, 2, 3], "other")],
      "other has 3 labels for the 2 images of images",
    ],
    ["labels cut off", [good, idx([2], [1], "short")], "short is cut off: its header says 2 labels"],
  ])("%s", (_, files, words) => {
    expect(() => readIdx(files, random(1))).toThrow(IdxRefusal);
    expect(() => readIdx(files, random(1))).toThrow(words);
  });
});

test("whatever the bytes, the answer is images or a refusal", () => {
  const sizes = (dimensions: number) =>
    fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) },
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      ),
      {
        minLength: dimensions,
        maxLength: dimensions,
      },
    );
  const header = fc
    .tuple(
      fc.constantFrom(0x08, 0x08, 0x08, 0x09, 0x0d, 0x42),
      fc.constantFrom(3, 3, 3, 1, 1, 0, 2, 4).chain(sizes),
      fc.uint8Array({ minLength: 20, maxLength: 200 }),
      fc.nat(60),
    )
    .map(([type, extents, body, cut]) => {
      const { bytes } = idx(extents, body, "f", type);
      return bytes.subarray(0, Math.max(0, bytes.length - cut));
    });
  const file = fc.oneof(fc.uint8Array({ maxLength: 60 }), header);
  let reached = 0;
  fc.assert(
    fc.property(fc.array(file, { maxLength: 3 }), fc.nat(20), (files, limit) => {
      try {
        const { images } = readIdx(
          files.map((bytes, i) => ({ name: `file ${i}`, bytes })),
          random(1),
          limit + 1,
        );
        reached++;
        expect(images.count).toBeGreaterThan(0);
        expect(images.count).toBeLessThanOrEqual(limit + 1);
        expect(images.pixels).toHaveLength(images.count * images.width * images.height);
        expect(images.labels?.length ?? images.count).toBe(images.count);
      } catch (error) {
        if (!(error instanceof IdxRefusal)) throw error;
      }
    }),
    { numRuns: 3_000, seed: 1 },
  );
  // The property is about both answers: some of these files must be good ones.
  expect(reached).toBeGreaterThan(5);
});

test("text is never taken for IDX", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.startsWith("\0"));
      expect(looksLikeIdx(new TextEncoder().encode(text))).toBe(false);
    }),
  );
  expect(looksLikeIdx(Uint8Array.of(0, 0, 8, 3))).toBe(true);
});
