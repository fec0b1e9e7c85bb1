import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnSummary } from "../protocol/analysis.ts";
import { describeColumn, type ColumnDescription } from "./describe.ts";
import { categoryHistogram, numericHistogram } from "./histogram.ts";
import { inferColumn } from "./infer.ts";
import { defaultMissingMarks } from "./missing.ts";
import type { ColumnType } from "./table.ts";
import { read } from "./testing/reading.ts";
import { readColumn } from "./typed.ts";

async function described(cells: readonly string[], as?: ColumnType): Promise<ColumnDescription> {
  const { table } = await read(`x,row\n${cells.map((cell) => `${cell},r`).join("\n")}\n`, { header: true });
  const column = table.columns[0]!;
  const inference = inferColumn(column, table.rows, { missingMarks: defaultMissingMarks });
  return describeColumn(readColumn(column, as ?? inference.type, inference), inference);
}

describe("describeColumn", () => {
  it("is what the protocol carries", async () => {
    const summary: ColumnSummary = await described(["1", "2"]);
    expect(summary.name).toBe("x");
  });

  it.each([
    [["17", "90", "", "40"], "17 to 90, whole numbers"],
    [["1.5", "2.25"], "1.5 to 2.25, 2 decimals"],
    [["$1", "$3", "$2"], "$1 to $3, whole numbers"],
    [["1e308", "-1e308", "0"], "-1.000e+308 to 1.000e+308, whole numbers"],
    [["2020-01-31", "2019-05-01"], "2019-05-01 to 2020-01-31"],
    [["a", "b", "c", "a"], "3 categories"],
    [["yes", "no", "yes"], "yes or no"],
    [["a", "a"], 'always "a"'],
    [["NA", "NA"], "no values"],
    [["1", "inf", "2"], '1 to 2, whole numbers · 1 cell that is not numbers ("inf") read as missing.'],
  ])("says of %j: %s", async (cells, words) => {
    expect((await described(cells)).describes).toBe(words);
  });

  it("counts missing and distinct values", async () => {
    const found = await described(["1", "", "2", "NA", "2", "3"]);
    expect([found.missing, found.distinct, found.include, found.reason]).toEqual([2, 3, true, ""]);
  });

  it("leaves identifiers, text and constants out, with a reason", async () => {
    const ids = await described(Array.from({ length: 30 }, (_, i) => `u${i * 7}`));
    expect([ids.type, ids.include]).toEqual(["identifier", false]);
    expect(ids.reason).toMatch(/names rows/);
    const empty = await described(["", "", ""]);
    expect([empty.include, empty.reason]).toEqual([false, "Every cell is missing."]);
  });

  it("follows a person's choice and says what it costs", async () => {
    const cells = ["1", "2", "x", "3", "y", "1"];
    const numbers = await described(cells, "number");
    expect([numbers.type, numbers.inferred, numbers.missing]).toEqual(["number", "category", 2]);
    expect(numbers.describes).toBe("1 to 3, whole numbers · 2 cells missing or not readable as number");
    const text = await described(cells, "text");
    expect([text.include, text.reason !== ""]).toEqual([false, true]);
  });
});

describe("numericHistogram", () => {
  it("counts every value once, within the edges that it shows", () => {
    const values = fc.array(
      fc.oneof(fc.double(), fc.integer({ min: -50, max: 50 })).filter((v) => Math.abs(v) !== Infinity),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(values, fc.boolean(), (list, whole) => {
        const numbers = Float64Array.from(list, (v) => (whole ? Math.round(v) : v));
        const histogram = numericHistogram(numbers, whole);
        if (histogram.kind !== "numeric") throw new Error("not numeric");
        const { edges, counts } = histogram;
        expect(edges.length).toBe(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(20);
        for (let i = 0; i < counts.length; i++) {
          expect(edges[i]!).toBeLessThan(edges[i + 1]!);
          const last = i === counts.length - 1;
          const within = numbers.filter(
            (v) => v >= edges[i]! && (last ? v <= edges[i + 1]! : v < edges[i + 1]!),
          ).length;
          expect(counts[i]).toBe(within);
        }
        expect(counts.reduce((a, b) => a + b, 0)).toBe(numbers.filter((v) => !Number.isNaN(v)).length);
      }),
      { numRuns: 2000, examples: [[[1.797693134862313e308, 1.7976931348623135e308], false]] },
    );
  });

  it("gives small whole numbers a bar each", () => {
    expect(numericHistogram(Float64Array.of(1, 2, 2, 4, NaN), true)).toEqual({
      kind: "numeric",
      edges: [0.5, 1.5, 2.5, 3.5, 4.5],
      counts: [1, 2, 0, 1],
    });
  });
});

describe("categoryHistogram", () => {
  it("lists the ten most frequent and counts the others", () => {
    const codes = Int32Array.from({ length: 78 }, (_, i) => Math.floor((Math.sqrt(8 * i + 1) - 1) / 2)); // k occurs k + 1 times
    const levels = Array.from({ length: 13 }, (_, i) => `c${i}`);
    const histogram = categoryHistogram(Int32Array.of(...codes, -1, -1), levels);
    expect(histogram).toEqual({
      kind: "category",
      labels: ["c11", "c10", "c9", "c8", "c7", "c6", "c5", "c4", "c3", "c2"],
      counts: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
      others: 3,
    });
  });
});
