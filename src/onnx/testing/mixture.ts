/** A table with a column of each kind that an encoder treats in its own way, encoded. */
import { fitEncoder, type Encoder } from "../../encode/encoder.ts";
import type { NumericScaling } from "../../encode/numeric.ts";
import type { Matrix } from "../../encode/span.ts";
import { random } from "../../random/random.ts";
import { plainNumber } from "../../table/number.ts";
import type { CategoryColumn, Column, DatetimeColumn, NumberColumn, Table } from "../../table/table.ts";

const rows = 300;
const day = 86_400_000;

export interface Mixture {
  readonly table: Table;
  readonly encoder: Encoder;
  readonly train: Matrix;
}

export function mixture(numeric: NumericScaling = "quantile"): Mixture {
  const table = { columns: [...numbers(), ...dates(), ...categories()], rows };
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const encoder = fitEncoder(table, all, { numeric });
  return { table, encoder, train: encoder.encode(table, all, random(3)) };
}

function numbers(): readonly NumberColumn[] {
  const source = random(1);
  const column = (name: string, decimals: number, value: (row: number) => number): NumberColumn => ({
    type: "number",
    name,
    missingMark: "",
    format: { ...plainNumber, decimals },
    values: Float64Array.from({ length: rows }, (_, row) => value(row)),
  });
  const cents = (value: number): number => Math.round(value * 100) / 100;
  return [
    // Two peaks, a frequent zero, gaps.
    column("income", 2, (row) =>
      row % 5 === 0 ? 0 : row % 11 === 0 ? NaN : cents((row % 2 === 0 ? 900 : 100) + 20 * source.normal()),
    ),
    column("age", 0, () => 17 + Math.floor(60 * source.uniform())),
    // Few steps, none of them whole.
    column("rate", 2, (row) => 1.25 * (row % 14)),
    column("gauge", 30, () => source.normal() / 3),
    column("eggs", 0, (row) => row % 4),
  ];
}

function dates(): readonly DatetimeColumn[] {
  const column = (name: string, value: (row: number) => number): DatetimeColumn => ({
    type: "datetime",
    name,
    missingMark: "NA",
    pattern: "yyyy-MM-dd",
    values: Float64Array.from({ length: rows }, (_, row) => value(row)),
  });
  return [
    column("seen", (row) => (row % 9 === 0 ? NaN : ((row * 37) % 700) * day)),
    column("month", (row) => Date.UTC(1968 + (row % 7), (row * 5) % 12, 1)),
  ];
}

function categories(): readonly Column[] {
  const column = (name: string, type: CategoryColumn["type"], cell: (row: number) => string | null) => {
    const cells = Array.from({ length: rows }, (_, row) => cell(row));
    const levels = [...new Set(cells.filter((each) => each !== null))];
    const codes = Int32Array.from(cells, (each) => (each === null ? -1 : levels.indexOf(each)));
    return { type, name, missingMark: "?", codes, levels };
  };
  return [
    column("kind", "category", (row) => "abc"[row % 3]!),
    // More than ten, some of them met once.
    column("city", "category", (row) =>
      row % 13 === 0 ? null : row % 60 === 7 ? `hamlet ${row}` : `town ${row % 12}`,
    ),
    column("ok", "boolean", (row) => (row % 3 === 0 ? "yes" : "no")),
    column("same", "constant", () => "always"),
  ];
}
