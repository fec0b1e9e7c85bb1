/** Typed columns for tests, in one line each. */
import type { CategoryColumn, NumberColumn } from "../table.ts";

/** NaN is a missing cell. */
export function numbers(name: string, values: readonly number[]): NumberColumn {
  return {
    type: "number",
    name,
    missingMark: "",
    values: Float64Array.from(values),
    format: { decimals: 3, decimalMark: ".", thousandsMark: "", prefix: "", suffix: "" },
  };
}

/** "" is a missing cell; levels are numbered in order of appearance. */
export function categories(name: string, cells: readonly string[]): CategoryColumn {
  const levels = [...new Set(cells)].filter((cell) => cell !== "");
  return {
    type: "category",
    name,
    missingMark: "",
    codes: Int32Array.from(cells, (cell) => (cell === "" ? -1 : levels.indexOf(cell))),
    levels,
  };
}
