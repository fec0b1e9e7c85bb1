import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import { binned, fitBins } from "./bins.ts";
import { growCart, rowMajor } from "./cart.ts";
import type { Fit } from "./classifier.ts";
import { fitForest, fitTree } from "./forest.ts";
import { fitMlp } from "./mlp.ts";
import { meanAuc } from "./scores.ts";
import golden from "./testing/goldenValues.json" with { type: "json" };
import { finish } from "./work.ts";

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("a tree", () => {
  const table = {
    columns: golden.plain.map((values, i) => numbers(`x${i}`, values as number[])),
    rows: golden.values.length,
  };
  const features = fitBins(table);
  const codes = binned(features, table);
  const leaves = (targets: Float64Array, outputs: number): Float64Array[] => {
    const all = Int32Array.from(range(table.rows));
    const tree = growCart({ features, codes, targets, outputs }, all, { depth: 4, leafRows: 7 });
    const sums = new Float64Array(table.rows * outputs);
    tree.addLeaves(rowMajor(codes, all.length), 1, sums);
    return range(table.rows).map((row) => sums.slice(row * outputs, (row + 1) * outputs));
  };

  it("of numbers equals scikit-learn's", () => {
    leaves(Float64Array.from(golden.values), 1).forEach((leaf, row) =>
      expect(leaf[0]).toBeCloseTo(golden.treeValues[row]!, 6),
    );
  });

  it("of three classes equals scikit-learn's", () => {
    const targets = Float64Array.from({ length: 3 * table.rows }, (_, i) =>
      golden.kinds[Math.floor(i / 3)] === i % 3 ? 1 : 0,
    );
    leaves(targets, 3).forEach((leaf, row) =>
      leaf.forEach((chance, k) => expect(chance).toBeCloseTo(golden.treeChances[row]![k]!, 8)),
    );
  });

  it("sends gaps and categories where they belong, and unseen ones with the larger side", () => {
    const learned = {
      columns: [numbers("n", range(300).map((i) => (i % 3 === 0 ? NaN : i % 7))), categories("c", range(300).map((i) => `c${i % 5}`))], // prettier-ignore
      rows: 300,
    };
    const truth = range(300).map((i) => Number(i % 3 === 0 || i % 5 === 2));
    const model = finish(fitTree(learned, { codes: Int32Array.from(truth), classes: 2 }));
    const p = model.probabilities(learned);
    truth.forEach((label, row) => expect(Math.round(p[2 * row + 1]!)).toBe(label));
    const other = { columns: [numbers("n", [1, NaN]), categories("c", ["new", "new"])], rows: 2 };
    expect(Array.from(model.probabilities(other), Math.round)).toEqual([1, 0, 0, 1]);
  });
});

const models: Readonly<Record<string, Fit>> = { tree: fitTree, forest: fitForest, mlp: fitMlp };

describe.each(Object.entries(models))("classification by %s", (_name, fit) => {
  const stream = random(3);
  const made = (rows: number) => {
    const x = range(rows).map(() => 2 * stream.uniform() - 1);
    const y = range(rows).map(() => 2 * stream.uniform() - 1);
    const group = range(rows).map(() => `g${stream.integer(4)}`);
    return {
      table: { columns: [numbers("x", x), numbers("y", y), categories("group", group)], rows },
      // In or out of a disc, and a group for itself: no line tells them.
      codes: Int32Array.from(x, (a, i) => (group[i] === "g3" ? 2 : a * a + y[i]! * y[i]! < 0.5 ? 1 : 0)),
    };
  };

  it("tells three classes that no line tells, of unseen rows, the same way every time", () => {
    const [seen, unseen] = [made(2_000), made(600)];
    const run = () => finish(fit(seen.table, { codes: seen.codes, classes: 3 })).probabilities(unseen.table);
    const p = run();
    expect(meanAuc(p, unseen.codes, 3)).toBeGreaterThan(0.97);
    for (let row = 0; row < 600; row++)
      expect(p[3 * row]! + p[3 * row + 1]! + p[3 * row + 2]!).toBeCloseTo(1, 9);
    expect(run()).toEqual(p);
  });

  it("gives a class that training lacks no chance", () => {
    const { table } = made(60);
    const codes = Int32Array.from(range(60), (i) => (i % 2) * 2);
    const p = finish(fit(table, { codes, classes: 3 })).probabilities(table);
    expect(range(60).every((row) => p[3 * row + 1] === 0)).toBe(true);
  });
});
