import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { Rows } from "./rows.ts";
import { FEWEST_FITTED, MOST_FITTED, startUmap, type UmapFit } from "./umap.ts";

/** Three Gaussian blobs, 12 standard deviations apart; row i belongs to blob i % 3. */
function blobs(rows: number, width: number, seed: number): Rows {
  const stream = random(seed);
  const values = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++) values[i * width + j] = stream.normal() + (j % 3 === i % 3 ? 12 : 0);
  return { values, rows, width };
}

function run(fit: UmapFit): UmapFit {
  let share = 0;
  while (!fit.step(7)) {
    expect(fit.share).toBeGreaterThan(share);
    share = fit.share;
  }
  return fit;
}

const centresOf = (points: Float32Array): [number, number][] =>
  [0, 1, 2].map((blob) => {
    let x = 0;
    let y = 0;
    let count = 0;
    for (let i = blob; 2 * i < points.length; i += 3, count++) {
      x += points[2 * i]!;
      y += points[2 * i + 1]!;
    }
    return [x / count, y / count];
  });

const nearestCentre = (centres: readonly [number, number][], x: number, y: number): number => {
  const distances = centres.map((centre) => Math.hypot(centre[0] - x, centre[1] - y));
  return distances.indexOf(Math.min(...distances));
};

/** Share of points that are nearer to their own blob's centre than to another's. */
const purity = (centres: readonly [number, number][], points: Float32Array): number => {
  let right = 0;
  for (let i = 0; 2 * i < points.length; i++)
    if (nearestCentre(centres, points[2 * i]!, points[2 * i + 1]!) === i % 3) right++;
  return right / (points.length / 2);
};

describe("UMAP of three blobs", () => {
  const real = blobs(240, 6, 1);
  let fit: UmapFit;
  beforeAll(() => {
    fit = run(startUmap(real, random(5)));
  });

  it("keeps the blobs apart", () => {
    const points = fit.embedding;
    expect(points.length).toBe(480);
    expect(points.every(Number.isFinite)).toBe(true);
    expect(purity(centresOf(points), points)).toBe(1);
    expect(fit.share).toBeCloseTo(1, 12);
  });

  it("is the same from the same seed and another from another", () => {
    expect(run(startUmap(real, random(5))).embedding).toEqual(fit.embedding);
    expect(run(startUmap(real, random(6))).embedding).not.toEqual(fit.embedding);
  });

  it("places new rows with their blob, and never moves the fitted ones", () => {
    const before = fit.embedding;
    // As many rows as were fitted: the case in which umap-js's own transform moves them.
    for (const rows of [1, 30, 240]) {
      const placed = fit.place(blobs(rows, 6, 2));
      expect(placed.length).toBe(2 * rows);
      expect(purity(centresOf(before), placed)).toBe(1);
    }
    expect(fit.embedding).toEqual(before);
  });

  it("places a copy of a fitted row upon it, and a row far from all within their bounds", () => {
    const own = fit.place(real);
    own.forEach((x, i) => expect(x).toBeCloseTo(fit.embedding[i]!, 4));
    const x = own.filter((_, i) => i % 2 === 0);
    const y = own.filter((_, i) => i % 2 === 1);
    const far = fit.place({ values: new Float32Array(6).fill(400), rows: 1, width: 6 });
    expect(far[0]! >= Math.min(...x) && far[0]! <= Math.max(...x)).toBe(true);
    expect(far[1]! >= Math.min(...y) && far[1]! <= Math.max(...y)).toBe(true);
  });

  it("moves a point little for a row that moves little", () => {
    const ends = blobs(2, 6, 9);
    const path = 2000;
    const values = Float32Array.from({ length: path * 6 }, (_, i) => {
      const share = Math.floor(i / 6) / (path - 1);
      return (1 - share) * ends.values[i % 6]! + share * ends.values[6 + (i % 6)]!;
    });
    const points = fit.place({ values, rows: path, width: 6 });
    const jumps = Array.from({ length: path - 1 }, (_, i) =>
      Math.hypot(points[2 * i + 2]! - points[2 * i]!, points[2 * i + 3]! - points[2 * i + 1]!),
    );
    const whole = Math.hypot(points[2 * path - 2]! - points[0]!, points[2 * path - 1]! - points[1]!);
    expect(Math.max(...jumps)).toBeLessThan(whole / 10);
  });

  it("gives no position to a row that is not finite, and refuses rows of another width", () => {
    expect(Array.from(fit.place({ values: new Float32Array(6).fill(NaN), rows: 1, width: 6 }))).toEqual([
      NaN,
      NaN,
    ]);
    expect(() => fit.place(blobs(3, 5, 1))).toThrow(/5 numbers.*6/);
  });
});

describe("UMAP of few, many and equal rows", () => {
  it("refuses too few in words, and copes with just enough", () => {
    expect(() => startUmap(blobs(FEWEST_FITTED - 1, 3, 1), random(1))).toThrow(
      /at least 12 rows.*here are 11.*PCA/,
    );
    const fit = run(startUmap(blobs(FEWEST_FITTED, 3, 1), random(1)));
    expect(fit.place(blobs(40, 3, 2)).every(Number.isFinite)).toBe(true);
  });

  it("fits a seeded sample of many rows", () => {
    const many = blobs(MOST_FITTED + 500, 2, 1);
    const { rows } = startUmap(many, random(1));
    expect(rows.length).toBe(MOST_FITTED);
    expect(new Set(rows).size).toBe(MOST_FITTED);
    expect(Array.from(rows)).toEqual(Array.from(rows).sort((a, b) => a - b));
    expect(startUmap(many, random(1)).rows).toEqual(rows);
    expect(startUmap(many, random(2)).rows).not.toEqual(rows);
  });

  it("stays finite where all rows, or the width, are nothing", () => {
    for (const width of [0, 4]) {
      const equal = { values: new Float32Array(40 * width).fill(1), rows: 40, width };
      const fit = run(startUmap(equal, random(1)));
      expect(fit.embedding.length).toBe(80);
      expect(fit.embedding.every(Number.isFinite)).toBe(true);
      expect(fit.place(equal).every(Number.isFinite)).toBe(true);
    }
  });
});
