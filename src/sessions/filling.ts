/** A person's own table with its gaps filled: each row's missing cells drawn from the cells that it has. */
import { plural, t } from "../language/words.ts";
import { random } from "../random/random.ts";
import type { CategoryColumn, Column } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Prepared } from "./preparing.ts";
import { fileName, type Sheet } from "./sheet.ts";
import type { Taking, Wanted } from "./taking.ts";

/** Rows asked for at once. */
const most = 2_000;

/** @throws Error in words where there is no gap. */
export function takeFilled(prepared: Prepared, { seed }: Wanted, sheet: Sheet): Taking {
  const { table, encoder, everything } = prepared;
  const gaps = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    table.columns.some((column) => isMissing(column, row)),
  );
  if (gaps.length === 0)
    throw new Error(t`No column that is switched on has a missing cell: there is no gap to fill.`);
  const source = random(seed).fork("decode");
  const rounds = random(seed).fork("rounds");
  const filled = table.columns.map(filler);
  let asked = 0;
  let made = 0;
  let cells = 0;
  return {
    get made() {
      return made;
    },
    of: gaps.length,
    order() {
      if (asked === gaps.length) return undefined;
      const rows = Int32Array.from(gaps.slice(asked, asked + most));
      asked += rows.length;
      const known = new Uint8Array(rows.length * table.columns.length);
      rows.forEach((row, i) =>
        table.columns.forEach((column, c) => {
          known[i * table.columns.length + c] = isMissing(column, row) ? 0 : 1;
        }),
      );
      const given = {
        rows: encoder.encode(table, rows, source),
        known,
        columns: table.columns.length,
        whole: true,
      };
      return { rows: rows.length, seed: rounds.integer(2 ** 32), given };
    },
    add(piece, heeds) {
      if (heeds !== "all")
        throw new Error(
          t`This model draws whole rows and can't fill gaps in others. Train diffusion: it can.`,
        );
      const drawn = encoder.decode(piece, source);
      for (let i = 0; i < drawn.rows; i++, made++)
        table.columns.forEach((column, c) => {
          if (isMissing(column, gaps[made]!) && filled[c]!.fill(gaps[made]!, drawn.columns[c]!, i)) cells++;
        });
    },
    finish() {
      const columns = everything.map((column) => {
        const at = table.columns.indexOf(column);
        return at < 0 ? column : filled[at]!.column();
      });
      // A piece at a time: a column of a million cells is text of its own.
      for (let row = 0; row < table.rows; row += 10_000) {
        const length = Math.min(10_000, table.rows - row);
        sheet.write(
          selectRows(
            { columns, rows: table.rows },
            Int32Array.from({ length }, (_, i) => row + i),
          ),
        );
      }
      const still = everything.filter(
        (column) => !table.columns.includes(column) && gaps.some((row) => isMissing(column, row)),
      );
      const left =
        still.length === 0
          ? ""
          : t` Switched off, and as they were: ${still.map(({ name }) => name).join(", ")}.`;
      return {
        name: fileName(prepared.name, "filled"),
        note: t`${plural(cells, "gap")} in ${plural(gaps.length, "row")} filled; every other cell is as it was.${left}`,
      };
    },
  };
}

function isMissing(column: Column, row: number): boolean {
  return column.type === "number" || column.type === "datetime"
    ? Number.isNaN(column.values[row]!)
    : column.codes[row]! < 0;
}

/** A copy of a column, made when its first gap is filled. */
function filler(column: Column): {
  /** Takes cell `at` of `drawn`; false where that one is missing too. */
  fill(row: number, drawn: Column, at: number): boolean;
  column(): Column;
} {
  let copy: Column | undefined;
  if (column.type === "number" || column.type === "datetime")
    return {
      fill(row, drawn, at) {
        if (isMissing(drawn, at)) return false;
        const values = (copy as typeof column | undefined)?.values ?? column.values.slice();
        copy = { ...column, values };
        values[row] = (drawn as typeof column).values[at]!;
        return true;
      },
      column: () => copy ?? column,
    };
  const codeOf = new Map(column.levels.map((level, code) => [level, code]));
  return {
    fill(row, drawn, at) {
      if (isMissing(drawn, at)) return false;
      const codes = (copy as CategoryColumn | undefined)?.codes ?? column.codes.slice();
      copy = { ...column, codes };
      const { levels, codes: made } = drawn as CategoryColumn;
      codes[row] = codeOf.get(levels[made[at]!]!)!;
      return true;
    },
    column: () => copy ?? column,
  };
}
