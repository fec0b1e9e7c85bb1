import { expect, it } from "vitest";
import { makeDataset } from "../datasets/builtin.ts";
import { makeGlyphs } from "../datasets/glyphs.ts";
import { imageTable } from "../datasets/images.ts";
import { random } from "../random/random.ts";
import { CsvRefusal } from "../table/refusal.ts";
import type { Column } from "../table/table.ts";
import { writeCsv } from "../table/writeCsv.ts";
import { openSource } from "./opening.ts";

const options = { rowLimit: 1000, seed: 1 };
const hooks = { onProgress: () => {}, cancelled: () => false, rest: async () => {} };
const numbers = (columns: readonly Column[]) => columns.filter(({ type }) => type === "number");

it("pixels of a file come as the same columns as pixels that we made", async () => {
  const made = imageTable(makeGlyphs(30, random(3)));
  const text = [...writeCsv(made, { escapeFormulas: false })].join("");
  const opened = await openSource({ kind: "text", name: "glyphs.csv", text }, options, hooks);
  expect(opened.image).toMatchObject({ width: 28, height: 28, minimum: 0, maximum: 255 });
  expect(opened.image!.pixels).toEqual(numbers(made.columns));
  expect(opened.text).toEqual({ columns: [], rows: 30 });
});

it("built-in pixels are the numbers that were made, without a way through text", async () => {
  const { table } = makeDataset("gaussian-784", 5);
  const opened = await openSource({ kind: "builtin", id: "gaussian-784", seed: 5 }, options, hooks);
  expect(opened.image!.pixels).toEqual(table.columns);
  expect(opened.rowsRead).toBe(1000);
});

it.each([
  ["one row", "a,b\n1,x\n", /single row/],
  ["nothing but gaps", "a,b\n,NA\n,?\n,\n", /Every cell is missing, in all 3 rows and 2 columns/],
  ["rows that are all the same", "a,b\n1,x\n1,x\n1,x\n", /All 3 rows are the same \(a is always "1"\)/],
])("a file of %s is refused, so that the table before it stays", async (_, text, words) => {
  const opening = openSource({ kind: "text", name: "odd.csv", text }, options, hooks);
  await expect(opening).rejects.toThrow(words);
  await expect(opening).rejects.toBeInstanceOf(CsvRefusal);
});

it("a file is opened where one column varies, be it by its gaps alone", async () => {
  const text = "a,b\n1,x\n,x\n1,x\n";
  const opened = await openSource({ kind: "text", name: "odd.csv", text }, options, hooks);
  expect(opened.text.columns).toHaveLength(2);
});
