import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix, Span } from "../encode/span.ts";
import { discretisation, fitCuts, type Discretisation } from "./discretisation.ts";

/** A number with a state (value, missing, 0), a category, and a plain number. */
const spans: readonly Span[] = [
  { kind: "category", start: 0, width: 3, column: 0, label: "gain: value, missing or 0" },
  { kind: "numeric", start: 3, width: 1, column: 0, label: "gain", given: 0 },
  { kind: "category", start: 4, width: 2, column: 1, label: "sex" },
  { kind: "numeric", start: 6, width: 1, column: 2, label: "age" },
];

const row = (state: number, gain: number, sex: number, age: number): number[] => {
  const cells = [0, 0, 0, gain, 0, 0, age];
  cells[state] = 1;
  cells[4 + sex] = 1;
  return cells;
};
const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  width: 7,
});

const discretise = (rows: Matrix, most: number, stretch?: number): Discretisation =>
  discretisation(spans, rows.width, fitCuts(spans, rows, most), stretch);

/** What the device does with the `decodings`, on the host: one row from its codes and one u. */
function decode(at: Discretisation, codes: ArrayLike<number>, u: number): number[] {
  return at.decodings.flatMap(({ from, variables, start, rowWidth, categories, low, range, power }) => {
    const out = Array.from({ length: rowWidth }, () => 0);
    at.spans.slice(from, from + variables).forEach((span, v) => {
      const offset = (span.start - start + codes[from + v]!) * rowWidth;
      for (let k = 0; k < rowWidth; k++) {
        const within = range[offset + k]! === 0 ? 0 : range[offset + k]! * u ** power[offset + k]!;
        out[k]! += categories[offset + k]! + low[offset + k]! + within;
      }
    });
    return out;
  });
}

const rowsOf = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.float({ min: -3, max: 3, noNaN: true }),
    fc.integer({ min: 0, max: 1 }),
    fc.constantFrom(-2, -1.5, -0.5, 0, 0.25, 1, 2.5),
  ),
  { minLength: 1, maxLength: 200 },
);

describe("discretisation", () => {
  it("makes one variable of a number and its state", () => {
    const { spans: made } = discretise(matrix([row(0, 1, 0, 1), row(1, 0, 1, 2)]), 10);
    expect(made.map(({ label, width }) => [label, width])).toEqual([
      ["gain", 3], // missing, 0, one bin
      ["sex", 2],
      ["age", 1],
    ]);
  });

  it("cuts numbers into bins of about equally many rows and keeps equal values together", () => {
    const rows = Array.from({ length: 1000 }, (_, i) => row(0, i / 1000, 0, i < 700 ? 0 : i));
    const made = discretise(matrix(rows), 10);
    const codes = made.codes(matrix(rows));
    const counts = (variable: number): number[] => {
      const found: number[] = [];
      for (let i = 0; i < 1000; i++) {
        const code = codes.values[i * 3 + variable]!;
        found[code] = (found[code] ?? 0) + 1;
      }
      return found.filter((count) => count > 0);
    };
    expect(counts(0)).toEqual(Array.from({ length: 10 }, () => 100));
    expect(counts(2)).toEqual([700, 100, 100, 100]);
  });

  it("gives a row back as it was but for its place inside the bins", () => {
    fc.assert(
      fc.property(rowsOf, fc.float({ min: Math.fround(0.001), max: 1, noNaN: true }), (cells, u) => {
        const rows = matrix(cells.map(([state, gain, sex, age]) => row(state, gain, sex, age)));
        const made = discretise(rows, 8);
        const codes = made.codes(rows);
        for (let i = 0; i < rows.rows; i++) {
          const own = rows.values.subarray(i * 7, (i + 1) * 7);
          const back = decode(made, codes.values.subarray(i * 3, (i + 1) * 3), u);
          for (const k of [0, 1, 2, 4, 5]) expect(back[k]).toBe(own[k]);
          // Discretised again, what was drawn inside a bin is in that bin.
          const again = made.codes({ values: Float32Array.from(back), rows: 1, width: 7 });
          expect([...again.values]).toEqual([...codes.values.subarray(i * 3, (i + 1) * 3)]);
          if (own[0] === 0) expect(back[3]).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("draws inside a bin as far along it as its training values lie", () => {
    // One bin of a long tail: nine small values and a large one.
    const rows = matrix([...Array.from({ length: 9 }, () => row(0, 0, 0, 0)), row(0, 10, 0, 0)]);
    const made = discretise(rows, 10);
    const codes = made.codes(rows).values.subarray(0, 3);
    const draws = Array.from({ length: 1000 }, (_, i) => decode(made, codes, (i + 0.5) / 1000)[3]!);
    expect(draws.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(1, 1);
    expect(Math.max(...draws)).toBeLessThanOrEqual(10);
  });

  it("decodes a stretch of columns at a time to the same rows, in space that grows with their number alone", () => {
    const rows = matrix([row(0, 1, 0, 1), row(1, 0, 1, 2), row(2, 0, 0, -1)]);
    const [whole, pieces] = [discretise(rows, 8), discretise(rows, 8, 1)];
    expect([whole.decodings.length, pieces.decodings.length]).toEqual([1, 3]);
    const { values } = whole.codes(rows);
    for (let i = 0; i < 3; i++) {
      const codes = values.subarray(i * 3, (i + 1) * 3);
      expect(decode(pieces, codes, 0.3)).toEqual(decode(whole, codes, 0.3));
    }
    const cellsOf = (columns: number): number => {
      const plain = Array.from({ length: columns }, (_, at): Span => ({
        kind: "numeric",
        start: at,
        width: 1,
        column: at,
        label: String(at),
      }));
      const wide = { values: new Float32Array(columns), rows: 1, width: columns };
      const { decodings } = discretisation(plain, columns, fitCuts(plain, wide, 8));
      return decodings.reduce((sum, { low }) => sum + low.length, 0);
    };
    expect(cellsOf(6_400)).toBe(10 * cellsOf(640));
  });
});
