import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { CategoryColumn, Column, DatetimeColumn, NumberColumn, Table } from "../table/table.ts";
import { fitEncoder, openEncoder, type EncodeOptions, type EncoderState } from "./encoder.ts";

const quantile: EncodeOptions = { numeric: "quantile" };

function numbers(name: string, values: readonly number[], decimals = 0): NumberColumn {
  const format = { decimals, decimalMark: ".", thousandsMark: "", prefix: "", suffix: "" } as const;
  return { name, missingMark: "", type: "number", values: Float64Array.from(values), format };
}

function dates(name: string, values: readonly number[], pattern = "yyyy-MM-dd"): DatetimeColumn {
  return { name, missingMark: "NA", type: "datetime", values: Float64Array.from(values), pattern };
}

function categories(
  name: string,
  cells: readonly (string | null)[],
  type: CategoryColumn["type"] = "category",
): CategoryColumn {
  const levels = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell)));
  return { name, missingMark: "?", type, codes, levels };
}

const tableOf = (...columns: Column[]): Table => {
  const first = columns[0]!;
  return { columns, rows: "values" in first ? first.values.length : first.codes.length };
};

const allRows = (table: Table): Int32Array => Int32Array.from({ length: table.rows }, (_, i) => i);

/** Cells as values: NaN and null for missing ones. */
function cellsOf(column: Column): (number | string | null)[] {
  return "values" in column
    ? Array.from(column.values)
    : Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]!));
}

/** A column of numbers with `decimals` places, some of them frequent, some missing. */
const numberCells = (rows: number) =>
  fc.integer({ min: 0, max: 4 }).chain((decimals) =>
    fc
      .array(
        fc.oneof(
          {
            weight: 6,
            arbitrary: fc.integer({ min: -50_000, max: 50_000 }).map((n) => n / 10 ** decimals),
          },
          { weight: 3, arbitrary: fc.constantFrom(0, 1, -7) },
          { weight: 1, arbitrary: fc.constant(NaN) },
        ),
        { minLength: rows, maxLength: rows },
      )
      .map((values) => ({ decimals, values })),
  );

