/** Rows from a model to where they are wanted, a piece at a time: a million of them are never in memory at once. */
import type { Matrix } from "../src/encode/span.ts";
import { csvWriter, type Spelling } from "../src/sessions/sheet.ts";
import { plural } from "../src/table/said.ts";
import { openOutput } from "./files.ts";
import type { Terminal } from "./terminal.ts";

/** @param check called between pieces; it throws where they can no longer be trusted. */
export async function writeRows(
  pieces: AsyncGenerator<Matrix>,
  spelling: Spelling,
  {
    out,
    seed,
    escapeFormulas,
  }: { readonly out: string; readonly seed: number; readonly escapeFormulas: boolean },
  terminal: Terminal,
  check: () => void,
): Promise<number> {
  const write = csvWriter(spelling, { seed, escapeFormulas });
  const output = openOutput(out, terminal);
  let rows = 0;
  try {
    for await (const piece of pieces) {
      check();
      for (const text of write(piece)) await output.write(text);
      rows += piece.rows;
      await terminal.rest();
    }
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  return rows;
}

/** "8,000 synthetic rows in synthetic.csv". */
export const saidOf = (rows: number, out: string): string =>
  `${plural(rows, "synthetic row")}${out === "-" ? "" : ` in ${out}`}`;
