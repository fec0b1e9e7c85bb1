/** Values that SDMetrics itself computed, and the tables that it computed them on. See `golden/README.md`. */
import { existsSync, readFileSync } from "node:fs";
import { inferColumn } from "../../table/infer.ts";
import type { ColumnType, Table } from "../../table/table.ts";
import { read } from "../../table/testing/reading.ts";
import { readColumn } from "../../table/typed.ts";

export interface GoldenCase {
  readonly case: string;
  readonly metric: string;
  readonly params: { readonly column?: string; readonly columns?: readonly [string, string] } & Readonly<
    Record<string, unknown>
  >;
  readonly real_csv: string;
  readonly synthetic_csv: string;
  readonly validation_csv?: string;
  readonly status: "ok" | "nan" | "error";
  readonly value: unknown;
}

interface Golden {
  readonly metadata: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly cases: readonly GoldenCase[];
}

const own = new URL("golden/", import.meta.url);
const shared = new URL("../../../../shared/golden/", import.meta.url);

/** The copied cases on generated tables and, where the shared folder is, its others. */
export const goldenFolders: readonly { readonly folder: URL; readonly cases: readonly GoldenCase[] }[] = [
  { folder: own, cases: open(own).cases },
  ...(existsSync(shared)
    ? [{ folder: shared, cases: open(shared).cases.filter(({ real_csv }) => !real_csv.startsWith("toy")) }]
    : []),
];
if (!existsSync(shared))
  console.log("skipped: SDMetrics' values on Adult and penguins, ../shared/golden is not here");

function open(folder: URL): Golden {
  return JSON.parse(readFileSync(new URL("cases.json", folder), "utf8")) as Golden;
}

const typeOf: Readonly<Record<string, ColumnType>> = {
  numerical: "number",
  categorical: "category",
  boolean: "boolean",
  datetime: "datetime",
  id: "identifier",
};

const tables = new Map<string, Promise<Table>>();

/** A table of a golden case, its columns typed as the case's metadata says. */
export function goldenTable(folder: URL, real: string, name: string): Promise<Table> {
  const key = new URL(name, folder).href;
  const known = tables.get(key) ?? openTable(folder, real, name);
  tables.set(key, known);
  return known;
}

async function openTable(folder: URL, real: string, name: string): Promise<Table> {
  const types = open(folder).metadata[real]!;
  const { table } = await read(readFileSync(new URL(name, folder)), { missingMarks: [""] });
  const columns = table.columns.map((column) => {
    const inference = inferColumn(column, table.rows, { missingMarks: [""] });
    return readColumn(column, typeOf[types[column.name]!]!, inference);
  });
  return { columns, rows: table.rows };
}
