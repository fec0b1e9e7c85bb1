/**
 * `npm run bench:scoring -- [table.csv target] [--report]`: how long scoring takes on one core. Distances on rows that no shortcut helps with (numbers that
 * hang together with nothing) and on rows with categories, and the whole report on a table of mixed columns.
 */
import type { Work } from "../src/downstream/work.ts";
import { fitEncoder } from "../src/encode/encoder.ts";
import type { Matrix } from "../src/encode/span.ts";
import { allRows } from "../src/quality/compared.ts";
import { nearestDistances } from "../src/quality/distance.ts";
import type { Measured } from "../src/quality/measured.ts";
import { report } from "../src/quality/report.ts";
import { random } from "../src/random/random.ts";
import type { Column, Table } from "../src/table/table.ts";
import { selectRows } from "../src/table/typed.ts";
import { openTables } from "./tables.ts";
import { threadTime } from "./threadTime.ts";

/** Rows of `numbers` number columns and `categories` category columns, the latter half following the former. */
function mixedRows(rows: number, numbers: number, categories: number, seed: number): Table {
  const stream = random(seed);
  const hidden = Float64Array.from({ length: rows }, () => stream.normal());
  const format = { decimals: 3, decimalMark: ".", thousandsMark: "", prefix: "", suffix: "" } as const;
  const columns: Column[] = [];
  for (let i = 0; i < numbers; i++)
    columns.push({
      type: "number",
      name: `n${i}`,
      missingMark: "",
      format,
      values: hidden.map((value) => (i % 2 === 0 ? value : 0) + stream.normal()),
    });
  for (let i = 0; i < categories; i++)
    columns.push({
      type: "category",
      name: `c${i}`,
      missingMark: "",
      levels: Array.from({ length: 3 + i }, (_, k) => `k${k}`),
      codes: Int32Array.from(hidden, (value) =>
        Math.max(0, Math.min(2 + i, Math.floor(1.5 + i / 2 + (i % 2 === 0 ? value : 0) + stream.normal()))),
      ),
    });
  return { columns, rows };
}

/** Milliseconds of the processor: on a machine that others use too, a clock would count their work. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Does the work; seconds of the processor, and the longest piece of it, in milliseconds that this thread worked. */
function timed<T>(work: Work<T>): { seconds: number; longest: number; result: T } {
  const from = processor();
  let longest = 0;
  for (;;) {
    const [at, clock] = [threadTime(), performance.now()];
    const { done, value } = work.next();
    const worked = threadTime() - at;
    longest = Math.max(longest, Number.isNaN(worked) ? performance.now() - clock : worked);
    if (done === true) return { seconds: (processor() - from) / 1000, longest, result: value };
  }
}

/**
 * The whole report, references and all, on 8,000 synthetic rows of 15 columns beside as many training and holdout rows: of a
 * file, whose rows are parted into the three, or of a made-up table.
 */
async function reportOn(file?: string, predicted?: string): Promise<void> {
  const rows = 8_000;
  const made = file === undefined || predicted === undefined;
  const all = made ? mixedRows(3 * rows, 8, 7, 3) : await readRows(file, predicted);
  const size = Math.min(rows, Math.floor(all.rows / 3));
  const from = (start: number): Table =>
    selectRows(
      all,
      Int32Array.from({ length: size }, (_, i) => start + i),
    );
  const [train, holdout, synthetic] = [from(0), from(size), from(2 * size)];
  const encoder = fitEncoder(train, allRows(train), { numeric: "standard" });
  const encode = (table: Table, of: Int32Array): Matrix => encoder.encode(table, of);
  const target = predicted ?? "c2";
  const work = report({ train, holdout, synthetic }, { target, encode, random: random(1) });
  const { seconds, longest, result } = timed(work);
  process.stdout.write(`report, ${size} rows of ${all.columns.length} columns, target ${target}: ${seconds.toFixed(1)} s, longest piece ${longest.toFixed(0)} ms\n`); // prettier-ignore
  const lines = [["synthetic", result.synthetic], ...Object.entries(result.references)] as const;
  for (const [name, { axes }] of lines)
    for (const { name: axis, measured, spread, parts } of axes) {
      const say = (of: Measured, sd?: number): string =>
        "value" in of ? `${of.value.toFixed(3)}${sd === undefined ? "" : ` ± ${sd.toFixed(3)}`}` : "-";
      const own = parts.map((part) => `${part.name} ${say(part.measured, part.spread)}`).join(", ");
      if (parts.length > 0) process.stdout.write(`  ${name} ${axis} ${say(measured, spread)}: ${own}\n`);
    }
}

/** A table with identifiers and the like left out, rows in a random order. */
async function readRows(file: string, target: string): Promise<Table> {
  const { prepared } = await openTables(file, file, target, 1);
  return selectRows(prepared.table, random(4).permutation(prepared.table.rows));
}

export async function main(args: readonly string[]): Promise<void> {
  if (!args.includes("--report"))
    for (const [what, numbers, categories] of [
      ["30 numbers", 30, 0],
      ["15 numbers and 15 categories", 15, 15],
      ["30 categories", 0, 30],
    ] as const) {
      const [a, b] = [mixedRows(10_000, numbers, categories, 1), mixedRows(10_000, numbers, categories, 2)];
      const { seconds, longest } = timed(nearestDistances(a, b));
      process.stdout.write(`distances, 10,000 x 10,000 rows of ${what}: ${seconds.toFixed(2)} s, longest piece ${longest.toFixed(0)} ms\n`); // prettier-ignore
    }
  await reportOn(...args.filter((arg) => !arg.startsWith("--")));
}
