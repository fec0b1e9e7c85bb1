import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchRows } from "./feed.ts";
import { pcg4d, permuted } from "./hash.ts";

const hashed = (x: number, y: number, z: number, w: number): Uint32Array => {
  const words = new Uint32Array([x, y, z, w]);
  pcg4d(words);
  return words;
};

/** pcg4d by the letter of the paper's listing, in integers without limit. */
function byTheLetter(given: readonly number[]): number[] {
  const mask = 0xffffffffn;
  const v = given.map((word) => (BigInt(word) * 1664525n + 1013904223n) & mask) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const mix = (): void => {
    v[0] = (v[0] + v[1] * v[3]) & mask;
    v[1] = (v[1] + v[2] * v[0]) & mask;
    v[2] = (v[2] + v[0] * v[1]) & mask;
    v[3] = (v[3] + v[1] * v[2]) & mask;
  };
  mix();
  for (let i = 0; i < 4; i++) v[i]! ^= v[i]! >> 16n;
  mix();
  return v.map(Number);
}

const word = fc.nat(0xffffffff);

describe("pcg4d", () => {
  it("is the paper's", () => {
    fc.assert(
      fc.property(word, word, word, word, (x, y, z, w) => {
        expect([...hashed(x, y, z, w)]).toEqual(byTheLetter([x, y, z, w]));
      }),
    );
  });

  // What varies: the place in the tensor, the tensor of the step, the step, the seed.
  const n = 65_536;
  it.each(["place", "call", "step", "key"])("is uniform and serially uncorrelated along the %s", (axis) => {
    const along = ["place", "call", "step", "key"].indexOf(axis);
    const at = [12, 3, 40, 99];
    const lanes = [0, 1, 2, 3].map(() => new Float64Array(n));
    for (let i = 0; i < n; i++) {
      at[along] = i;
      hashed(at[0]!, at[1]!, at[2]!, at[3]!).forEach(
        (bits, lane) => (lanes[lane]![i] = (bits >>> 8) / 2 ** 24),
      );
    }
    for (const u of lanes) {
      const counts = new Float64Array(256);
      for (const value of u) counts[Math.floor(value * 256)]!++;
      const chi = counts.reduce((sum, count) => sum + (count - n / 256) ** 2 / (n / 256), 0);
      expect(Math.abs(chi - 255)).toBeLessThan(5 * Math.sqrt(2 * 255));
      for (const lag of [1, 2, 4, 64, 256])
        expect(Math.abs(correlation(u, u, lag))).toBeLessThan(5 / Math.sqrt(n));
    }
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < a; b++)
        expect(Math.abs(correlation(lanes[a]!, lanes[b]!, 0))).toBeLessThan(5 / Math.sqrt(n));
  });

  // Neighbours in any direction, cut into 16 x 16 boxes: correlation sees straight lines only.
  it.each([
    ["place", [1, 0, 0, 0]],
    ["call", [0, 1, 0, 0]],
    ["step", [0, 0, 1, 0]],
    ["key", [0, 0, 0, 1]],
    ["place and step", [1, 0, 1, 0]],
    ["call and step, crosswise", [0, 1, -1, 0]],
  ] as const)("makes pairs that are independent: the next %s", (_, by) => {
    const boxes = 256;
    const counts = [0, 1, 2, 3].map(() => new Float64Array(boxes));
    for (let i = 0; i < n; i++) {
      // Two of the words wander, so that pairs don't share a number.
      const at = [2 * (i & 255), 2 * (i >> 8) + 1, 2 * (i % 251) + 1, 99 + 2 * (i % 13)] as const;
      const here = hashed(at[0], at[1], at[2], at[3]);
      const there = hashed(at[0] + by[0], at[1] + by[1], at[2] + by[2], at[3] + by[3]);
      for (const [lane, count] of counts.entries())
        count[16 * (here[lane]! >>> 28) + (there[lane]! >>> 28)]!++;
    }
    for (const count of counts) {
      const chi = count.reduce((sum, each) => sum + (each - n / boxes) ** 2 / (n / boxes), 0);
      expect(Math.abs(chi - (boxes - 1))).toBeLessThan(5 * Math.sqrt(2 * (boxes - 1)));
    }
  });
});

function correlation(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = 0; i + lag < a.length; i++) sum += (a[i]! - 0.5) * (b[i + lag]! - 0.5);
  return (12 * sum) / (a.length - lag);
}

describe("batches", () => {
  it("show every row once an epoch, for any number of rows and any batch", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 64 }),
        word,
        (rows, size, key) => {
          const batches = Math.ceil((2 * rows) / size);
          const seen = Array.from({ length: batches }, (_, i) => [...batchRows(i, size, rows, key)]).flat();
          const all = Array.from({ length: rows }, (_, i) => i);
          for (const epoch of [0, 1])
            expect(seen.slice(epoch * rows, (epoch + 1) * rows).toSorted((a, b) => a - b)).toEqual(all);
        },
      ),
    );
  });

  it("come in another order each epoch and for each key", () => {
    const order = (epoch: number, key: number): number[] =>
      Array.from({ length: 100 }, (_, i) => permuted(i, 100, epoch, key));
    expect(order(0, 1)).not.toEqual(order(1, 1));
    expect(order(0, 1)).not.toEqual(order(0, 2));
    // Each place is reached from each row about equally often.
    const counts = new Float64Array(16 * 16);
    for (let epoch = 0; epoch < 4_000; epoch++)
      for (let i = 0; i < 16; i++) counts[16 * i + permuted(i, 16, epoch, 7)]!++;
    const chi = counts.reduce((sum, count) => sum + (count - 250) ** 2 / 250, 0);
    expect(Math.abs(chi - 225)).toBeLessThan(5 * Math.sqrt(2 * 225));
  });
});
