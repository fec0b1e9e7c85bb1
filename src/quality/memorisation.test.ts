import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { random } from "../random/random.ts";
import { equalShare, memorisation, remembers } from "./memorisation.ts";

function normals(rows: number, width: number, seed: number, shape = (x: number) => x): Matrix {
  const source = random(seed);
  return { values: Float32Array.from({ length: rows * width }, () => shape(source.normal())), rows, width };
}

/** Rows of `from`, moved by so much. */
function copies(from: Matrix, rows: number, off: number): Matrix {
  const source = random(99);
  const values = new Float32Array(rows * from.width);
  for (let i = 0; i < values.length; i++)
    values[i] =
      from.values[(Math.floor(i / from.width) % from.rows) * from.width + (i % from.width)]! +
      off * source.normal();
  return { values, rows, width: from.width };
}

describe("memorisation", () => {
  const [train, holdout] = [normals(320, 5, 1), normals(80, 5, 2)];
  const look = (made: Matrix, share = 0) => finish(memorisation(made, train, holdout, share));

  it("is none in fresh rows, whatever the draw", () => {
    for (let seed = 10; seed < 60; seed++) {
      const memory = look(normals(400, 5, seed));
      expect(remembers(memory)).toBe(false);
      expect(Math.abs(memory.nearer - 0.8)).toBeLessThan(4 * memory.error);
    }
  });

  it("is none where all synthetic rows are near one another: one real row is one observation", () => {
    const narrow = { ...normals(400, 5, 3, (x) => 0.01 * x) };
    const memory = look(narrow);
    expect(memory.error).toBeGreaterThan(0.2);
    expect(remembers(memory)).toBe(false);
  });

  it("is seen in copies, and in rows that are nearly copies", () => {
    const exact = look(copies(train, 400, 0));
    expect(exact).toMatchObject({ copies: 400, nearer: 1, remembered: { length: 400 } });
    expect(exact.remembered.every(({ row, of }) => row % 320 === of)).toBe(true);
    expect(remembers(exact)).toBe(true);
    const nearly = look(copies(train, 400, 0.1));
    expect(nearly.copies).toBe(0);
    expect(remembers(nearly)).toBe(true);
  });

  it("is seen where one row in ten is a copy and the others are fresh", () => {
    const made = normals(400, 5, 4);
    made.values.set(train.values.subarray(0, 40 * 5));
    expect(remembers(look(made))).toBe(true);
  });

  it("is none where rows are so few kinds that real ones repeat as well", () => {
    const coarse = (x: number): number => Math.round(x);
    const [known, held] = [normals(320, 2, 5, coarse), normals(80, 2, 6, coarse)];
    const share = finish(equalShare(held, known));
    expect(share).toBeGreaterThan(0.9);
    for (let seed = 10; seed < 30; seed++)
      expect(remembers(finish(memorisation(normals(400, 2, seed, coarse), known, held, share)))).toBe(false);
  });
});
