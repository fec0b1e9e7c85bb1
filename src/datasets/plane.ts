/** Points in the plane as a table: two number columns, "x" and "y", four decimals each. */
import type { Table } from "../table/table.ts";
import { numberColumn } from "./column.ts";

export type Point = readonly [x: number, y: number];

/** One row a point. */
export function planeTable(points: readonly Point[]): Table {
  const along = (axis: 0 | 1): readonly number[] => points.map((point) => point[axis]);
  return { columns: [numberColumn("x", along(0), 4), numberColumn("y", along(1), 4)], rows: points.length };
}
