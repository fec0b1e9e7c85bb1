import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inferColumn } from "./infer.ts";
import { defaultMissingMarks } from "./missing.ts";
import { read } from "./testing/reading.ts";
import { readTable } from "./typed.ts";
import { writeCsv } from "./writeCsv.ts";

/** Real tables (Adult, Palmer penguins, wine, breast cancer): what is read and typed must be written back to the byte. */
const folders = ["../shared/data", "../shared/golden"].map(
  (path) => new URL(`../../${path}/`, import.meta.url),
);
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .map((name) => new URL(name, folder)),
  );
if (files.length === 0)
  console.log("skipped: no real tables, ../shared/data and ../shared/golden are not here");

describe.skipIf(files.length === 0)("real files", () => {
  it.each(files.map((file) => [file.pathname.split("/").at(-1)!, file] as const))("%s", async (_, file) => {
    const bytes = readFileSync(file);
    const { table, issues } = await read(bytes);
    expect(issues).toEqual([]);
    const choices = table.columns.map((column) => ({
      inference: inferColumn(column, table.rows, { missingMarks: defaultMissingMarks }),
    }));
    const typed = readTable(table, choices);
    const csv = [...writeCsv(typed, { escapeFormulas: false })].join("");
    const oneSpelling = choices.every(({ inference }) => inference.notes.length === 0);
    if (oneSpelling) expect(csv).toBe(bytes.toString("utf8").replaceAll("\r\n", "\n"));
    else expect(readTable((await read(csv)).table, choices)).toEqual(typed);
  });
});
