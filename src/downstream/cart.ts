/**
 * Decision trees: L. Breiman et al., Classification and Regression Trees, 1984.
 * https://doi.org/10.1201/9781315139470
 *
 * A leaf says the mean of its training rows' targets, and a split is the one
 * that leaves least variance around the two means. With a 0-or-1 target for
 * every class that is Gini's impurity, and the means are probabilities, so one
 * tree serves numbers and classes. Numbers are cut at the quantiles of `bins`;
 * a missing cell goes where it fits better, and so does each category.
 *
 * Our own, because those of the ml.js family (ml-cart 2.1.1, ml-random-forest
 * 2.1.0) take 8 s for one tree on 2,000 rows of 15 columns, with a time that
 * grows with the square of the rows, know no categories, and by default stop at
 * a first split that gains little, so that "x or y but not both" is never learned.
 */
import type { Random } from "../random/random.ts";
import type { Feature } from "./bins.ts";

export interface CartOptions {
  readonly depth: number;
  /** Fewest training rows of a leaf. */
  readonly leafRows: number;
  /** Features that each split chooses among, drawn anew; all where absent. */
  readonly tries?: number;
}

/** What a tree learns from: rows in bins (`binned`), and a target of `outputs` numbers a row, row-major. */
export interface CartTask {
  readonly features: readonly Feature[];
  readonly codes: readonly Uint8Array[];
  readonly targets: Float64Array;
  readonly outputs: number;
}

export interface Cart {
  /** Adds the means of each row's leaf, times `share`, to its sums, row-major [rows, outputs]. @param cells rows in the same bins, `rowMajor`. */
  addLeaves(cells: Uint8Array, share: number, sums: Float64Array): void;
}

/** A table in bins by row [rows, columns], as walks down a tree read it: all of a row beside each other. */
export function rowMajor(codes: readonly Uint8Array[], rows: number): Uint8Array {
  const cells = new Uint8Array(rows * codes.length);
  codes.forEach((of, f) => {
    for (let row = 0, at = f; row < rows; row++, at += codes.length) cells[at] = of[row]!;
  });
  return cells;
}

interface Best {
  feature: number;
  gain: number;
  goesLeft: Uint8Array;
}

/**
 * @param rows numbers of the training rows; one may come more than once. It is reordered.
 * @param random draws the features that a split tries; needed with `tries` alone.
 */
export function growCart(task: CartTask, rows: Int32Array, options: CartOptions, random?: Random): Cart {
  const { features, codes, targets, outputs } = task;
  const spare = new Int32Array(rows.length);
  const most = features.reduce((bins, feature) => Math.max(bins, feature.bins), 0) + 1;
  const scratch: Scratch = {
    counts: new Int32Array(most),
    totals: new Float64Array(most * outputs),
    left: new Float64Array(outputs),
    used: new Int32Array(most),
    order: new Int32Array(most),
    means: new Float64Array(most),
  };

  // Nodes in one list, the root first; a leaf's feature is -1.
  const nodeFeature: number[] = [];
  const nodeLeft: number[] = [];
  const nodeRight: number[] = [];
  const nodeFlags: Uint8Array[] = [];
  const nodeMeans: Float64Array[] = [];

  /** @returns the node's number. */
  const grow = (from: number, to: number, depth: number): number => {
    const sums = new Float64Array(outputs);
    for (let i = from; i < to; i++)
      for (let k = 0; k < outputs; k++) sums[k]! += targets[rows[i]! * outputs + k]!;
    const n = to - from;
    const node = nodeFeature.push(-1) - 1;
    nodeFlags.push(none);
    nodeLeft.push(-1);
    nodeRight.push(-1);
    nodeMeans.push(sums.map((sum) => sum / n));
    if (depth === 0 || n < 2 * options.leafRows) return node;
    const best: Best = { feature: -1, gain: 1e-12 * n, goesLeft: none };
    const all = features.length;
    const tries = Math.min(options.tries ?? all, all);
    const order = random === undefined || tries === all ? undefined : random.permutation(all);
    // A feature that does not vary here is no try: the next one takes its place.
    for (let i = 0, tried = 0; i < all && tried < tries; i++)
      if (search(task, rows, from, to, order?.[i] ?? i, sums, options.leafRows, best, scratch)) tried++;
    if (best.feature < 0) return node;
    const { feature, goesLeft } = best;
    const of = codes[feature]!;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (goesLeft[of[row]!] === 1) rows[left++] = row;
      else spare[right++] = row;
    }
    rows.set(spare.subarray(0, right), left);
    nodeFeature[node] = feature;
    nodeFlags[node] = goesLeft;
    nodeLeft[node] = grow(from, left, depth - 1);
    nodeRight[node] = grow(left, to, depth - 1);
    return node;
  };

  grow(0, rows.length, options.depth);
  return walker(nodeFeature, nodeLeft, nodeRight, nodeFlags, nodeMeans, features.length, outputs);
}

