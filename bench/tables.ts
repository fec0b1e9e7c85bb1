/** A training table and its holdout as the lab would read them from files: the holdout typed as the training table is. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { datasetCards } from "../src/catalog/datasets.ts";
import type { DataSource } from "../src/protocol/analysis.ts";
import { openSource, type Opened } from "../src/sessions/opening.ts";
import { prepare, type Inferences, type Prepared } from "../src/sessions/preparing.ts";
import { defaultMissingMarks } from "../src/table/missing.ts";
import type { Table } from "../src/table/table.ts";
import { readColumn } from "../src/table/typed.ts";

export interface Tables {
  /** All its rows are training rows; identifiers, texts and constants are left out. */
  readonly prepared: Prepared;
  readonly holdout: Table;
}

const mostRows = 1_000_000;

/**
 * @param trainFile a CSV file, or "builtin:loans:3" for a table of the lab's own made from seed 3; so is `holdoutFile`.
 * @param target a column to predict; it is read as categories.
 * @throws Error in words for files that can't be read or don't fit together.
 */
export async function openTables(
  trainFile: string,
  holdoutFile: string,
  target: string,
  seed: number,
): Promise<Tables> {
  const [train, held] = [await open(trainFile, seed), await open(holdoutFile, seed)];
  const names = train.text.columns.map(({ name }) => name);
  if (!names.includes(target))
    throw new Error(`${trainFile} has no column "${target}" to predict. Its columns: ${names.join(", ")}.`);
  const inferences: Inferences = new Map();
  const options = {
    missingMarks: defaultMissingMarks,
    columns: { [target]: { type: "category" } },
    holdout: 0,
    seed,
    numeric: "quantile",
  } as const;
  const prepared = await prepare(train, 1, options, inferences, "", async () => {});
  const [inferred] = inferences.values();
  const columns = prepared.table.columns.map(({ name, type }) => {
    const text = held.text.columns.find((column) => column.name === name);
    if (text === undefined)
      throw new Error(`${holdoutFile} has no column "${name}", which ${trainFile} has.`);
    return readColumn(text, type, inferred![names.indexOf(name)]!);
  });
  return { prepared, holdout: { columns, rows: held.text.rows } };
}

/** "builtin:loans" or "builtin:loans:3": rows of the lab's own, by the seed behind them or by none. */
const ownTable = /^builtin:([\w-]+?)(?::(\d+))?$/;

function sourceOf(name: string): DataSource {
  const [, id, seed = "1"] = ownTable.exec(name) ?? [];
  if (id !== undefined) {
    const card = datasetCards.find((each) => each.id === id);
    if (card === undefined)
      throw new Error(
        `There is no built-in table "${id}", only ${datasetCards.map((each) => each.id).join(", ")}.`,
      );
    return { kind: "builtin", id: card.id, seed: Number(seed) };
  }
  if (!existsSync(name)) throw new Error(`There is no file ${name}.`);
  return { kind: "files", files: [new File([readFileSync(name)], path.basename(name))] };
}

async function open(file: string, seed: number): Promise<Opened> {
  const opened = await openSource(
    sourceOf(file),
    { rowLimit: mostRows, seed },
    { onProgress() {}, cancelled: () => false, rest: async () => {} },
  );
  if (opened.image) throw new Error(`${file} holds pictures; this benchmark is about tables.`);
  for (const issue of opened.issues) process.stderr.write(`${file}: ${issue}\n`);
  return opened;
}
