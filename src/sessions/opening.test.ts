import { describe, expect, it } from "vitest";
import { makeDataset } from "../datasets/builtin.ts";
import { toText } from "../datasets/text.ts";
import { CsvRefusal } from "../table/refusal.ts";
import { openSource, type Opened } from "./opening.ts";
import { prepare } from "./preparing.ts";

const options = { rowLimit: 1_000, seed: 1 };
const hooks = { onProgress() {}, cancelled: () => false, rest: async () => {} };
const csv = (text: string): Promise<Opened> =>
  openSource({ kind: "text", text, name: "t.csv" }, options, hooks);

describe("a table without anything to learn", () => {
  it.each([
    ["a single row", "a,b\n1,x\n", /single row/],
    [
      "all missing",
      "a,b\n,NA\nNA,?\n\\N,null\n",
      /^Every cell of this table is missing, in all 3 rows of 2 columns/,
    ],
    [
      "one value",
      "a\n7\n7\n7\n",
      /^No column varies in 3 rows of 1 column: "a" is "7" wherever it is filled\. /,
    ],
    [
      "one value a column, and gaps",
      "a,b,c\n7,,x\n7,,x\n,NA,x\n",
      /"a" is "7" wherever it is filled, and every other is as constant/,
    ],
  ])("is refused before it takes the place of another: %s", async (_, text, words) => {
    const refusal = await csv(text).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CsvRefusal);
    expect((refusal as CsvRefusal).message).toMatch(words);
  });

  it("is one where no column varies; a single one that does is enough", async () => {
    expect((await csv("a,b\n7,1\n7,2\n")).text.rows).toBe(2);
  });
});

describe("built-in pictures", () => {
  it("are the same numbers as if they had been read from a file", async () => {
    const source = { kind: "builtin", id: "glyphs", seed: 1 } as const;
    const opened = await openSource(source, options, hooks);
    expect(opened.text.columns).toEqual([]);
    const { pixels: _, ...read } = opened;
    const choices = { missingMarks: [""], columns: {}, holdout: 0.2, seed: 1, numeric: "minmax" } as const;
    const prepared = (from: Opened) => prepare(from, 1, choices, new Map(), "", async () => {});
    const straight = await prepared(opened);
    const detour = await prepared({ ...read, text: toText(makeDataset("glyphs", 1).table) });
    expect(straight.table.columns).toHaveLength(784);
    expect(straight.table.columns[400]).toEqual(detour.table.columns[400]);
    expect(straight.encoder.spans).toEqual(detour.encoder.spans);
    const rows = straight.split.train.slice(0, 50);
    expect(straight.encoder.encode(straight.table, rows)).toEqual(detour.encoder.encode(detour.table, rows));
  });
});
