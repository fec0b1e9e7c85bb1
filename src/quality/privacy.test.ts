import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { nearestDistances } from "./distance.ts";
import { dcrShare, exactCopies } from "./privacy.ts";
import { ringRows } from "./testing/samples.ts";

describe("distance to the closest record", () => {
  const reference = {
    columns: [numbers("n", [0, 10, NaN]), categories("c", ["a", "b", "b"]), numbers("k", [7, 7, 7])],
    rows: 3,
  };
  const distancesOf = (table: Table) => Array.from(finish(nearestDistances(table, reference)));

  it("is the mean over columns of shares of the range, and of 0 or 1", () => {
    const table = {
      columns: [
        numbers("n", [2, 100, NaN, NaN, 10]),
        categories("c", ["a", "b", "b", "a", "new"]),
        numbers("k", [7, 7, 7, 7, 8]),
      ],
      rows: 5,
    };
    const expected = [0.2, 1, 0, 1, 2].map((sum) => expect.closeTo(sum / 3, 12));
    expect(distancesOf(table)).toEqual(expected);
    expect(distancesOf(reference)).toEqual([0, 0, 0]);
  });

  it("refuses tables that don't fit", () => {
    const swapped = { ...reference, columns: [categories("n", ["a"]), ...reference.columns.slice(1)] };
    expect(() => distancesOf({ ...swapped, rows: 1 })).toThrow('Column "n" holds categories');
  });
});

describe("the DCR share", () => {
  const train = ringRows(600, 1);
  const resultOf = (synthetic: Table, holdout: Table) => {
    const result = finish(dcrShare(synthetic, train, holdout));
    if ("why" in result) throw new Error(result.why);
    return result;
  };

  it("is neutral for fresh rows, however many rows were held out", () => {
    for (const heldOut of [600, 200]) {
      const { share, neutral } = resultOf(ringRows(600, 2), ringRows(heldOut, 3));
      expect(neutral).toBe(600 / (600 + heldOut));
      expect(Math.abs(share - neutral)).toBeLessThan(0.06);
    }
  });

  it("is 1, and protection 0, for a copy of the training rows", () => {
    expect(resultOf(train, ringRows(600, 3))).toMatchObject({ share: 1, nearer: 1, protection: 0 });
  });

  it("deals ties out neutrally", () => {
    expect(resultOf(ringRows(50, 2), train)).toEqual({
      nearer: 0,
      tied: 1,
      share: 0.5,
      neutral: 0.5,
      protection: 1,
    });
  });

  it("says what it needs", () => {
    const none = ringRows(0, 1);
    expect(finish(dcrShare(train, train, none))).toEqual({ why: expect.stringContaining("holdout") });
  });
});

describe("exact copies", () => {
  it("are rows equal in every cell, gaps and spellings included", () => {
    const train = { columns: [numbers("n", [1, NaN, 3]), categories("c", ["a", "b", ""])], rows: 3 };
    const synthetic = {
      columns: [numbers("n", [1, NaN, 3, 1]), categories("c", ["b", "b", "", "a,"])],
      rows: 4,
    };
    expect(exactCopies(synthetic, train)).toBe(0.5);
    expect(exactCopies(train, train)).toBe(1);
  });
});
