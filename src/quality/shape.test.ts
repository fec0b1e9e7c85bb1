import { describe, expect, it } from "vitest";
import { categories, numbers } from "../table/testing/columns.ts";
import { shape } from "./shape.ts";
import { ringRows, shuffledColumns } from "./testing/samples.ts";

describe("shape", () => {
  it("is the largest gap between distribution functions, or half the gaps between shares", () => {
    const real = { columns: [numbers("n", [1, 2, 3, 4]), categories("c", ["a", "a", "b", ""])], rows: 4 };
    const synthetic = {
      columns: [numbers("n", [3, 4, 5, NaN]), categories("c", ["b", "b", "b", "a"])],
      rows: 4,
    };
    const { columns, error } = shape(real, synthetic);
    expect(columns).toEqual([
      { measure: "ks", error: { value: expect.closeTo(0.5, 12) } },
      { measure: "tv", error: { value: expect.closeTo(2 / 3 - 1 / 4, 12) } },
    ]);
    expect(error).toEqual({ value: expect.closeTo((0.5 + 5 / 12) / 2, 12) });
  });

  it("finds nothing wrong with columns that were shuffled one by one", () => {
    const real = ringRows(300, 1);
    expect(shape(real, shuffledColumns(real, 2)).error).toEqual({ value: 0 });
  });

  it("leaves out, with a reason, what can't be compared", () => {
    const real = { columns: [numbers("n", [1, 2]), categories("c", ["a", "b"])], rows: 2 };
    const empty = { columns: [numbers("n", [NaN, NaN]), categories("c", ["a", "b"])], rows: 2 };
    expect(shape(real, empty)).toMatchObject({
      columns: [{ error: { why: expect.stringContaining('"n"') } }, {}],
      error: { value: 0 },
    });
    const alone = { columns: [real.columns[0]!], rows: 2 };
    expect(shape(alone, { columns: [empty.columns[0]!], rows: 2 }).error).toEqual({
      why: "None of the columns could be compared.",
    });
  });
});
