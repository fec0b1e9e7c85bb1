import { expect, test } from "vitest";
import { random } from "../random/random.ts";
import { glyphImage, glyphNames, glyphSide, makeGlyphs, makeSmallGlyphs } from "./glyphs.ts";
import { imageTable } from "./images.ts";

const size = glyphSide * glyphSide;

test("ten classes with names of their own", () => {
  expect(new Set(glyphNames).size).toBe(10);
  expect(() => glyphImage(10, random(1))).toThrow("classes are 0 to 9");
});

test("an image has full strokes, soft edges and a dark rim", () => {
  const stream = random(2);
  for (let sign = 0; sign < 10; sign++)
    for (let k = 0; k < 30; k++) {
      const image = glyphImage(sign, stream);
      expect(image).toHaveLength(size);
      const lit = image.filter((pixel) => pixel > 127).length;
      expect(lit).toBeGreaterThan(20);
      expect(lit).toBeLessThan(320);
      expect(image).toContain(255);
      expect(image.some((pixel) => pixel > 20 && pixel < 235)).toBe(true);
      const corners = [0, glyphSide - 1, size - glyphSide, size - 1];
      for (const corner of corners) expect(image[corner]).toBe(0);
    }
});

test("every drawing of a class differs, and the seed decides them all", () => {
  expect(glyphImage(3, random(1))).toEqual(glyphImage(3, random(1)));
  const stream = random(1);
  expect(glyphImage(3, stream)).not.toEqual(glyphImage(3, stream));
  expect(makeGlyphs(40, random(6))).toEqual(makeGlyphs(40, random(6)));
});

test("a small glyph is the mean of the large one's blocks", () => {
  const [large, small] = [makeGlyphs(3, random(5)), makeSmallGlyphs(3, random(5))];
  expect(small).toMatchObject({ width: 8, height: 8, count: 3, labels: large.labels });
  const lit = (pixels: Uint8Array, i: number, side: number): number =>
    pixels.subarray(i * side ** 2, (i + 1) * side ** 2).reduce((sum, pixel) => sum + pixel, 0);
  for (let i = 0; i < 3; i++)
    expect(Math.abs(9 * lit(small.pixels, i, 8) - lit(large.pixels, i, 28))).toBeLessThan(64 * 4.5);
  // The block at row 3, column 4 begins two pixels from the rim and three a block further.
  const from = (2 + 9) * glyphSide + 2 + 12;
  const mean = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => large.pixels[from + y * glyphSide + x]!));
  expect(small.pixels[3 * 8 + 4]).toBe(Math.round(mean.reduce((a, b) => a + b) / 9));
});

test.each([
  ["large", makeGlyphs],
  ["small", makeSmallGlyphs],
])("classes of %s ones are told apart by the nearest class mean", (_, make) => {
  const train = make(1_000, random(11));
  const check = make(500, random(12));
  const size = train.width * train.height;
  const means = glyphNames.map(() => new Float64Array(size));
  const counts = glyphNames.map(() => 0);
  for (let i = 0; i < train.count; i++) {
    const sign = glyphNames.indexOf(train.labels![i]!);
    counts[sign]!++;
    for (let p = 0; p < size; p++) means[sign]![p]! += train.pixels[i * size + p]!;
  }
  means.forEach((mean, sign) => mean.forEach((sum, p) => (mean[p] = sum / counts[sign]!)));
  // Classes are equally likely: 1,000 draws, 100 each, deviation 9.5.
  for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(40);

  const right = glyphNames.map(() => 0);
  const seen = glyphNames.map(() => 0);
  for (let i = 0; i < check.count; i++) {
    const sign = glyphNames.indexOf(check.labels![i]!);
    const distances = means.map((mean) =>
      mean.reduce((sum, m, p) => sum + (m - check.pixels[i * size + p]!) ** 2, 0),
    );
    seen[sign]!++;
    if (distances.indexOf(Math.min(...distances)) === sign) right[sign]!++;
  }
  expect(right.reduce((a, b) => a + b) / check.count).toBeGreaterThan(0.8);
  expect(glyphNames.filter((_, sign) => right[sign]! / seen[sign]! <= 0.6)).toEqual([]);
});

test("as a table: a label, then 784 whole numbers from 0 to 255", () => {
  const images = makeGlyphs(50, random(1));
  const table = imageTable(images);
  expect(table.rows).toBe(50);
  const [label, ...pixels] = table.columns;
  if (label?.type !== "category") throw new Error("the label is a category");
  expect(Array.from(label.codes, (code) => label.levels[code])).toEqual(images.labels);
  expect(pixels).toHaveLength(size);
  for (const [p, column] of pixels.entries()) {
    if (column.type !== "number") throw new Error("a pixel is a number");
    expect(column.name).toBe(`pixel${p}`);
    expect(column.values[7]).toBe(images.pixels[7 * size + p]);
    expect(column.format.decimals).toBe(0);
  }
});
