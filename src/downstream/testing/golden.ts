/** The tables that `golden.py` gave to scikit-learn, and what it said. */
import { categories, numbers } from "../../table/testing/columns.ts";
import type { Table } from "../../table/table.ts";
import golden from "./golden.json" with { type: "json" };

export const goldenCases = golden.cases;

/** Columns 0 and 1 are numbers, 2 and 3 categories; null is a missing cell. */
export function goldenTable(cells: readonly (readonly (number | null)[])[]): Table {
  const columns = cells.map((column, i) =>
    i < 2
      ? numbers(
          `x${i}`,
          column.map((cell) => cell ?? NaN),
        )
      : categories(
          `x${i}`,
          column.map((cell) => (cell === null ? "" : `level ${cell}`)),
        ),
  );
  return { columns, rows: cells[0]!.length };
}
