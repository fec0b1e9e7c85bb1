import { describe, expect, it } from "vitest";
import { fitEncoder } from "../encode/encoder.ts";
import { random } from "../random/random.ts";
import { plainNumber } from "../table/number.ts";
import type { CategoryColumn, NumberColumn, Table } from "../table/table.ts";
import { knownFrom } from "./known.ts";

/** Incomes of which a tenth are missing and a third are 0, and 40 cities of which the last occurs once. */
function table(rows: number): Table {
  const source = random(3);
  const incomes = Float64Array.from({ length: rows }, () => {
    const u = source.uniform();
    return u < 0.1 ? NaN : u < 0.43 ? 0 : Math.round(1_000 * Math.exp(source.normal()));
  });
  const codes = Int32Array.from({ length: rows }, (_, row) => (row === 0 ? 39 : source.integer(39)));
  const common = { missingMark: "" };
  return {
    columns: [
      { ...common, type: "number", name: "income", values: incomes, format: plainNumber },
      {
        ...common,
        type: "category",
        name: "city",
        codes,
        levels: Array.from({ length: 40 }, (_, i) => `c${i}`),
      },
    ],
    rows,
  };
}

const share = (list: ArrayLike<number>, of: (value: number) => boolean): number =>
  Array.from(list).filter(of).length / list.length;

describe("what a saved run knows of its columns", () => {
  it.each([1_000, 30_000])("is each column's values as often as in %d training rows", (rows) => {
    const real = table(rows);
    const all = Int32Array.from({ length: rows }, (_, row) => row);
    const { table: known, train } = knownFrom(fitEncoder(real, all, { numeric: "quantile" }).state);
    const [was, is] = [real, known].map(({ columns }) => columns as [NumberColumn, CategoryColumn]);
    expect(train).toHaveLength(known.rows);
    for (const of of [
      Number.isNaN,
      (v: number) => v === 0,
      (v: number) => v > 1_000,
      (v: number) => v > 3_000,
    ])
      expect(share(is![0].values, of)).toBeCloseTo(share(was![0].values, of), 2);
    const seen = new Set(was![0].values);
    expect(Math.max(...is![0].values.filter(Number.isFinite))).toBe(
      Math.max(...was![0].values.filter(Number.isFinite)),
    );
    // Of a long column not every rank is kept, and a value between two that are may be new.
    expect(share(is![0].values, (value) => seen.has(value))).toBeGreaterThan(rows > 10_000 ? 0.98 : 0.999);
    const named = (column: CategoryColumn, level: string): number =>
      share(column.codes, (code) => column.levels[code] === level);
    for (const level of ["c0", "c7"]) expect(named(is![1], level)).toBeCloseTo(named(was![1], level), 2);
    expect(named(is![1], "c39")).toBeGreaterThan(0);
  });

  it.each(["standard", "minmax", "none"] as const)(
    "lies within the column's ends on the %s scale",
    (numeric) => {
      const real = table(500);
      const all = Int32Array.from({ length: 500 }, (_, row) => row);
      const { values } = knownFrom(fitEncoder(real, all, { numeric }).state).table.columns[0] as NumberColumn;
      const present = (real.columns[0] as NumberColumn).values.filter(Number.isFinite);
      const made = values.filter(Number.isFinite);
      expect(Math.min(...made)).toBe(Math.min(...present));
      expect(Math.max(...made)).toBe(Math.max(...present));
      expect(made.every(Number.isInteger)).toBe(true);
    },
  );
});
