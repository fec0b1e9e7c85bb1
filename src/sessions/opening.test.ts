import { expect, it } from "vitest";
import { makeDataset } from "../datasets/builtin.ts";
import { makeGlyphs } from "../datasets/glyphs.ts";
import { imageTable } from "../datasets/images.ts";
import { random } from "../random/random.ts";
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
