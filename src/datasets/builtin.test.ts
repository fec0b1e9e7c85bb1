import { describe, expect, test } from "vitest";
import { datasetCards } from "../catalog/datasets.ts";
import { inferColumn } from "../table/infer.ts";
import { makeDataset } from "./builtin.ts";
import { recognisePixels } from "./pixels.ts";
import { toText } from "./text.ts";

describe.each(datasetCards)("$id", ({ id, rows, kind }) => {
  const dataset = makeDataset(id, 7);
  const { table } = dataset;

  test("has the rows its card promises, in columns of one length with names of their own", () => {
    expect(table.rows).toBe(rows);
    expect(new Set(table.columns.map((column) => column.name)).size).toBe(table.columns.length);
    for (const column of table.columns)
      expect("values" in column ? column.values : column.codes).toHaveLength(rows);
  });

  test("is what its card calls it", () => {
    const names = table.columns.map((column) => column.name);
    const numeric = table.columns.filter((column) => column.type === "number").length;
    const seen =
      numeric < names.length && !dataset.image
        ? "table"
        : names.join() === "x,y"
          ? "shape"
          : numeric === names.length
            ? "vectors"
            : "images";
    expect(seen).toBe(kind);
    expect(numeric).toBe(dataset.image ? dataset.image.width * dataset.image.height : numeric);
  });

  // Compared cell by cell: a printed difference of 784 columns helps nobody.
  test("comes from its seed alone", () => {
    const cells = (seed: number): Float64Array[] =>
      makeDataset(id, seed).table.columns.map((column) =>
        Float64Array.from("values" in column ? column.values : column.codes),
      );
    const [first, again, other] = [cells(7), cells(7), cells(8)];
    expect(first.every((column, i) => column.every((cell, row) => Object.is(cell, again[i]![row])))).toBe(
      true,
    );
    expect(first.every((column, i) => column.every((cell, row) => Object.is(cell, other[i]![row])))).toBe(
      false,
    );
  });

  test("is recognised as images exactly where its cells are greys", () => {
    const layout = recognisePixels(toText(table));
    const { width, height, maximum, labelColumn } = layout ?? {};
    const side = dataset.image?.width;
    const grey = { width: side, height: side, maximum: 255, labelColumn: 0 };
    expect(layout && { width, height, maximum, labelColumn }).toEqual(kind === "images" ? grey : undefined);
    expect(recognisePixels(table)).toEqual(layout);
  });
});

// Pixels at the rim are blank in nearly every image; they are no numbers to a reader of columns, so images are left out.
test.each(datasetCards.filter(({ kind }) => kind !== "images"))(
  "$id is read back from its text as it was made",
  ({ id, rows }) => {
    const { table } = makeDataset(id, 7);
    const text = toText(table);
    expect(text.rows).toBe(rows);
    // A hundred columns are enough to see it for the wide ones.
    const made = table.columns.slice(0, 100).map((column) => ({
      name: column.name,
      type: column.type,
      format: column.type === "number" ? column.format : undefined,
      pattern: column.type === "datetime" ? column.pattern : undefined,
    }));
    const read = text.columns.slice(0, 100).map((column) => {
      const { type, number, date } = inferColumn(column, rows, { missingMarks: [""] });
      return {
        name: column.name,
        type,
        format: type === "number" ? number : undefined,
        pattern: type === "datetime" ? date : undefined,
      };
    });
    expect(read).toEqual(made);
  },
);

test("ring and grid bring their centres; nothing else claims any", () => {
  const centres = datasetCards
    .map(({ id }) => [id, makeDataset(id, 1).shape?.centres.length] as const)
    .filter(([, count]) => count !== undefined);
  expect(centres).toEqual([
    ["ring", 8],
    ["grid", 25],
  ]);
});

test("Gaussian vectors are standard normal and independent", () => {
  const { table } = makeDataset("gaussian-10", 3);
  const columns = table.columns.map((column) => ("values" in column ? column.values : new Float64Array()));
  columns.forEach((a, i) => {
    const mean = a.reduce((x, y) => x + y) / a.length;
    expect(Math.abs(mean)).toBeLessThan(0.09); // four standard errors of 2,000 rows
    expect(Math.abs(a.reduce((sum, x) => sum + (x - mean) ** 2, 0) / a.length - 1)).toBeLessThan(0.13);
    for (const b of columns.slice(i + 1))
      expect(Math.abs(a.reduce((sum, x, row) => sum + x * b[row]!, 0) / a.length)).toBeLessThan(0.1);
  });
});
