/**
 * Constructors for the columns of made-up tables. Values are rounded here, once,
 * to what the column's format can write: a built-in table then survives the trip
 * through text exactly as a file would.
 */
import type { CategoryColumn, DatetimeColumn, NumberColumn } from "../table/table.ts";
import { day } from "./calendar.ts";

/** `value` to `decimals` digits after the mark; never -0. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}

/** A number column written with a point and exactly `decimals` digits after it; NaN is a missing cell. */
export function numberColumn(name: string, values: ArrayLike<number>, decimals: number): NumberColumn {
  const rounded = new Float64Array(values.length);
  for (let row = 0; row < rounded.length; row++) rounded[row] = round(values[row]!, decimals);
  return {
    type: "number",
    name,
    missingMark: "",
    values: rounded,
    format: {
      decimals,
      ...(decimals > 0 ? { minDecimals: decimals } : {}),
      decimalMark: ".",
      thousandsMark: "",
      prefix: "",
      suffix: "",
    },
  };
}

/** A category column; `undefined` is a missing cell. Levels stand in order of first appearance. */
export function categoryColumn(
  name: string,
  cells: readonly (string | undefined)[],
  type: "category" | "boolean" = "category",
): CategoryColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === undefined) return -1;
    const known = codeOf.get(cell);
    if (known !== undefined) return known;
    codeOf.set(cell, codeOf.size);
    return codeOf.size - 1;
  });
  return { type, name, missingMark: "", codes, levels: [...codeOf.keys()] };
}

/** A column of yes and no. */
export function booleanColumn(name: string, values: readonly boolean[]): CategoryColumn {
  return categoryColumn(
    name,
    values.map((value) => (value ? "yes" : "no")),
    "boolean",
  );
}

/** A column of days written yyyy-MM-dd; `values` in milliseconds since 1970, NaN for a missing cell. */
export function dateColumn(name: string, values: ArrayLike<number>): DatetimeColumn {
  return {
    type: "datetime",
    name,
    missingMark: "",
    values: Float64Array.from(values, (value) => Math.floor(value / day) * day),
    pattern: "yyyy-MM-dd",
  };
}
