import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { drawingTable } from "./drawing.ts";

function axis(table: Table, i: number): Float64Array {
  const column = table.columns[i]!;
  if (column.type !== "number") throw new Error("expected a number column");
  return column.values;
}

const stroke = [-0.5, -0.5, 0, 0.25, 0.5, -0.5];

test("keeps every drawn point and adds points near them up to the least number of rows", () => {
  const table = drawingTable(stroke, random(1));
  expect(table.rows).toBe(1_000);
  const [x, y] = [axis(table, 0), axis(table, 1)];
  expect([x[0], y[0], x[1], y[1], x[2], y[2]]).toEqual(stroke);
  const near = [0, 0, 0];
  for (let i = 3; i < table.rows; i++) {
    const distances = [0, 1, 2].map((k) => Math.hypot(x[i]! - stroke[2 * k]!, y[i]! - stroke[2 * k + 1]!));
    const closest = Math.min(...distances);
    expect(closest).toBeLessThan(0.12);
    near[distances.indexOf(closest)]!++;
  }
  for (const count of near) expect(count).toBeGreaterThan(270);
});

test("a long drawing is taken as it is", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: -10_000, max: 10_000 })),
        {
          minLength: 20,
          maxLength: 60,
        },
      ),
      (points) => {
        const flat = points.flatMap(([x, y]) => [x / 10_000, y / 10_000]);
        const table = drawingTable(flat, random(2), 20);
        expect(table.rows).toBe(points.length);
        expect([...axis(table, 0)]).toEqual(points.map(([x]) => x / 10_000));
        expect([...axis(table, 1)]).toEqual(points.map(([, y]) => y / 10_000));
      },
    ),
    { numRuns: 50 },
  );
});

test("the same drawing and seed give the same rows", () => {
  expect(drawingTable(stroke, random(4))).toEqual(drawingTable(stroke, random(4)));
  expect(drawingTable(stroke, random(4))).not.toEqual(drawingTable(stroke, random(5)));
});

test.each([
  ["no points", [], "empty"],
  ["a lone x", [0.1, 0.2, 0.3], "even length"],
  ["not a number", [0.1, 0.2, Number.NaN, 0], "Point 2"],
  ["infinite", [0.1, Number.POSITIVE_INFINITY], "Point 1"],
])("refuses a drawing with %s, in words", (_, points, words) => {
  expect(() => drawingTable(points, random(1))).toThrow(words);
});
