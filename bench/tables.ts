/** A training table and its holdout as the lab would read them from files: the holdout typed as the training table is. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
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

async function open(file: string, seed: number): Promise<Opened> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const opened = await openSource(
    { kind: "files", files: [new File([readFileSync(file)], path.basename(file))] },
    { rowLimit: mostRows, seed },
    { onProgress() {}, cancelled: () => false, rest: async () => {} },
  );
  if (opened.image) throw new Error(`${file} holds pictures; this benchmark is about tables.`);
  for (const issue of opened.issues) process.stderr.write(`${file}: ${issue}\n`);
  return opened;
}
