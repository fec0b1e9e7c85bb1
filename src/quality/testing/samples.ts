/** Rows of a small made-up table whose columns depend on one another, for tests: as many as asked for, fresh for each seed. */
import { random } from "../../random/random.ts";
import type { Table } from "../../table/table.ts";
import { categories, numbers } from "../../table/testing/columns.ts";
import { selectRows } from "../../table/typed.ts";

/** Two numbers on a ring, a group that says which half, a bonus that only one group has. */
export function ringRows(rows: number, seed: number): Table {
  const stream = random(seed);
  const angles = Array.from({ length: rows }, () => 2 * Math.PI * stream.uniform());
  const x = angles.map((angle) => Math.cos(angle) + 0.1 * stream.normal());
  const y = angles.map((angle) => Math.sin(angle) + 0.1 * stream.normal());
  const group = x.map((value) => (value > 0 ? "east" : "west"));
  const bonus = group.map((name) => (name === "east" ? stream.uniform() : NaN));
  return {
    columns: [numbers("x", x), numbers("y", y), categories("group", group), numbers("bonus", bonus)],
    rows,
  };
}

/** The same columns, each shuffled on its own. */
export function shuffledColumns(table: Table, seed: number): Table {
  const stream = random(seed);
  const columns = table.columns.map(
    (column) =>
      selectRows({ columns: [column], rows: table.rows }, stream.permutation(table.rows)).columns[0]!,
  );
  return { columns, rows: table.rows };
}
