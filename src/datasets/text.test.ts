import { expect, test } from "vitest";
import type { Table } from "../table/table.ts";
import { booleanColumn, categoryColumn, dateColumn, numberColumn, round } from "./column.ts";
import { toText } from "./text.ts";

const table: Table = {
  rows: 4,
  columns: [
    numberColumn("price", [1.5, Number.NaN, 1.4999, -0.001], 2),
    numberColumn("count", [3, 3, Number.NaN, -2], 0),
    categoryColumn("kind", ["b", undefined, "a", "b"]),
    booleanColumn("ok", [true, false, false, true]),
    dateColumn("on", [Date.UTC(2024, 1, 29, 18), Number.NaN, 0, Date.UTC(1969, 11, 31)]),
  ],
};

const cells = (made: Table): string[][] =>
  toText(made).columns.map(({ codes, levels }) => Array.from(codes, (code) => levels[code]!));

test("cells stand as they would in a file", () => {
  expect(cells(table)).toEqual([
    ["1.50", "", "1.50", "0.00"],
    ["3", "3", "", "-2"],
    ["b", "", "a", "b"],
    ["yes", "no", "no", "yes"],
    ["2024-02-29", "", "1970-01-01", "1969-12-31"],
  ]);
});

test("levels are distinct and stand in order of first appearance", () => {
  for (const { codes, levels } of toText(table).columns) {
    expect(new Set(levels).size).toBe(levels.length);
    const seen = [...new Set(codes)];
    expect(seen).toEqual(levels.map((_, i) => i));
  }
});

test("a column's own missing mark is used, and unrounded values that spell the same share a level", () => {
  const price = {
    ...numberColumn("price", [0, 0, 0, 0], 1),
    missingMark: "NA",
    values: Float64Array.of(1.04, 0.96, Number.NaN, 2),
  };
  const written = toText({ rows: 4, columns: [price] }).columns[0]!;
  expect(written.levels).toEqual(["1.0", "NA", "2.0"]);
  expect([...written.codes]).toEqual([0, 0, 1, 2]);
});

test("rounding leaves no negative zero", () => {
  expect(Object.is(round(-0.00001, 4), 0)).toBe(true);
  expect(round(-1.00004, 4)).toBe(-1);
  expect(round(2.345678, 4)).toBe(2.3457);
});
