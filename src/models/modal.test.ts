import { describe, expect, it } from "vitest";
import type { Matrix, Span } from "../encode/span.ts";
import { random } from "../random/random.ts";
import { fitModal, modal, type Modal } from "./modal.ts";
import { fitModes } from "./modes.ts";

const normals = (n: number, mean = 0, deviation = 1, seed = 1): Float64Array => {
  const source = random(seed);
  return Float64Array.from({ length: n }, () => mean + deviation * source.normal());
};

describe("the modes of a number", () => {
  it("are one where it is normal, and those it has where it isn't", () => {
    expect(fitModes(normals(2_000), 10)).toHaveLength(1);
    const two = Float64Array.from([...normals(900, -4, 0.5), ...normals(300, 3, 1, 2)]);
    const modes = fitModes(two, 10);
    expect(modes).toHaveLength(2);
    expect(modes[0]!.mean).toBeCloseTo(-4, 1);
    expect(modes[0]!.weight).toBeCloseTo(0.75, 1);
    expect(modes[1]!.deviation).toBeCloseTo(1, 0);
  });

  it("are found where all values are the same, or nearly", () => {
    expect(fitModes(new Float64Array(50).fill(7), 5)).toEqual([{ weight: 1, mean: 7, deviation: 1 }]);
    for (const { mean, deviation } of fitModes(Float64Array.from([0, 0, 0, 0, 1, 1, 1, 9]), 5)) {
      expect(Number.isFinite(mean)).toBe(true);
      expect(deviation).toBeGreaterThan(0);
    }
  });
});

/** What the matrices of a `Modal` make of its rows. */
function back({ width, copied, means, places, deviations }: Modal, y: Matrix, to: number): Float32Array {
  const out = new Float32Array(y.rows * to);
  for (let row = 0; row < y.rows; row++)
    for (let k = 0; k < to; k++) {
      const through = (matrix: Float32Array): number => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += y.values[row * width + i]! * matrix[i * to + k]!;
        return sum;
      };
      out[row * to + k] = through(copied) + through(means) + through(places) * through(deviations);
    }
  return out;
}

it("rows of modes are rows again, whatever stands beside the numbers", () => {
  const spans: readonly Span[] = [
    { kind: "numeric", start: 0, width: 1, column: 0, label: "two peaks" },
    { kind: "category", start: 1, width: 2, column: 1, label: "flat: value or missing", missing: 2 },
    { kind: "numeric", start: 3, width: 1, column: 1, label: "flat", given: 1 },
  ];
  const source = random(3);
  const values = new Float32Array(600 * 4);
  for (let i = 0; i < 600; i++)
    values.set([(i % 3 === 0 ? -5 : 5) + source.normal(), i % 4 === 0 ? 0 : 1, i % 4 === 0 ? 1 : 0, source.normal()], 4 * i); // prettier-ignore
  const rows = { values, rows: 600, width: 4 };
  const split = modal(spans, 4, fitModal(spans, rows, 6));
  expect(split.spans.map(({ kind, start, width }) => [kind, start, width])).toEqual([
    ["category", 0, 2],
    ["numeric", 2, 1],
    ["category", 3, 2],
    ["numeric", 5, 1],
  ]);
  expect(split.spans[2]!.missing).toBe(4);
  expect(split.spans[3]!.given).toBe(3);
  const encoded = split.encode(rows);
  back(split, encoded, 4).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 4));
  // Each place is in standard deviations of its own mode.
  const places = Array.from({ length: 600 }, (_, i) => encoded.values[i * 6 + 2]!);
  expect(Math.max(...places.map(Math.abs))).toBeLessThan(5);
  expect(modal(spans, 4, fitModal(spans, rows, 1)).encode(rows).values).toEqual(values);
});
