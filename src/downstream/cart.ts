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
  /** Adds the means of each row's leaf, times `share`, to its sums, row-major [rows, outputs]. The table is in the same bins. */
  addLeaves(codes: readonly Uint8Array[], share: number, sums: Float64Array): void;
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
  const scratch = {
    counts: new Int32Array(most),
    totals: new Float64Array(most * outputs),
    left: new Float64Array(outputs),
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
  return {
    addLeaves(other, share, sums) {
      for (let row = 0, at = 0; at < sums.length; row++, at += outputs) {
        let node = 0;
        for (let f = nodeFeature[0]!; f >= 0; f = nodeFeature[node]!)
          node = nodeFlags[node]![other[f]![row]!] === 1 ? nodeLeft[node]! : nodeRight[node]!;
        const means = nodeMeans[node]!;
        for (let k = 0; k < outputs; k++) sums[at + k]! += share * means[k]!;
      }
    },
  };
}

const none = new Uint8Array(0);

/** Memory that every search uses anew. */
interface Scratch {
  readonly counts: Int32Array;
  readonly totals: Float64Array;
  readonly left: Float64Array;
}

/** Orders of categories that are tried where there are many outputs: by the mean of each of the first so many. */
const MOST_ORDERS = 4;

/** Leaves in `best` this feature's best split of rows[from..to-1], if it is better. @returns whether the feature varies there. */
function search(
  { features, codes, targets, outputs }: CartTask,
  rows: Int32Array,
  from: number,
  to: number,
  f: number,
  sums: Float64Array,
  leafRows: number,
  best: Best,
  { counts, totals, left }: Scratch,
): boolean {
  const { bins, categorical } = features[f]!;
  const of = codes[f]!;
  counts.fill(0, 0, bins + 1);
  totals.fill(0, 0, (bins + 1) * outputs);
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const bin = of[row]!;
    counts[bin]!++;
    for (let k = 0; k < outputs; k++) totals[bin * outputs + k]! += targets[row * outputs + k]!;
  }
  const used: number[] = [];
  for (let bin = 0; bin <= bins; bin++) if (counts[bin]! > 0) used.push(bin);
  if (used.length < 2) return false;
  if (categorical) {
    for (let k = 0; k < Math.min(outputs, MOST_ORDERS); k++) {
      const mean = (bin: number): number => totals[bin * outputs + k]! / counts[bin]!;
      scan(used.toSorted((a, b) => mean(a) - mean(b)));
    }
    return true;
  }
  scan(used);
  // Missing cells come last in the order; once more with them first.
  if (counts[bins]! > 0) scan([bins, ...used.slice(0, -1)]);
  return true;

  /** Splits after each bin but the last, in this order. The gain is Σ S²/n left and right, less that of both together. */
  function scan(order: readonly number[]): void {
    const n = to - from;
    let together = 0;
    for (let k = 0; k < outputs; k++) together += sums[k]! ** 2 / n;
    left.fill(0);
    let leftRows = 0;
    for (let at = 0; at < order.length - 1; at++) {
      const bin = order[at]!;
      leftRows += counts[bin]!;
      let gain = -together;
      for (let k = 0; k < outputs; k++) {
        left[k]! += totals[bin * outputs + k]!;
        gain += left[k]! ** 2 / leftRows + (sums[k]! - left[k]!) ** 2 / (n - leftRows);
      }
      if (leftRows < leafRows || n - leftRows < leafRows || gain <= best.gain) continue;
      best.gain = gain;
      best.feature = f;
      best.goesLeft = flags(order, at + 1, leftRows * 2 > n ? 1 : 0);
    }
  }

  /** 1 for the first `taken` bins of the order; bins that no row here has go with the larger side, numbers with their neighbours. */
  function flags(order: readonly number[], taken: number, larger: 0 | 1): Uint8Array {
    const goesLeft = new Uint8Array(bins + 1).fill(larger);
    if (!categorical) {
      const values = order.slice(0, taken).filter((bin) => bin !== bins);
      const cut = values.length === 0 ? -1 : values[values.length - 1]!;
      for (let bin = 0; bin < bins; bin++) goesLeft[bin] = bin <= cut ? 1 : 0;
    }
    order.forEach((bin, at) => (goesLeft[bin] = at < taken ? 1 : 0));
    return goesLeft;
  }
}
