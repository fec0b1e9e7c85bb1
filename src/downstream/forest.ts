/**
 * Decision trees and forests of them. A forest: L. Breiman, Random Forests,
 * 2001. https://doi.org/10.1023/A:1010933404324
 *
 * Many trees, each on rows drawn with replacement, each split among a few
 * features drawn at random; their means are averaged. Where one tree overfits
 * its rows, trees that err differently cancel out.
 */
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { binned, fitBins } from "./bins.ts";
import { growCart, rowMajor, type Cart, type CartOptions, type CartTask } from "./cart.ts";
import { fitPresent, type Classifier, type Labels } from "./classifier.ts";
import { checkValues, type Regressor } from "./regressor.ts";
import type { Work } from "./work.ts";

/** Of one tree: deep enough to see a few columns at once, leaves large enough to be a share of something. */
const TREE: CartOptions = { depth: 10, leafRows: 10 };
const FOREST_DEPTH = 16;
const FOREST_LEAF = 2;
const TREES = 50;

/** One tree of depth 10. All of the work is one piece: about 40 ms for 8,000 rows of 15 columns. */
export function* fitTree(table: Table, labels: Labels): Work<Classifier> {
  return yield* classes(table, labels, oneTree);
}

/** A piece of work is one of fifty trees, each split among the root of the number of columns. Chance is seeded by the task alone. */
export function* fitForest(table: Table, labels: Labels): Work<Classifier> {
  return yield* classes(table, labels, (task, rows) =>
    manyTrees(task, rows, Math.max(1, Math.round(Math.sqrt(task.features.length)))),
  );
}

/** As `fitTree`, for a number. */
export function* fitTreeValues(table: Table, values: Float64Array): Work<Regressor> {
  return yield* quantity(table, values, oneTree);
}

/** As `fitForest`, for a number; each split among a third of the columns, as Breiman has it. */
export function* fitForestValues(table: Table, values: Float64Array): Work<Regressor> {
  return yield* quantity(table, values, (task, rows) =>
    manyTrees(task, rows, Math.max(1, Math.round(task.features.length / 3))),
  );
}

type Plant = (task: CartTask, rows: number) => Work<readonly Cart[]>;

function* oneTree(task: CartTask, rows: number): Work<readonly Cart[]> {
  const tree = growCart(
    task,
    Int32Array.from({ length: rows }, (_, row) => row),
    TREE,
  );
  yield 1;
  return [tree];
}

function* manyTrees(task: CartTask, rows: number, tries: number): Work<readonly Cart[]> {
  const stream = random(0);
  const trees: Cart[] = [];
  for (let tree = 0; tree < TREES; tree++) {
    const drawn = Int32Array.from({ length: rows }, () => stream.integer(rows));
    trees.push(growCart(task, drawn, { depth: FOREST_DEPTH, leafRows: FOREST_LEAF, tries }, stream));
    yield (tree + 1) / TREES;
  }
  return trees;
}

function* classes(table: Table, labels: Labels, plant: Plant): Work<Classifier> {
  const features = fitBins(table);
  yield 0;
  const codes = binned(features, table);
  yield 0;
  return yield* fitPresent(table, labels, function* (present): Work<Classifier> {
    // Two classes are one number: the chance of the second.
    const outputs = present.classes === 2 ? 1 : present.classes;
    const targets = new Float64Array(table.rows * outputs);
    present.codes.forEach((code, row) => {
      if (outputs === 1) targets[row] = code;
      else targets[row * outputs + code] = 1;
    });
    const trees = yield* plant({ features, codes, targets, outputs }, table.rows);
    return {
      probabilities(other) {
        const means = meansOf(trees, binned(features, other), other.rows, outputs);
        if (outputs > 1) return means;
        return Float64Array.from({ length: 2 * other.rows }, (_, i) =>
          i % 2 === 1 ? means[i >> 1]! : 1 - means[i >> 1]!,
        );
      },
    };
  });
}

function* quantity(table: Table, values: Float64Array, plant: Plant): Work<Regressor> {
  checkValues(table, values);
  const features = fitBins(table);
  const task = { features, codes: binned(features, table), targets: values, outputs: 1 };
  const trees = yield* plant(task, table.rows);
  return { predict: (other) => meansOf(trees, binned(features, other), other.rows, 1) };
}

/** Mean of the trees' leaves, row-major [rows, outputs]. */
function meansOf(
  trees: readonly Cart[],
  codes: readonly Uint8Array[],
  rows: number,
  outputs: number,
): Float64Array {
  const means = new Float64Array(rows * outputs);
  const cells = rowMajor(codes, rows);
  for (const tree of trees) tree.addLeaves(cells, 1 / trees.length, means);
  return means;
}
