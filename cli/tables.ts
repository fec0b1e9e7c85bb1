/** Tables that are held against one another: the first says how columns are read, the others are read the same way. */
import { openSource, type Opened } from "../src/sessions/opening.ts";
import { inferColumn } from "../src/table/infer.ts";
import { defaultMissingMarks } from "../src/table/missing.ts";
import type { Column, Table } from "../src/table/table.ts";
import { readColumn } from "../src/table/typed.ts";
import { nameOf, openInput } from "./files.ts";
import type { Score } from "./arguments.ts";
import { Misuse, type Terminal } from "./terminal.ts";

export interface Tables {
  readonly real: Table;
  readonly synthetic: Table;
  /** Without rows where no file was named. */
  readonly holdout: Table;
  /** Names of the columns that are not judged. */
  readonly left: readonly string[];
}

/** @throws Misuse for names that are not there; Error in words for files that can't be read or don't fit together. */
export async function openTables(
  asked: Score,
  terminal: Terminal,
  tell: (line: string) => void,
): Promise<Tables> {
  const { columns: choices, missingMarks = defaultMissingMarks } = asked;
  const first = await open(asked.real, asked, terminal, tell);
  const names = first.text.columns.map(({ name }) => name);
  const unknown = [
    ...Object.keys(choices),
    ...(asked.target === undefined ? [] : [asked.target]),
    ...asked.key,
    ...asked.sensitive,
  ].find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Misuse(`${nameOf(asked.real)} has no column "${unknown}". Its columns: ${names.join(", ")}.`);
  const left: string[] = [];
  const readers = first.text.columns.flatMap((source) => {
    const inference = inferColumn(source, first.text.rows, { missingMarks });
    const choice = Object.hasOwn(choices, source.name) ? choices[source.name]! : {};
    const type = choice.type ?? inference.type;
    const judged = choice.include ?? !(type === "identifier" || type === "text" || type === "constant");
    if (!judged) left.push(source.name);
    return judged ? [{ name: source.name, type, inference }] : [];
  });
  if (readers.length === 0)
    throw new Error(`${nameOf(asked.real)} has no column to judge: all are identifiers, texts or constants.`);
  const read = ({ text }: Opened, file: string): Table => ({
    rows: text.rows,
    columns: readers.map(({ name, type, inference }): Column => {
      const source = text.columns.find((column) => column.name === name);
      if (source === undefined)
        throw new Error(
          `${nameOf(file)} has no column "${name}", which ${nameOf(asked.real)} has. Its columns: ${text.columns.map((column) => column.name).join(", ")}.`,
        );
      return readColumn(source, type, inference);
    }),
  });
  const real = read(first, asked.real);
  const synthetic = read(await open(asked.synthetic, asked, terminal, tell), asked.synthetic);
  const { holdout: held } = asked;
  const holdout = held === undefined ? none(real) : read(await open(held, asked, terminal, tell), held);
  return { real, synthetic, holdout, left };
}

const none = ({ columns }: Table): Table => ({
  rows: 0,
  columns: columns.map((column) =>
    "values" in column ? { ...column, values: new Float64Array() } : { ...column, codes: new Int32Array() },
  ),
});

async function open(
  name: string,
  { limit, seed }: Score,
  terminal: Terminal,
  tell: (line: string) => void,
): Promise<Opened> {
  const file = await openInput(name, terminal);
  const opened = await openSource(
    { kind: "files", files: [file] },
    { rowLimit: limit, seed },
    { onProgress() {}, cancelled: () => terminal.interrupted, rest: () => terminal.rest() },
  );
  if (opened.image !== undefined)
    throw new Error(`${nameOf(name)} holds images; likeness score judges tables of columns.`);
  for (const issue of opened.issues) tell(`${nameOf(name)}: ${issue}`);
  return opened;
}