/** The grown tree in flat arrays, for walking down it a million times: which codes go left is a bit each. */
function walker(
  nodeFeature: readonly number[],
  nodeLeft: readonly number[],
  nodeRight: readonly number[],
  nodeFlags: readonly Uint8Array[],
  nodeMeans: readonly Float64Array[],
  width: number,
  outputs: number,
): Cart {
  const nodes = nodeFeature.length;
  const feature = Int32Array.from(nodeFeature);
  // By node: where it goes right, then where it goes left.
  const next = new Int32Array(2 * nodes);
  const bits = new Int32Array(8 * nodes);
  const means = new Float64Array(nodes * outputs);
  for (let node = 0; node < nodes; node++) {
    next[2 * node] = nodeRight[node]!;
    next[2 * node + 1] = nodeLeft[node]!;
    means.set(nodeMeans[node]!, node * outputs);
    const flags = nodeFlags[node]!;
    for (let bin = 0; bin < flags.length; bin++) bits[8 * node + (bin >> 5)]! |= flags[bin]! << (bin & 31);
  }
  return {
    addLeaves(cells, share, sums) {
      for (let first = 0, at = 0; at < sums.length; first += width, at += outputs) {
        let node = 0;
        for (let f = feature[0]!; f >= 0; f = feature[node]!) {
          const bin = cells[first + f]!;
          node = next[2 * node + ((bits[8 * node + (bin >> 5)]! >>> (bin & 31)) & 1)]!;
        }
        for (let k = 0; k < outputs; k++) sums[at + k]! += share * means[node * outputs + k]!;
      }
    },
  };
}

const none = new Uint8Array(0);

/** Memory that every search uses anew. By bin: rows and sums of the targets, all 0 between searches. */
interface Scratch {
  readonly counts: Int32Array;
  readonly totals: Float64Array;
  readonly left: Float64Array;
  /** Bins that have rows here, ascending. */
  readonly used: Int32Array;
  /** The same as they are taken to the left, and what they are sorted by. */
  readonly order: Int32Array;
  readonly means: Float64Array;
}

/** Orders of categories that are tried where there are many outputs: by the mean of each of the first so many. */
const MOST_ORDERS = 4;

/** Leaves in `best` this feature's best split of rows[from..to-1], if it is better. @returns whether the feature varies there. */
function search(
  task: CartTask,
  rows: Int32Array,
  from: number,
  to: number,
  f: number,
  sums: Float64Array,
  leafRows: number,
  best: Best,
  scratch: Scratch,
): boolean {
  const { bins, categorical } = task.features[f]!;
  const { outputs } = task;
  const { counts, totals, used, order, means } = scratch;
  // Most nodes have few rows: whatever takes a step for each of 256 bins would cost more than the rows do.
  const distinct = tally(task, rows, from, to, f, scratch);
  if (distinct > 1) {
    const n = to - from;
    if (categorical)
      for (let k = 0; k < Math.min(outputs, MOST_ORDERS); k++) {
        for (let i = 0; i < distinct; i++) {
          const bin = used[i]!;
          const mean = totals[bin * outputs + k]! / counts[bin]!;
          let at = i;
          for (; at > 0 && means[at - 1]! > mean; at--) {
            means[at] = means[at - 1]!;
            order[at] = order[at - 1]!;
          }
          means[at] = mean;
          order[at] = bin;
        }
        scan(f, bins, true, distinct, n, outputs, sums, leafRows, best, scratch);
      }
    else {
      for (let i = 0; i < distinct; i++) order[i] = used[i]!;
      scan(f, bins, false, distinct, n, outputs, sums, leafRows, best, scratch);
      // Missing cells come last in the order; once more with them first.
      if (counts[bins]! > 0) {
        order[0] = bins;
        for (let i = 1; i < distinct; i++) order[i] = used[i - 1]!;
        scan(f, bins, false, distinct, n, outputs, sums, leafRows, best, scratch);
      }
    }
  }
  for (let i = 0; i < distinct; i++) {
    const bin = used[i]!;
    counts[bin] = 0;
    for (let k = 0; k < outputs; k++) totals[bin * outputs + k] = 0;
  }
  return distinct > 1;
}

