/**
 * SDMetrics' NewRowSynthesis: the share of synthetic rows that match no real
 * row. A row matches where every category is the same and every number within
 * a tolerance, relative to the *synthetic* number: 0 is matched by 0 alone, and a
 * date, counted from 1970, by almost any other. A gap matches a gap.
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import type { Measured } from "./measured.ts";

/** Pairs of rows compared in one piece of work. */
const PIECE = 2_000_000;

/**
 * Identifier columns are left out: they are to be new.
 *
 * @param tolerance share of the synthetic number; SDMetrics' default.
 * @returns 0 (all copied) to 1.
 * @throws TypeError where a column holds numbers in one table and categories in the other.
 */
export function* newRows(real: Table, synthetic: Table, tolerance = 0.01): Work<Measured> {
  if (synthetic.rows === 0) return { why: t`There are no synthetic rows.` };
  const kept = real.columns.flatMap((column, i) =>
    column.type === "identifier" ? [] : [{ column, made: synthetic.columns[i]! }],
  );
  const numbers = kept.flatMap(({ column, made }) =>
    "values" in column && "values" in made ? [{ real: column.values, made: made.values }] : [],
  );
  const cells = kept.flatMap(({ column, made }) => ("values" in column ? [] : [cellsOf(column, made)]));
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / Math.max(1, real.rows)));
  // Real rows of equal categories in one list: only numbers are left to compare.
  const groups = new Map<string, number[]>();
  const keyOf = (side: "real" | "synthetic", row: number): string =>
    cells.map((cell) => cell[side][row]).join();
  for (let row = 0; row < real.rows; row++) {
    const key = keyOf("real", row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const matches = (row: number, other: number): boolean =>
    numbers.every(({ real: values, made }) => {
      const [a, b] = [values[other]!, made[row]!];
      return Math.abs(a - b) <= Math.abs(b * tolerance) || (Number.isNaN(a) && Number.isNaN(b));
    });
  let fresh = 0;
  for (let row = 0; row < synthetic.rows; row++) {
    if (!(groups.get(keyOf("synthetic", row)) ?? []).some((other) => matches(row, other))) fresh++;
    if ((row + 1) % rowsAtOnce === 0) yield (row + 1) / synthetic.rows;
  }
  return { value: fresh / synthetic.rows };
}
