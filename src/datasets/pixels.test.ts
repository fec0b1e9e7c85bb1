import fc from "fast-check";
import { expect, test } from "vitest";
import { random, type Random } from "../random/random.ts";
import type { TextColumn, TextTable } from "../table/table.ts";
import { makeGlyphs } from "./glyphs.ts";
import { imageTable } from "./images.ts";
import { makeLoans } from "./loans.ts";
import { recognisePixels } from "./pixels.ts";

function textColumn(name: string, cells: readonly string[]): TextColumn {
  const levels = [...new Set(cells)];
  return { name, levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) };
}

/** `n` pixel columns over 40 rows, values 0..maximum; the outermost are blank, as at the rim of real images. */
function pixelColumns(
  n: number,
  maximum: number,
  stream: Random,
  name = (i: number) => `pixel${i}`,
): TextColumn[] {
  return Array.from({ length: n }, (_, i) =>
    textColumn(
      name(i),
      Array.from({ length: 40 }, (_, row) =>
        i === 0 || i === n - 1 ? "0" : String(row === 0 && i === 5 ? maximum : stream.integer(maximum + 1)),
      ),
    ),
  );
}

const digits = (stream: Random): string[] => Array.from({ length: 40 }, () => String(stream.integer(10)));
const table = (columns: TextColumn[]): TextTable => ({ columns, rows: 40 });

test("784 columns of bytes, label first, in the middle of nothing else", () => {
  const stream = random(1);
  const layout = recognisePixels(
    table([textColumn("label", digits(stream)), ...pixelColumns(784, 255, stream)]),
  );
  expect(layout).toEqual({
    width: 28,
    height: 28,
    maximum: 255,
    columns: Array.from({ length: 784 }, (_, i) => i + 1),
    labelColumn: 0,
  });
});

test("64 columns up to 16, label last", () => {
  const stream = random(2);
  const layout = recognisePixels(
    table([...pixelColumns(64, 16, stream), textColumn("target", digits(stream))]),
  );
  expect(layout).toMatchObject({ width: 8, height: 8, maximum: 16, labelColumn: 64 });
  expect(layout!.columns).toHaveLength(64);
});

test.each([64, 81, 100, 256, 784])("%i columns without a label, black and white", (n) => {
  const layout = recognisePixels(table(pixelColumns(n, 1, random(3))));
  expect(layout).toMatchObject({
    width: Math.sqrt(n),
    height: Math.sqrt(n),
    maximum: 1,
    labelColumn: undefined,
  });
});

test("a label in words is found at either end, and one without a telling name by its variety", () => {
  const stream = random(4);
  const words = textColumn(
    "7",
    Array.from({ length: 40 }, (_, i) => (i % 2 ? "cat" : "dog")),
  );
  const pixels = pixelColumns(64, 255, stream);
  expect(recognisePixels(table([words, ...pixels]))?.labelColumn).toBe(0);
  expect(recognisePixels(table([...pixels, words]))?.labelColumn).toBe(64);
  const unnamed = pixelColumns(65, 255, stream, (i) => `column ${i}`);
  const label = textColumn("column 0", digits(stream));
  expect(recognisePixels(table([label, ...unnamed.slice(1)]))?.labelColumn).toBe(0);
  expect(
    recognisePixels(table([...unnamed.slice(0, -1), { ...label, name: "column 64" }]))?.labelColumn,
  ).toBe(64);
});

test("numbers written with a point, as some exports have them, are still pixels", () => {
  const columns = pixelColumns(64, 16, random(5)).map((column) => ({
    ...column,
    levels: column.levels.map((level) => `${level}.0`),
  }));
  expect(recognisePixels(table(columns))).toMatchObject({ maximum: 16 });
});

test("our own glyphs are recognised from the typed table", () => {
  const layout = recognisePixels(imageTable(makeGlyphs(30, random(6))));
  expect(layout).toMatchObject({ width: 28, height: 28, maximum: 255, labelColumn: 0 });
  const { labels: _, ...bare } = makeGlyphs(30, random(6));
  expect(recognisePixels(imageTable(bare))).toMatchObject({ width: 28, labelColumn: undefined });
});

test.each<[string, (columns: TextColumn[]) => TextColumn[]]>([
  ["a missing cell", (columns) => columns.with(20, textColumn("pixel20", Array(40).fill("").with(3, "9")))],
  ["a value above 255", (columns) => columns.with(20, textColumn("pixel20", Array(40).fill("256")))],
  ["a negative value", (columns) => columns.with(20, textColumn("pixel20", Array(40).fill("-1")))],
  ["a fraction", (columns) => columns.with(20, textColumn("pixel20", Array(40).fill("0.5")))],
  ["one column too few", (columns) => columns.slice(1)],
  ["two columns too many", (columns) => [...columns, ...columns.slice(0, 2)]],
  [
    "a label in the middle",
    (columns) => columns.toSpliced(30, 0, textColumn("label", Array(40).fill("cat"))),
  ],
  [
    "names without numbers",
    (columns) => columns.map((column, i) => ({ ...column, name: "q".repeat(i + 1) })),
  ],
  ["nothing but blanks", (columns) => columns.map(({ name }) => textColumn(name, Array(40).fill("0")))],
])("%s makes it an ordinary table", (_, spoil) => {
  const columns = pixelColumns(64, 255, random(7));
  expect(recognisePixels(table(columns))).toBeDefined();
  expect(recognisePixels(table(spoil(columns)))).toBeUndefined();
});

test("ordinary tables are no images", () => {
  expect(recognisePixels(makeLoans(50, random(1)))).toBeUndefined();
  expect(recognisePixels({ columns: [], rows: 0 })).toBeUndefined();
  expect(recognisePixels({ columns: pixelColumns(64, 255, random(1)), rows: 0 })).toBeUndefined();
});

test("any layout covers each column once, and its pixels are a square", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 12 }),
      fc.constantFrom("first", "last", "none"),
      fc.constantFrom(1, 16, 255),
      fc.nat(),
      (side, where, maximum, seed) => {
        const stream = random(seed);
        const pixels = pixelColumns(side * side, maximum, stream);
        const label = textColumn("class", digits(stream));
        const columns =
          where === "first" ? [label, ...pixels] : where === "last" ? [...pixels, label] : pixels;
        const layout = recognisePixels(table(columns))!;
        expect(layout).toMatchObject({ width: side, height: side, maximum });
        expect(layout.labelColumn).toBe(where === "none" ? undefined : where === "first" ? 0 : side * side);
        const covered = [
          ...layout.columns,
          ...(layout.labelColumn === undefined ? [] : [layout.labelColumn]),
        ];
        expect(covered.sort((a, b) => a - b)).toEqual(columns.map((_, i) => i));
      },
    ),
    { numRuns: 60 },
  );
});
