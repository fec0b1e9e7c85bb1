import { expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { nearestDistances, nearestOf, nearestRows } from "./distance.ts";

/** Few values a column, so that many rows are equally near. */
function coarse(rows: number, words: number, decimals: number, seed: number): Table {
  const stream = random(seed);
  const each = <T>(of: () => T): T[] => Array.from({ length: rows }, of);
  return {
    columns: [
      ...Array.from({ length: words }, (_, i) =>
        categories(
          `c${i}`,
          each(() => `k${stream.integer(3)}`),
        ),
      ),
      ...Array.from({ length: decimals }, (_, i) =>
        numbers(
          `n${i}`,
          each(() => stream.integer(5) / 4),
        ),
      ),
    ],
    rows,
  };
}

it.each([
  ["categories alone", 7, 0],
  ["numbers alone", 0, 3],
  ["one word of categories", 3, 2],
  ["three words and numbers", 9, 3],
])(
  "the nearest rows are those of a search that leaves nothing out, the first of equals first: %s",
  (_, words, decimals) => {
    const [table, reference] = [coarse(60, words, decimals, 1), coarse(200, words, decimals, 2)];
    const { rows, distances } = finish(nearestRows(table, reference, 3));
    const cell = (of: Table, row: number, c: number): string | number => {
      const column = of.columns[c]!;
      return "values" in column ? column.values[row]! : column.levels[column.codes[row]!]!;
    };
    for (let row = 0; row < table.rows; row++) {
      const all = Array.from({ length: reference.rows }, (_, other) => {
        let sum = 0;
        for (let c = 0; c < words; c++) sum += cell(table, row, c) === cell(reference, other, c) ? 0 : 1;
        for (let c = words; c < words + decimals; c++)
          sum += Math.abs((cell(table, row, c) as number) - (cell(reference, other, c) as number));
        return { other, sum: sum / (words + decimals) };
      }).toSorted((a, b) => a.sum - b.sum || a.other - b.other);
      expect([...rows.subarray(3 * row, 3 * row + 3)]).toEqual(all.slice(0, 3).map(({ other }) => other));
      all.slice(0, 3).forEach(({ sum }, i) => expect(distances[3 * row + i]).toBeCloseTo(sum, 12));
    }
    const some = Int32Array.of(5, 0, 59);
    expect(nearestOf({ rows, distances }, 3, some).rows[3]).toBe(rows[0]);
    expect(finish(nearestDistances(table, reference))[7]).toBe(distances[21]);
  },
);