const categoryCells = (rows: number) =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("red", "Green ", "blå") },
      { weight: 2, arbitrary: fc.string({ maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    { minLength: rows, maxLength: rows },
  );

const anyTable = fc.integer({ min: 1, max: 60 }).chain((rows) =>
  fc
    .tuple(
      numberCells(rows),
      categoryCells(rows),
      fc.array(fc.integer({ min: -30_000, max: 30_000 }), { minLength: rows, maxLength: rows }),
    )
    .map(([number, category, days]) =>
      tableOf(
        numbers("amount", number.values, number.decimals),
        categories("colour", category),
        dates(
          "day",
          days.map((day) => day * 86_400_000),
        ),
      ),
    ),
);

describe("encode and decode", () => {
  it.each(["quantile", "minmax", "standard", "none"] as const)(
    "give back every training cell to its own precision (%s)",
    (numeric) => {
      fc.assert(
        fc.property(anyTable, fc.integer(), fc.boolean(), (table, seed, spread) => {
          const rows = allRows(table);
          // Without grouping: a grouped category comes back as some member of its group.
          const encoder = fitEncoder(table, rows, { numeric, rareCount: 1, maxCategories: 100 });
          const back = encoder.decode(
            encoder.encode(table, rows, spread ? random(seed) : undefined),
            random(seed),
          );
          expect(back.rows).toBe(table.rows);
          back.columns.forEach((column, i) => {
            const {
              codes: _,
              values: __,
              levels: ___,
              ...heading
            } = table.columns[i]! as never as Record<string, unknown>;
            expect(column).toMatchObject(heading);
            expect(cellsOf(column)).toEqual(
              cellsOf(table.columns[i]!).map((cell) => (cell === 0 ? 0 : cell)),
            );
          });
        }),
        { numRuns: 60 },
      );
    },
  );

  it("give back training values of any magnitude by the quantile scale", () => {
    const column = fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(column, (values) => {
        const table = tableOf(numbers("x", values, 20));
        const encoder = fitEncoder(table, allRows(table), quantile);
        const back = encoder.decode(encoder.encode(table, allRows(table), random(1)), random(2));
        expect(cellsOf(back.columns[0]!)).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  it("keep cents in a heavy-tailed column of 30,000 rows within one unit", () => {
    const stream = random(5);
    const values = Array.from(
      { length: 30_000 },
      () => Math.round(Math.exp(6 + 2 * stream.normal()) * 100) / 100,
    );
    const table = tableOf(numbers("claim", values, 2));
    const encoder = fitEncoder(table, allRows(table), quantile);
    const back = cellsOf(
      encoder.decode(encoder.encode(table, allRows(table)), random(1)).columns[0]!,
    ) as number[];
    const off = back.map((value, i) => Math.abs(value - values[i]!));
    expect(Math.max(...off)).toBeLessThan(0.0101);
    expect(off.filter((distance) => distance > 1e-9).length).toBeLessThan(30);
  });

  it("yield finite numbers within bounds and known spellings, whatever a model emits", () => {
    const cell = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -1));
    fc.assert(
      fc.property(
        anyTable,
        fc.constantFrom("quantile", "minmax", "standard", "none"),
        fc.array(cell, { minLength: 400, maxLength: 400 }),
        (table, numeric, cells) => {
          const encoder = fitEncoder(table, allRows(table), { numeric: numeric as EncodeOptions["numeric"] });
          const rows = 5;
          const values = Float32Array.from(
            { length: rows * encoder.width },
            (_, i) => cells[i % cells.length]!,
          );
          const made = encoder.decode({ values, rows, width: encoder.width }, random(3));
          made.columns.forEach((column, i) => {
            const real = cellsOf(table.columns[i]!);
            if (column.type === "number" || column.type === "datetime") {
              const observed = (real as number[]).filter((value) => !Number.isNaN(value));
              for (const value of column.values)
                if (Number.isNaN(value)) expect(real.some((cell) => Number.isNaN(cell))).toBe(true);
                else {
                  expect(value).toBeGreaterThanOrEqual(Math.min(...observed));
                  expect(value).toBeLessThanOrEqual(Math.max(...observed));
                }
            } else for (const cell of cellsOf(column)) expect(real).toContain(cell);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("never look at the holdout", () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 1, max: 59 }), (table, cut) => {
        fc.pre(cut < table.rows);
        const train = allRows(table).slice(0, cut);
        const alone = fitEncoder(cutTo(table, train), allRows(cutTo(table, train)), quantile);
        expect(fitEncoder(table, train, quantile).state).toEqual(alone.state);
        const holdout = alone.encode(table, allRows(table).slice(cut), random(0));
        expect(holdout.values.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it("survive JSON and structured clone with the same spans, codes and rows", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const encoder = fitEncoder(table, allRows(table), quantile);
        const matrix = encoder.encode(table, allRows(table), random(1));
        for (const state of [
          JSON.parse(JSON.stringify(encoder.state)) as EncoderState,
          structuredClone(encoder.state),
        ]) {
          const other = openEncoder(state);
          expect(other.spans).toEqual(encoder.spans);
          expect(other.encode(table, allRows(table), random(1))).toEqual(matrix);
          expect(other.decode(matrix, random(2))).toEqual(encoder.decode(matrix, random(2)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it("lay spans end to end, one-hot where they are categories", () => {
    fc.assert(
      fc.property(anyTable, fc.integer(), (table, seed) => {
        const encoder = fitEncoder(table, allRows(table), quantile);
        const matrix = encoder.encode(table, allRows(table), random(seed));
        let next = 0;
        for (const span of encoder.spans) {
          expect(span.start).toBe(next);
          next += span.width;
          if (span.kind === "numeric") expect(span.width).toBe(1);
          else expect(span.width).toBeGreaterThanOrEqual(2);
          if (span.kind === "category")
            for (let row = 0; row < matrix.rows; row++) {
              const at = row * matrix.width + span.start;
              const block = Array.from(matrix.values.subarray(at, at + span.width)).sort((a, b) => a - b);
              expect(block).toEqual([...Array<number>(span.width - 1).fill(0), 1]);
            }
        }
        expect(next).toBe(encoder.width);
      }),
    );
  });
});

describe("a number column's codes", () => {
  it("are standard normal even where values repeat, with a stream", () => {
    const stream = random(1);
    const values = Array.from({ length: 4000 }, () => 30 + Math.round(4 * stream.normal()));
    const table = tableOf(numbers("age", values));
    const encoder = fitEncoder(table, allRows(table), quantile);
    expect(encoder.width).toBe(1);
    const codes = Array.from(encoder.encode(table, allRows(table), random(2)).values).sort((a, b) => a - b);
    // Kolmogorov-Smirnov at the quartiles and tails.
    const share = (z: number): number => codes.filter((code) => code <= z).length / codes.length;
    for (const [z, p] of [
      [-1.96, 0.025],
      [-0.6745, 0.25],
      [0, 0.5],
      [0.6745, 0.75],
      [1.96, 0.975],
    ] as const)
      expect(Math.abs(share(z) - p)).toBeLessThan(0.01);
  });

  it("decode standard normal draws to the training frequencies", () => {
    const values = Array.from(
      { length: 1200 },
      (_, i) => [0, 1, 1, 2, 2, 2, 3, 5, 8, 13, 21, 34][i % 12]! * 10 + ((i / 12) & 1),
    );
    const table = tableOf(numbers("x", values));
    const encoder = fitEncoder(table, allRows(table), quantile);
    const stream = random(9);
    const rows = 20_000;
    const made = encoder.decode(
      { values: Float32Array.from({ length: rows }, () => stream.normal()), rows, width: 1 },
      random(1),
    );
    const share = (cells: readonly unknown[], value: number): number =>
      cells.filter((cell) => cell === value).length / cells.length;
    for (const value of new Set(values))
      expect(Math.abs(share(cellsOf(made.columns[0]!), value) - share(values, value))).toBeLessThan(0.01);
  });

  it("give a frequent value, and gaps, a state of their own", () => {
    const stream = random(4);
    const values = Array.from({ length: 2000 }, (_, i) =>
      i % 10 < 6 ? 0 : i % 10 < 8 ? Math.exp(stream.normal()) : NaN,
    );
    const table = tableOf(numbers("gain", values, 17));
    const encoder = fitEncoder(table, allRows(table), quantile);
    expect(encoder.spans.map(({ kind, width, label }) => ({ kind, width, label }))).toEqual([
      { kind: "category", width: 3, label: "gain: value, missing or 0" },
      { kind: "numeric", width: 1, label: "gain" },
    ]);
    // Slots without a value are filled with other rows' numbers: normal, too.
    const matrix = encoder.encode(table, allRows(table), random(1));
    const empty = values.flatMap((value, i) => (value > 0 ? [] : [matrix.values[i * 4 + 3]!]));
    const mean = empty.reduce((sum, z) => sum + z, 0) / empty.length;
    const deviation = Math.sqrt(empty.reduce((sum, z) => sum + (z - mean) ** 2, 0) / empty.length);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.1);
    // Without a stream they stand at the centre.
    expect(encoder.encode(table, allRows(table)).values[3]).toBe(0);
    // Probabilities decode to their shares.
    const rows = 10_000;
    const probabilities = Float32Array.from({ length: rows * 4 }, (_, i) => [0.5, 0.2, 0.3, 0][i % 4]!);
    const made = cellsOf(
      encoder.decode({ values: probabilities, rows, width: 4 }, random(1)).columns[0]!,
    ) as number[];
    expect(made.filter(Number.isNaN).length / rows).toBeCloseTo(0.2, 1);
    expect(made.filter((value) => value === 0).length / rows).toBeCloseTo(0.3, 1);
  });

  it("become categories where few values repeat, and one plain number where that was asked for", () => {
    const values = Array.from({ length: 90 }, (_, i) => [1, 2, 4][i % 3]!);
    const table = tableOf(numbers("grade", values));
    const kinds = (numeric: EncodeOptions["numeric"]) =>
      fitEncoder(table, allRows(table), { numeric }).spans.map(
        (span) => `${span.kind} ${span.width} ${span.bounded ?? ""}`,
      );
    expect(kinds("quantile")).toEqual(["category 3 "]);
    expect(kinds("minmax")).toEqual(["numeric 1 true"]);
    expect(kinds("none")).toEqual(["numeric 1 "]);
  });

  it("keep a picture's pixels on one range, empty ones included", () => {
    const table = tableOf(numbers("p0", [0, 0, 0]), numbers("p1", [0, 255, 51]));
    const encoder = fitEncoder(table, allRows(table), { numeric: "minmax", sharedRange: true });
    const expected = [-1, -1, -1, 1, -1, -0.6].map(Math.fround);
    expect(Array.from(encoder.encode(table, allRows(table)).values)).toEqual(expected);
  });
});

describe("categories", () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
  const cells = Array.from({ length: 1000 }, (_, i) =>
    i < 900 ? ["x1", "x2"][i % 2]! : i < 990 ? "rare1" : letters[i - 990]!,
  );

  it("share a position where they are rare, and come back in their own spellings and frequencies", () => {
    const table = tableOf(categories("c", cells));
    const encoder = fitEncoder(table, allRows(table), { ...quantile, rareCount: 100 });
    expect(encoder.width).toBe(3);
    const rows = 20_000;
    const values = Float32Array.from({ length: rows * 3 }, (_, i) => (i % 3 === 2 ? 1 : 0));
    const made = cellsOf(encoder.decode({ values, rows, width: 3 }, random(1)).columns[0]!);
    const share = (cell: string): number => made.filter((other) => other === cell).length / rows;
    expect(Math.abs(share("rare1") - 0.9)).toBeLessThan(0.01);
    expect(Math.abs(share("c") - 0.01)).toBeLessThan(0.005);
    expect(share("x1") + share("x2")).toBe(0);
  });

  it("never take more positions than allowed, gaps included", () => {
    const table = tableOf(
      categories("id", [null, ...Array.from({ length: 300 }, (_, i) => `row ${i % 150}`)], "identifier"),
    );
    expect(fitEncoder(table, allRows(table), { ...quantile, maxCategories: 20 }).width).toBe(20);
    expect(fitEncoder(table, allRows(table), { ...quantile, rareCount: 3 }).width).toBe(2);
  });

  it("draw in proportion to the probabilities, and by training frequency where a block is unusable", () => {
    const table = tableOf(categories("c", ["a", "a", "a", "b"]));
    const encoder = fitEncoder(table, allRows(table), quantile);
    const shareOfA = (block: readonly [number, number]): number => {
      const rows = 8000;
      const values = Float32Array.from({ length: rows * 2 }, (_, i) => block[i % 2]!);
      return (
        cellsOf(encoder.decode({ values, rows, width: 2 }, random(1)).columns[0]!).filter(
          (cell) => cell === "a",
        ).length / rows
      );
    };
    expect(shareOfA([0.2, 0.8])).toBeCloseTo(0.2, 1);
    expect(shareOfA([2, 8])).toBeCloseTo(0.2, 1);
    expect(shareOfA([-5, 0.1])).toBe(0);
    expect(shareOfA([NaN, 0.1])).toBe(0);
    for (const unusable of [
      [0, 0],
      [NaN, NaN],
      [-1, -1],
      [Infinity, 1],
    ] as const)
      expect(shareOfA(unusable)).toBeCloseTo(0.75, 1);
  });

  it("are matched by spelling, and unknown ones have a place", () => {
    const encoder = fitEncoder(tableOf(categories("c", ["a", "a", "b"])), Int32Array.of(0, 1, 2), quantile);
    const other = tableOf(categories("c", ["b", "new", null, "a"]));
    expect(Array.from(encoder.encode(other, allRows(other)).values)).toEqual([0, 1, 1, 0, 1, 0, 1, 0]);
  });
});

describe("degenerate tables", () => {
  it.each<[string, Column]>([
    ["constant number", numbers("x", [3, 3, 3])],
    ["constant text", categories("x", ["k", "k", "k"], "constant")],
    ["all missing numbers", numbers("x", [NaN, NaN, NaN])],
    ["all missing categories", categories("x", [null, null, null])],
    ["one date", dates("x", [0, 0, 0])],
  ])("a %s column takes no width and is written back", (_, column) => {
    const table = tableOf(column);
    const encoder = fitEncoder(table, allRows(table), quantile);
    expect(encoder.width).toBe(0);
    const back = encoder.decode(encoder.encode(table, allRows(table), random(1)), random(1));
    expect(cellsOf(back.columns[0]!)).toEqual(cellsOf(column));
  });

  it.each(["quantile", "minmax", "standard", "none"] as const)(
    "of extreme numbers stay finite (%s)",
    (numeric) => {
      const values = [1e308, -1e308, 5e-324, 0, NaN, Infinity, 1.5, -2.25];
      const table = tableOf(numbers("x", values, 2));
      const encoder = fitEncoder(table, allRows(table), { numeric });
      const matrix = encoder.encode(table, allRows(table), random(1));
      expect(matrix.values.every(Number.isFinite)).toBe(true);
      const back = cellsOf(encoder.decode(matrix, random(1)).columns[0]!);
      expect(back.map((value) => Number.isNaN(value as number))).toEqual(
        values.map((value) => !Number.isFinite(value)),
      );
    },
  );

  it("say in words what is missing or does not fit", () => {
    const table = tableOf(numbers("age", [1, 2, 3]));
    expect(() => fitEncoder({ columns: [], rows: 3 }, Int32Array.of(0), quantile)).toThrow(/no column/);
    expect(() => fitEncoder(table, new Int32Array(0), quantile)).toThrow(/no row/);
    const encoder = fitEncoder(table, allRows(table), quantile);
    expect(() => encoder.decode({ values: new Float32Array(6), rows: 3, width: 2 }, random(1))).toThrow(
      /3 rows of 2 numbers/,
    );
    expect(() => encoder.encode(tableOf(numbers("height", [1])), Int32Array.of(0))).toThrow(
      /"height".*"age"/,
    );
    expect(() => encoder.encode(tableOf(categories("age", ["old"])), Int32Array.of(0))).toThrow(
      /"age".*number.*category/,
    );
  });

  it("of one row work", () => {
    const table = tableOf(numbers("x", [1.5], 1), categories("c", ["a"]));
    const encoder = fitEncoder(table, allRows(table), quantile);
    expect(encoder.decode({ values: new Float32Array(0), rows: 4, width: 0 }, random(1)).rows).toBe(4);
  });
});

it("draws anew at every call, and the same from the same seed", () => {
  const table = tableOf(categories("c", ["a", "b"]));
  const encoder = fitEncoder(table, allRows(table), quantile);
  const matrix = { values: new Float32Array(200).fill(0.5), rows: 100, width: 2 };
  const stream = random(7);
  const first = encoder.decode(matrix, stream);
  expect(encoder.decode(matrix, stream)).not.toEqual(first);
  expect(encoder.decode(matrix, random(7))).toEqual(first);
});

/** The table of only these rows, levels in the order of first appearance there. */
function cutTo(table: Table, rows: Int32Array): Table {
  const columns = table.columns.map((column): Column => {
    if (column.type === "number" || column.type === "datetime")
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
    const levels = column.levels.filter((_, code) => rows.some((row) => column.codes[row] === code));
    const codes = Int32Array.from(rows, (row) => levels.indexOf(column.levels[column.codes[row]!]!));
    return { ...column, codes, levels };
  });
  return { columns, rows: rows.length };
}