/** Counts rows[from..to-1] into the feature's bins. @returns how many of them have rows: they are in `used`. */
function tally(
  { features, codes, targets, outputs }: CartTask,
  rows: Int32Array,
  from: number,
  to: number,
  f: number,
  { counts, totals, used }: Scratch,
): number {
  const of = codes[f]!;
  let distinct = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const bin = of[row]!;
    if (counts[bin]! === 0) used[distinct++] = bin;
    counts[bin]!++;
    for (let k = 0; k < outputs; k++) totals[bin * outputs + k]! += targets[row * outputs + k]!;
  }
  const { bins } = features[f]!;
  if (distinct * distinct > 4 * bins) {
    distinct = 0;
    for (let bin = 0; bin <= bins; bin++) if (counts[bin]! > 0) used[distinct++] = bin;
    return distinct;
  }
  for (let i = 1; i < distinct; i++) {
    const bin = used[i]!;
    let at = i;
    for (; at > 0 && used[at - 1]! > bin; at--) used[at] = used[at - 1]!;
    used[at] = bin;
  }
  return distinct;
}

/** Splits after each bin of the order but the last. The gain is Σ S²/n left and right, less that of both together. */
function scan(
  feature: number,
  bins: number,
  categorical: boolean,
  distinct: number,
  n: number,
  outputs: number,
  sums: Float64Array,
  leafRows: number,
  best: Best,
  { counts, totals, left, order }: Scratch,
): void {
  let together = 0;
  for (let k = 0; k < outputs; k++) together += (sums[k]! * sums[k]!) / n;
  left.fill(0);
  let leftRows = 0;
  let most = best.gain;
  let taken = 0;
  let takenRows = 0;
  for (let at = 0; at < distinct - 1; at++) {
    const bin = order[at]!;
    leftRows += counts[bin]!;
    let gain = -together;
    for (let k = 0; k < outputs; k++) {
      const own = (left[k]! += totals[bin * outputs + k]!);
      const other = sums[k]! - own;
      gain += (own * own) / leftRows + (other * other) / (n - leftRows);
    }
    if (leftRows < leafRows || n - leftRows < leafRows || gain <= most) continue;
    most = gain;
    taken = at + 1;
    takenRows = leftRows;
  }
  if (taken === 0) return;
  best.gain = most;
  best.feature = feature;
  best.goesLeft = flagsOf(order, distinct, taken, bins, categorical, takenRows * 2 > n ? 1 : 0);
}

/** 1 for the first `taken` bins of the order; bins that no row here has go with the larger side, numbers with their neighbours. */
function flagsOf(
  order: Int32Array,
  distinct: number,
  taken: number,
  bins: number,
  categorical: boolean,
  larger: 0 | 1,
): Uint8Array {
  const goesLeft = new Uint8Array(bins + 1).fill(larger);
  if (!categorical) {
    const last = order[taken - 1]!;
    goesLeft.fill(0, 0, bins);
    // Missing cells alone are no number to be below.
    if (last !== bins) goesLeft.fill(1, 0, last + 1);
  }
  for (let at = 0; at < distinct; at++) goesLeft[order[at]!] = at < taken ? 1 : 0;
  return goesLeft;
}
