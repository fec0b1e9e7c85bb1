import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { fitBoosting } from "./boosting.ts";
import type { Labels } from "./classifier.ts";
import { goldenCases, goldenTable } from "./testing/golden.ts";
import { finish } from "./work.ts";

const labelled = (codes: Iterable<number>, classes = 2): Labels => ({
  codes: Int32Array.from(codes),
  classes,
});

/** Probability of the second of two classes, by row. */
function chances(table: Table, labels: Labels, of = table): number[] {
  const p = finish(fitBoosting(table, labels)).probabilities(of);
  return Array.from({ length: of.rows }, (_, row) => p[2 * row + 1]!);
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("gradient boosting", () => {
  it.each(goldenCases)(
    "equals scikit-learn's on $classes classes",
    ({ classes, train, labels, test, boosting }) => {
      const model = finish(fitBoosting(goldenTable(train), labelled(labels, classes), { rounds: 25 }));
      const ours = model.probabilities(goldenTable(test));
      const apart = boosting.map((theirs, row) =>
        Math.max(...theirs.map((p, k) => Math.abs(p - ours[row * classes + k]!))),
      );
      // Where a bin of a node is empty, the cuts on its two sides are equally good and rounding chooses.
      expect(apart.filter((distance) => distance > 1e-6).length).toBeLessThanOrEqual(1);
      expect(Math.max(...apart)).toBeLessThan(1e-3);
    },
  );

  it("learns what no line can: x or y, but not both", () => {
    const stream = random(1);
    const x = range(2_000).map(() => stream.uniform());
    const y = range(2_000).map(() => stream.uniform());
    const codes = x.map((value, i) => (value > 0.5 !== y[i]! > 0.5 ? 1 : 0));
    const table = { columns: [numbers("x", x), numbers("y", y)], rows: 2_000 };
    const right = chances(table, labelled(codes)).filter((p, i) => p > 0.5 === (codes[i] === 1));
    expect(right.length).toBeGreaterThan(1_980);
  });

  it("learns from a cell being missing, on whichever side it belongs", () => {
    const values = range(400).map((i) => (i % 4 === 0 ? NaN : i % 100));
    for (const side of [0, 1]) {
      const codes = values.map((value) => (Number.isNaN(value) ? side : 1 - side));
      const table = { columns: [numbers("x", values)], rows: 400 };
      chances(table, labelled(codes)).forEach((p, i) => expect(Math.round(p)).toBe(codes[i]));
    }
  });

  it("divides categories by what they do, not by their order", () => {
    const cells = range(400).map((i) => `c${i % 8}`);
    const codes = range(400).map((i) => ([1, 3, 6].includes(i % 8) ? 1 : 0));
    const table = { columns: [categories("c", cells)], rows: 400 };
    chances(table, labelled(codes)).forEach((p, i) => expect(Math.round(p)).toBe(codes[i]));
  });

  it("reads another table's categories by their spelling, and takes unseen ones for missing", () => {
    const cells = range(200).map((i) => (i % 2 === 0 ? "yes" : "no"));
    const codes = range(200).map((i) => 1 - (i % 2));
    const table = { columns: [categories("c", cells)], rows: 200 };
    const other = { columns: [categories("c", ["no", "yes", "perhaps", ""])], rows: 4 };
    const [no, yes, perhaps, missing] = chances(table, labelled(codes), other);
    expect(no).toBeLessThan(0.01);
    expect(yes).toBeGreaterThan(0.99);
    expect(perhaps).toBe(missing);
  });

  it("keeps the most frequent of more categories than a byte can name", () => {
    const cells = range(3_000).map((i) => (i < 1_500 ? `often ${i % 3}` : `rare ${i % 500}`));
    const codes = range(3_000).map((i) => (i < 1_500 ? Number(i % 3 === 1) : i % 2));
    const table = { columns: [categories("c", cells)], rows: 3_000 };
    const p = chances(table, labelled(codes));
    p.slice(0, 1_500).forEach((chance, i) => expect(Math.round(chance)).toBe(codes[i]));
  });

  it("gives a class without rows no chance, and a single class all of it", () => {
    const table = { columns: [numbers("x", range(100))], rows: 100 };
    const some = finish(
      fitBoosting(
        table,
        labelled(
          range(100).map((i) => (i < 50 ? 0 : 3)),
          4,
        ),
      ),
    );
    expect(Array.from(some.probabilities(table).subarray(0, 4))).toEqual([
      expect.closeTo(1, 1),
      0,
      0,
      expect.closeTo(0, 1),
    ]);
    const one = finish(fitBoosting(table, labelled(range(100).map(() => 1))));
    expect(Array.from(one.probabilities(table).subarray(0, 4))).toEqual([0, 1, 0, 1]);
  });

  it("can do with a column that holds nothing, and with one value", () => {
    const table = {
      columns: [
        numbers(
          "empty",
          range(60).map(() => NaN),
        ),
        numbers(
          "one",
          range(60).map(() => 5),
        ),
      ],
      rows: 60,
    };
    chances(table, labelled(range(60).map((i) => i % 2))).forEach((p) => expect(p).toBeCloseTo(0.5, 6));
  });

  it("tells how far it is", () => {
    const table = { columns: [numbers("x", range(50))], rows: 50 };
    // Laying the columns out comes first, in two pieces.
    expect([...fitBoosting(table, labelled(range(50).map((i) => i % 2)), { rounds: 4 })]).toEqual([
      0, 0, 0.25, 0.5, 0.75, 1,
    ]);
  });

  it("refuses rows without labels and tables of other columns in words", () => {
    const table = { columns: [numbers("x", range(50))], rows: 50 };
    expect(() => finish(fitBoosting(table, labelled([0, 1])))).toThrow("a label for each");
    expect(() => finish(fitBoosting(table, labelled(range(50))))).toThrow("Label 2 is not among 2 classes");
    const model = finish(fitBoosting(table, labelled(range(50).map((i) => i % 2))));
    expect(() => model.probabilities({ columns: [], rows: 0 })).toThrow("1 columns were fitted");
    expect(() => model.probabilities({ columns: [categories("x", ["a"])], rows: 1 })).toThrow(
      '"x" was numbers',
    );
  });
});
