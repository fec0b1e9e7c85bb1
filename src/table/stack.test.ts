import { expect, it } from "vitest";
import { stackAll, stackTables } from "./stack.ts";
import { categories, numbers } from "./testing/columns.ts";

const above = { columns: [numbers("n", [1, NaN]), categories("c", ["a", "b"])], rows: 2 };

it("stacks rows, and categories by their spelling", () => {
  const below = { columns: [numbers("n", [3]), categories("c", ["b"])], rows: 1 };
  expect(stackTables(above, below)).toEqual({
    columns: [numbers("n", [1, NaN, 3]), categories("c", ["a", "b", "b"])],
    rows: 3,
  });
  const gap = { columns: [numbers("n", [3]), categories("c", [""])], rows: 1 };
  expect(stackTables(above, gap).columns[1]).toEqual(categories("c", ["a", "b", ""]));
});

it("stacks any number of them, in order", () => {
  const row = (n: number, c: string) => ({ columns: [numbers("n", [n]), categories("c", [c])], rows: 1 });
  const all = stackAll([above, row(3, "c"), row(4, "a")]);
  expect(all).toEqual(stackTables(stackTables(above, row(3, "c")), row(4, "a")));
  expect(stackAll([above])).toBe(above);
});

it("refuses other columns in words", () => {
  expect(() => stackTables(above, { columns: [], rows: 0 })).toThrow("2 and 0 columns");
  const swapped = { columns: [categories("n", ["1"]), categories("c", ["b"])], rows: 1 };
  expect(() => stackTables(above, swapped)).toThrow('Column "n" (number) stands where');
});
