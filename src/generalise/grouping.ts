/** Rows sorted into groups by one column, the same for every table: fitted on training rows. */
import { count, t } from "../language/words.ts";
import type { Uncomputable } from "../quality/measured.ts";
import type { Column, Table } from "../table/table.ts";

export interface Grouping {
  /** In the column's own spelling, ranges of numbers and days, "(missing)" and "(other)". */
  readonly names: readonly string[];
  readonly by: "categories" | "ranges";
  /** By row the position of its group among the names; the table has the column, wherever. */
  of(table: Table): Int32Array;
}

/** Categories that have a group each; the others share one. */
const MOST = 12;
const OTHER = t`(other)`;
const MISSING = t`(missing)`;
const QUARTERS = [0.25, 0.5, 0.75] as const;

export function groupingOf(train: Table, name: string): Grouping | Uncomputable {
  const find = (table: Table): Column | undefined => table.columns.find((each) => each.name === name);
  const column = find(train);
  if (column === undefined) return { why: t`There is no column "${name}" to group by.` };
  const reader = "values" in column ? ranges(column.values, column.type === "datetime") : levels(column);
  if (reader.names.length < 2) return { why: t`"${name}" has a single group in the training rows.` };
  return {
    names: reader.names,
    by: "values" in column ? "ranges" : "categories",
    of(table) {
      const there = find(table);
      if (there === undefined)
        throw new TypeError(t`The column "${name}" is missing from one of the tables.`);
      return reader.read(there);
    },
  };
}

interface Reader {
  readonly names: readonly string[];
  read(column: Column): Int32Array;
}

function levels(column: Extract<Column, { codes: Int32Array }>): Reader {
  const counts = new Map<number, number>();
  for (const code of column.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const ranked = [...counts].filter(([code]) => code >= 0).toSorted((a, b) => b[1] - a[1]).map(([code]) => column.levels[code]!); // prettier-ignore
  const own = ranked.slice(0, MOST);
  const names = [...own, ...(ranked.length > MOST ? [OTHER] : []), ...(counts.has(-1) ? [MISSING] : [])]; // prettier-ignore
  const last = names.length - 1;
  return {
    names,
    read(of) {
      if ("values" in of)
        throw new TypeError(t`Column "${of.name}" holds numbers here and categories elsewhere.`);
      const places = of.levels.map((level) => own.indexOf(level));
      // A value that training never saw goes with the others where these have a group, else with what is missing or least frequent.
      const other = names.includes(OTHER) ? names.indexOf(OTHER) : last;
      return of.codes.map((code) => (code < 0 ? last : places[code]! < 0 ? other : places[code]!));
    },
  };
}

function ranges(values: Float64Array, dates: boolean): Reader {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const cuts = [...new Set(QUARTERS.map((p) => present[Math.floor(p * present.length)]!))].filter((cut) => cut > present[0]!); // prettier-ignore
  const say = (value: number): string => (dates ? new Date(value).toISOString().slice(0, 10) : Math.abs(value) >= 1_000 ? count(value) : String(Number(value.toPrecision(4)))); // prettier-ignore
  const numbers = present.length === 0 ? [] : [t`below ${say(cuts[0] ?? Infinity)}`, ...cuts.map((cut, i) => (i + 1 < cuts.length ? t`${say(cut)} to below ${say(cuts[i + 1]!)}` : t`${say(cut)} and above`))]; // prettier-ignore
  if (cuts.length === 0 && present.length > 0) numbers[0] = say(present[0]!);
  const gaps = present.length < values.length;
  const names = gaps ? [...numbers, MISSING] : numbers;
  return {
    names,
    read(of) {
      if (!("values" in of))
        throw new TypeError(t`Column "${of.name}" holds categories here and numbers elsewhere.`);
      return Int32Array.from(of.values, (value) =>
        // Where training had no gap, a missing cell goes with the largest values.
        Number.isNaN(value) ? names.length - 1 : cuts.filter((cut) => value >= cut).length,
      );
    },
  };
}
