import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataSeed, datasetCards } from "../catalog/datasets.ts";
import { makeDataset } from "../datasets/builtin.ts";
import { inferColumn } from "../table/infer.ts";
import { defaultMissingMarks } from "../table/missing.ts";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { read } from "../table/testing/reading.ts";
import { readTable } from "../table/typed.ts";
import { guessQuestion } from "./questions.ts";

const guessOf = (table: Table) => {
  const { said, ...question } = guessQuestion(table)!;
  return { question, said };
};
const builtin = (id: Parameters<typeof makeDataset>[0]): Table => makeDataset(id, dataSeed).table;

describe("a question guessed from columns", () => {
  it("is sensible on the built-in tables, and says how it came about", () => {
    expect(guessOf(builtin("birds"))).toEqual({
      question: { target: "species", key: ["island"], sensitive: ["sex"] },
      said: 'Guessed: "species" is what others would predict (by its name). Guessed: an attacker knows "island" (by name) and is after "sex" (by its name).',
    });
    expect(guessOf(builtin("loans")).question).toEqual({
      target: "default",
      key: ["region", "age", "employment"],
      sensitive: ["income"],
    });
  });

  it("leaves to the person what no column suggests", () => {
    const { question, said } = guessOf(builtin("ring"));
    expect(question).toEqual({ key: [], sensitive: [] });
    expect(said).toContain("No column looks like one to predict: choose it");
    expect(said).toContain("No column looks like a secret");
    expect(guessQuestion({ columns: [numbers("x", [1, 2])], rows: 2 })).toBeUndefined();
    const traces = { columns: [numbers("trace", [1, 2]), numbers("raceway", [1, 2]), categories("kind", ["a", "b"])], rows: 2 }; // prettier-ignore
    expect(guessOf(traces).question).toEqual({ target: "kind", key: [], sensitive: [] });
  });

  const known = [
    ...datasetCards.filter(({ kind }) => kind === "table").flatMap(({ id }) => builtin(id).columns.map(({ name }) => name)), // prettier-ignore
    "income",
    "salary",
    "race",
    "sex",
    "y",
    "diagnosis",
    "Age",
    "fraud",
    "z",
  ];
  it("never asks for one column in two places, and only for columns that there are", () => {
    const column = fc.record({ name: fc.constantFrom(...known), numeric: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(column, { minLength: 2, selector: ({ name }) => name }), (columns) => {
        const table: Table = {
          columns: columns.map(({ name, numeric }) =>
            numeric ? numbers(name, [1, 2, 3]) : categories(name, ["a", "b", "a"]),
          ),
          rows: 3,
        };
        const { target, key, sensitive } = guessQuestion(table)!;
        const all = [...(target === undefined ? [] : [target]), ...key, ...sensitive];
        expect(new Set(all).size).toBe(all.length);
        expect(table.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(all));
        expect(key.length > 0).toBe(sensitive.length > 0);
      }),
    );
  });
});

const folder = new URL("../../../shared/data/", import.meta.url);
if (!existsSync(folder)) console.log("skipped: questions of real tables, ../shared/data is not here");

describe.skipIf(!existsSync(folder))("of real tables", () => {
  it.each([
    ["adult", { target: "income", key: ["age", "sex", "native-country"], sensitive: ["race"] }],
    ["penguins", { target: "species", key: ["island"], sensitive: ["sex"] }],
    ["wine", { target: "target", key: [], sensitive: [] }],
    ["breast_cancer", { target: "target", key: [], sensitive: [] }],
  ])("%s", async (name, question) => {
    const { table } = await read(readFileSync(new URL(`${name}_train.csv`, folder)));
    const inferred = table.columns.map((column) => ({
      inference: inferColumn(column, table.rows, { missingMarks: defaultMissingMarks }),
    }));
    expect(guessOf(readTable(table, inferred)).question).toEqual(question);
  });
});
