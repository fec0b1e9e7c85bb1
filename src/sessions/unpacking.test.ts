import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { looksPacked, unpack, unpackedName } from "./unpacking.ts";

const file = (bytes: Uint8Array): File => new File([new Uint8Array(bytes)], "zeros.csv.gz");

async function sizeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  return size;
}

it("unpacks up to a limit, however small the archive, and says how much was read", async () => {
  const zeros = file(gzipSync(new Uint8Array(5_000_000)));
  expect(zeros.size).toBeLessThan(10_000);
  let read = 0;
  expect(await sizeOf(unpack(zeros, (bytes) => (read = bytes)))).toBe(5_000_000);
  expect(read).toBe(zeros.size);
  await expect(sizeOf(unpack(zeros, undefined, 1_000_000))).rejects.toThrow(/more than 1 MB/);
});

it("knows an archive by its first bytes, and names what is inside", () => {
  expect(looksPacked(gzipSync("a"))).toBe(true);
  expect(looksPacked(new TextEncoder().encode("a,b"))).toBe(false);
  expect(["a.csv.gz", "A.GZ", "a.csv"].map(unpackedName)).toEqual(["a.csv", "A", "a.csv"]);
});
