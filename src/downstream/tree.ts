/**
 * One tree of gradient boosting, grown on histograms: G. Ke et al., LightGBM: A
 * Highly Efficient Gradient Boosting Decision Tree, 2017.
 * https://papers.nips.cc/paper/6907
 *
 * A node's rows are counted into the bins of every feature, with the sums of
 * the loss's first and second derivatives g and h. All splits of the node are
 * then read off the bins; rows are looked at again only to divide them, and of
 * two children only the smaller is counted: the larger is parent minus smaller.
 * Leaf-wise: the leaf whose split gains most is split next.
 */
import type { Feature } from "./bins.ts";
import { bestSplit, type Split } from "./split.ts";

export interface TreeOptions {
  /** Most leaves. */
  readonly leaves: number;
  /** Fewest rows of a leaf. */
  readonly leafRows: number;
  /** λ: weight of the squared leaf values. */
  readonly l2: number;
}

/** Nodes in one list, the root first; a leaf's `feature` is -1. */
export interface Tree {
  readonly feature: readonly number[];
  /** By node: 1 where rows with that code of the feature go left. Empty for leaves. */
  readonly goesLeft: readonly Uint8Array[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

/** What is known of a node that may be split. */
interface Open {
  readonly node: number;
  /** Its rows are `order[from..to-1]`. */
  readonly from: number;
  readonly to: number;
  readonly g: number;
  readonly h: number;
  readonly histogram: Float64Array;
  readonly split: Split;
}

/** Grows trees over the same rows, one after another, with the same scratch memory. */
export interface Grower {
  /**
   * @param g first derivative of the loss by each row's score, `h` the second.
   * @param onLeaf gets the leaf's value and its rows.
   */
  grow(g: Float32Array, h: Float32Array, onLeaf: (value: number, rows: Int32Array) => void): Tree;
}

/** @param codes by feature, one byte a row. */
export function grower(
  features: readonly Feature[],
  codes: readonly Uint8Array[],
  rows: number,
  { leaves, leafRows, l2 }: TreeOptions,
): Grower {
  const starts: number[] = [];
  let size = 0;
  for (const { bins } of features) {
    starts.push(size);
    size += 3 * (bins + 1);
  }
  const gaps = features.map(({ bins }, f) => codes[f]!.includes(bins));
  const order = new Int32Array(rows);
  const aside = new Int32Array(rows);
  const gathered = new Float32Array(2 * rows);
  const spare: Float64Array[] = [];

  /**
   * Adds to triples (Σg, Σh, rows) by feature and bin those of the node's rows, and takes them off `less`, where that is given.
   */
  const count = (
    histogram: Float64Array | undefined,
    from: number,
    to: number,
    g: Float32Array,
    h: Float32Array,
    less?: Float64Array,
  ): void => {
    const n = to - from;
    for (let i = 0; i < n; i++) {
      const row = order[from + i]!;
      gathered[2 * i] = g[row]!;
      gathered[2 * i + 1] = h[row]!;
    }
    for (let f = 0; f < codes.length; f++) {
      const of = codes[f]!;
      if (histogram !== undefined) tally(histogram, starts[f]!, of, order, from, n, gathered, 1);
      if (less !== undefined) tally(less, starts[f]!, of, order, from, n, gathered, -1);
    }
  };
  const blank = (): Float64Array => spare.pop()?.fill(0) ?? new Float64Array(size);
  /** From so many rows on, taking one histogram off another is less work than taking the rows off one by one. */
  const few = size / (3 * codes.length) / 2;

  const best = (histogram: Float64Array, n: number, g: number, h: number): Split | undefined =>
    bestSplit(features, starts, gaps, { histogram, n, g, h, leafRows, l2 });

  /** Rows that go left to the front of their stretch, both sides in their old order. */
  const divide = ({ from, to, split }: Open): void => {
    const of = codes[split.feature]!;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      if (split.goesLeft[of[row]!] === 1) order[left++] = row;
      else aside[right++] = row;
    }
    order.set(aside.subarray(0, right), left);
  };

  return {
    grow(g, h, onLeaf) {
      const tree = {
        feature: [] as number[],
        goesLeft: [] as Uint8Array[],
        left: [] as number[],
        right: [] as number[],
        value: [] as number[],
      };
      const add = (sumG: number, sumH: number): number => {
        tree.feature.push(-1);
        tree.goesLeft.push(none);
        tree.left.push(-1);
        tree.right.push(-1);
        return tree.value.push(-sumG / (sumH + l2)) - 1;
      };
      const stretch: [number, number][] = [];
      const open: Open[] = [];
      const maySplit = (node: number): boolean => {
        const [from, to] = stretch[node]!;
        return to - from >= 2 * leafRows;
      };
      /** Puts a node among those that may be split, if a split is to be had. */
      const offer = (node: number, sumG: number, sumH: number, histogram: Float64Array): void => {
        const [from, to] = stretch[node]!;
        const split = maySplit(node) ? best(histogram, to - from, sumG, sumH) : undefined;
        if (split === undefined) spare.push(histogram);
        else open.push({ node, from, to, g: sumG, h: sumH, histogram, split });
      };

      let sumG = 0;
      let sumH = 0;
      for (let row = 0; row < rows; row++) {
        order[row] = row;
        sumG += g[row]!;
        sumH += h[row]!;
      }
      stretch[add(sumG, sumH)] = [0, rows];
      const all = blank();
      count(all, 0, rows, g, h);
      offer(0, sumG, sumH, all);
      for (let made = 1; made < leaves && open.length > 0; made++) {
        let most = 0;
        for (let i = 1; i < open.length; i++) if (open[i]!.split.gain > open[most]!.split.gain) most = i;
        const parent = open.splice(most, 1)[0]!;
        const { node, from, to, split, histogram } = parent;
        divide(parent);
        const middle = from + split.rows;
        const left = add(split.g, split.h);
        const right = add(parent.g - split.g, parent.h - split.h);
        tree.feature[node] = split.feature;
        tree.goesLeft[node] = split.goesLeft;
        tree.left[node] = left;
        tree.right[node] = right;
        stretch[left] = [from, middle];
        stretch[right] = [middle, to];
        const leftIsSmall = middle - from < to - middle;
        const [small, large] = leftIsSmall ? [left, right] : [right, left];
        if (made + 1 === leaves || !maySplit(large)) {
          // Neither child is ever split, so nobody asks what their rows add up to.
          spare.push(histogram);
          continue;
        }
        const [start, end] = stretch[small]!;
        const own = maySplit(small) ? blank() : undefined;
        const oneByOne = own === undefined || end - start < few;
        count(own, start, end, g, h, oneByOne ? histogram : undefined);
        if (own !== undefined && !oneByOne) subtract(histogram, own);
        const of = (node: number): [number, number] =>
          node === left ? [split.g, split.h] : [parent.g - split.g, parent.h - split.h];
        for (const node of [left, right]) {
          if (node === large) offer(node, ...of(node), histogram);
          else if (own !== undefined) offer(node, ...of(node), own);
        }
      }
      for (const { histogram } of open) spare.push(histogram);
      tree.feature.forEach((feature, node) => {
        if (feature < 0) onLeaf(tree.value[node]!, order.subarray(...stretch[node]!));
      });
      return tree;
    },
  };
}

const none = new Uint8Array(0);

/** Adds rows order[from..from+n-1] to a feature's triples, or with a sign of -1 takes them off. @param gathered their g and h. */
function tally(
  histogram: Float64Array,
  start: number,
  codes: Uint8Array,
  order: Int32Array,
  from: number,
  n: number,
  gathered: Float32Array,
  sign: 1 | -1,
): void {
  for (let i = 0; i < n; i++) {
    const at = start + 3 * codes[order[from + i]!]!;
    histogram[at]! += sign * gathered[2 * i]!;
    histogram[at + 1]! += sign * gathered[2 * i + 1]!;
    histogram[at + 2]! += sign;
  }
}

function subtract(from: Float64Array, what: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i]! -= what[i]!;
}

/**
 * Adds to every row's sum the value of the leaf that it falls into, times `rate`. All rows go through one tree before the
 * next is looked at: it stays near the processor.
 *
 * @param sums a row's is at `row * stride + offset`.
 */
export function addLeafValues(
  { feature, goesLeft, left, right, value }: Tree,
  codes: readonly Uint8Array[],
  rate: number,
  sums: Float64Array,
  stride = 1,
  offset = 0,
): void {
  const root = feature[0]!;
  for (let row = 0, at = offset; at < sums.length; row++, at += stride) {
    let node = 0;
    for (let f = root; f >= 0; f = feature[node]!)
      node = goesLeft[node]![codes[f]![row]!] === 1 ? left[node]! : right[node]!;
    sums[at]! += rate * value[node]!;
  }
}
