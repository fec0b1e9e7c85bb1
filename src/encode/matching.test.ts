import { describe, expect, it } from "vitest";
import { plainNumber } from "../table/number.ts";
import type { Column } from "../table/table.ts";
import { fitEncoder, type Encoder, type EncodeOptions } from "./encoder.ts";
import { matchEncoders } from "./matching.ts";

const number = (name: string, values: readonly number[]): Column => ({
  type: "number",
  name,
  missingMark: "",
  values: Float64Array.from(values),
  format: plainNumber,
});
const words = (name: string, cells: readonly string[]): Column => {
  const levels = [...new Set(cells)].filter((cell) => cell !== "").toSorted();
  return {
    type: "category",
    name,
    missingMark: "",
    levels,
    codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)),
  };
};
const many = (from: number): number[] => Array.from({ length: 20 }, (_, i) => from + i * 1.37);
const of20 = (...cells: string[]): string[] => Array.from({ length: 20 }, (_, i) => cells[i % cells.length]!);
const encoder = (numeric: EncodeOptions["numeric"], ...columns: Column[]): Encoder =>
  fitEncoder(
    { columns, rows: 20 },
    Int32Array.from({ length: 20 }, (_, i) => i),
    { numeric },
  );

describe("two tables' encoded rows", () => {
  it("match by a column's name and a category's spelling, in any order", () => {
    const source = encoder("quantile", words("city", of20("Rome", "Oslo", "Bern")), number("age", many(0)));
    const target = encoder("quantile", number("age", many(900)), words("city", of20("Bern", "Lyon", "Rome")));
    expect(source.places).toEqual(["=Bern", "=Oslo", "=Rome", "number"]);
    const { positions, columns, matches } = matchEncoders(source, target);
    expect([...positions]).toEqual([3, 0, -1, 2]);
    expect([...columns]).toEqual([1, 0]);
    expect(matches).toEqual([
      { name: "age", matched: 1, of: 1 },
      { name: "city", matched: 2, of: 3 },
    ]);
  });

  it("don't match where a name is of another kind, or a number on another scale", () => {
    const source = encoder("quantile", number("age", many(0)), number("code", many(0)));
    expect([...matchEncoders(source, encoder("quantile", words("age", of20("a", "b")))).positions]).toEqual([
      -1, -1,
    ]);
    const standard = encoder("standard", number("age", many(0)), number("size", many(0)));
    const { positions, columns, matches } = matchEncoders(source, standard);
    expect([...positions, ...columns]).toEqual([-1, -1, -1, -1]);
    expect(matches.map(({ matched }) => matched)).toEqual([0, 0]);
  });

  it("match a number's gaps and frequent values by what they are, and leave out columns that never vary", () => {
    const zeros = many(1).map((value, i) => (i % 2 === 0 ? 0 : i % 5 === 0 ? NaN : value));
    const source = encoder("quantile", number("debt", zeros), words("same", of20("x")));
    const target = encoder(
      "quantile",
      words("same", of20("x")),
      number(
        "debt",
        many(1).map((v, i) => (i % 2 ? v : 0)),
      ),
    );
    expect(source.places).toEqual(["value", "missing", "=0", "number"]);
    expect(target.places).toEqual(["value", "=0", "number"]);
    const { positions, columns, matches } = matchEncoders(source, target);
    expect([...positions]).toEqual([0, 2, 3]);
    expect([...columns]).toEqual([-1, 0]);
    expect(matches).toEqual([{ name: "debt", matched: 3, of: 3 }]);
  });
});
