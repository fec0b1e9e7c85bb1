/**
 * The takings of a report: rows that the model draws to be looked at, not to be
 * taken away. Fresh ones, rows that were asked for by a condition, and cells
 * that were emptied though they are known, for the model to fill.
 */
import type { Random } from "../random/random.ts";
import { stackTables } from "../table/stack.ts";
import type { Condition } from "../table/condition.ts";
import type { CategoryColumn, Column, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Prepared } from "./preparing.ts";
import { tableSheet } from "./sheet.ts";
import { takeFresh } from "./takeAway.ts";
import type { Taking } from "./taking.ts";
import { takeWished } from "./wishes.ts";

/** A taking whose rows stay here. */
export interface Drawing<T> extends Taking {
  result(): T;
}

const nothing = { name: "", note: "" };

/** All from one stream of chance and the same weights. */
export function drawFresh({ encoder }: Prepared, rows: number, seed: number, source: Random): Drawing<Table> {
  const sheet = tableSheet();
  return Object.assign(takeFresh(encoder, { rows, seed }, sheet, "", "", source), {
    result: () => sheet.table()!,
  });
}

export interface Tried {
  readonly condition: Extract<Condition, { kind: "share" }>;
  /** Training rows that meet it. */
  readonly real: Table;
}

/** Rows of a condition that are asked for, and drawn at most in search of them by a model that does not heed it. */
const WISHED = 400;
const MOST_SEARCHED = 30_000;
const FEWEST_REAL = 30;
const CONDITIONS = 2;

/** The most frequent values of a column of categories, the target where it is one. */
export function conditionsFor(prepared: Prepared, target: string | undefined): readonly Tried[] {
  const { table, split } = prepared;
  const categories = table.columns.filter(
    (column): column is CategoryColumn => column.type === "category" || column.type === "boolean",
  );
  const column = categories.find(({ name }) => name === target) ?? categories[0];
  if (column === undefined) return [];
  const rowsOf = (code: number): Int32Array => split.train.filter((row) => column.codes[row] === code);
  return column.levels
    .map((value, code) => ({ value, rows: rowsOf(code) }))
    .filter(({ rows }) => rows.length >= FEWEST_REAL)
    .toSorted((a, b) => b.rows.length - a.rows.length)
    .slice(0, CONDITIONS)
    .map(({ value, rows }) => ({
      condition: { kind: "share", column: column.name, value, share: 1 },
      real: selectRows(table, rows),
    }));
}

/** @returns undefined where the model drew no such row. */
export function drawWished(
  prepared: Prepared,
  { condition }: Tried,
  seed: number,
): Drawing<Table | undefined> {
  const { encoder, table, split } = prepared;
  const sheet = tableSheet();
  const known = { encoder, table, train: split.train, joint: true };
  const wanted = { seed, rows: WISHED, conditions: [condition] };
  const taking = takeWished(known, wanted, sheet, "", "");
  let drawn = 0;
  return {
    get made() {
      return taking.made;
    },
    of: WISHED,
    order() {
      if (drawn >= MOST_SEARCHED) return undefined;
      const next = taking.order();
      drawn += next?.rows ?? 0;
      return next;
    },
    add: (piece, heeds) => taking.add(piece, heeds),
    finish: () => nothing,
    result: () => sheet.table(),
  };
}

/** Cells that were emptied, by column, and what the model put there. */
export interface Filled {
  readonly truth: Table;
  readonly filled: Table;
  readonly emptied: Readonly<Record<string, Int32Array>>;
}

const FILLED = 600;

/** One cell of each of some holdout rows is emptied. @returns undefined where the model fills no gaps. */
export function drawFilled(prepared: Prepared, source: Random): Drawing<Filled | undefined> {
  const { table, split, encoder } = prepared;
  const rows = source
    .permutation(split.holdout.length)
    .slice(0, FILLED)
    .map((i) => split.holdout[i]!);
  const truth = selectRows(table, rows);
  const width = table.columns.length;
  const at = Int32Array.from(rows, (_, i) => i % width);
  let drawn: Table | undefined;
  let asked = false;
  return {
    get made() {
      return drawn?.rows ?? 0;
    },
    of: rows.length,
    order() {
      if (asked || rows.length === 0) return undefined;
      asked = true;
      const known = new Uint8Array(rows.length * width);
      for (let row = 0; row < rows.length; row++)
        for (let c = 0; c < width; c++)
          known[row * width + c] = c !== at[row] && !isMissing(truth.columns[c]!, row) ? 1 : 0;
      const encoded = encoder.encode(table, rows, source);
      return {
        rows: rows.length,
        seed: source.integer(2 ** 32),
        given: { rows: encoded, known, columns: width, whole: true },
      };
    },
    add(piece, heeds) {
      if (heeds !== "all") return;
      const made = encoder.decode(piece, source);
      drawn = drawn === undefined ? made : stackTables(drawn, made);
    },
    finish: () => nothing,
    result() {
      if (drawn === undefined) return undefined;
      const emptied = Object.fromEntries(
        table.columns.map(({ name }, c) => [
          name,
          Int32Array.from(rows.keys()).filter((row) => at[row] === c && row < drawn!.rows),
        ]),
      );
      return { truth, filled: drawn, emptied };
    },
  };
}

const isMissing = (column: Column, row: number): boolean =>
  "values" in column ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;
