/**
 * The best way to divide a node's rows in two, read off its histogram: by a cut
 * between bins of a number, or by two sets of categories.
 */
import type { Feature } from "./bins.ts";

/** Least sum of h in a leaf: below it -G / H is noise. */
const LEAST_HESSIAN = 1e-3;
/** A category with fewer effective rows than this is not worth a place in the order; it goes right. */
const CATEGORY_SUPPORT = 10;

/** A node: its histogram, triples (Σg, Σh, rows) by feature and bin, and what it adds up to. */
export interface Counted {
  readonly histogram: Float64Array;
  readonly n: number;
  readonly g: number;
  readonly h: number;
  /** Fewest rows of a side. */
  readonly leafRows: number;
  /** λ: weight of the squared leaf values. */
  readonly l2: number;
}

export interface Split {
  readonly feature: number;
  readonly gain: number;
  readonly goesLeft: Uint8Array;
  /** Sums and rows of the left side. */
  readonly g: number;
  readonly h: number;
  readonly rows: number;
}

interface Found extends Omit<Split, "goesLeft"> {
  /** Written out only for the best split of all. */
  readonly goesLeft: () => Uint8Array;
}

interface Search extends Counted {
  found: Found | undefined;
}

/**
 * @param starts by feature, where its triples begin; `gaps` whether training rows have missing cells there.
 * @returns the split of largest gain; undefined where none gains anything.
 */
export function bestSplit(
  features: readonly Feature[],
  starts: readonly number[],
  gaps: readonly boolean[],
  node: Counted,
): Split | undefined {
  const search: Search = { ...node, found: undefined };
  features.forEach(({ bins, categorical }, f) => {
    if (categorical) searchCategories(search, f, starts[f]!, bins, gaps[f]!);
    else searchThresholds(search, f, starts[f]!, bins, gaps[f]!);
  });
  const { found } = search;
  return found && { ...found, goesLeft: found.goesLeft() };
}

/** Friedman's gain: how much the loss's second-order expansion falls by giving each side its own value. */
function gainOf({ g, h, l2 }: Search, leftG: number, leftH: number): number {
  const rightG = g - leftG;
  const rightH = h - leftH;
  return (leftG * leftG) / (leftH + l2) + (rightG * rightG) / (rightH + l2) - (g * g) / (h + l2);
}

/**
 * Adds bins to the left side in the order that `binAt` gives and tries the
 * split after each one.
 *
 * @param codesOf which codes go left once that many bins were added. An unseen missing cell will follow the larger side.
 */
function scan(
  search: Search,
  feature: number,
  start: number,
  steps: number,
  binAt: (step: number) => number,
  codesOf: (taken: number, unseen: 0 | 1) => Uint8Array,
): void {
  const { histogram, n, h, leafRows } = search;
  let leftG = 0;
  let leftH = 0;
  let left = 0;
  for (let step = 0; step < steps; step++) {
    const at = start + 3 * binAt(step);
    leftG += histogram[at]!;
    leftH += histogram[at + 1]!;
    left += histogram[at + 2]!;
    if (left < leafRows || leftH < LEAST_HESSIAN) continue;
    if (n - left < leafRows || h - leftH < LEAST_HESSIAN) return;
    const gain = gainOf(search, leftG, leftH);
    if (gain <= (search.found?.gain ?? 0)) continue;
    const unseen = left > n - left ? 1 : 0;
    search.found = {
      feature,
      gain,
      g: leftG,
      h: leftH,
      rows: left,
      goesLeft: () => codesOf(step + 1, unseen),
    };
  }
}

/** Numbers: every cut, with missing cells beside the larger values and, where there are any, beside the smaller ones. */
function searchThresholds(search: Search, feature: number, start: number, bins: number, gaps: boolean): void {
  const stretch = (from: number, to: number, missing: 0 | 1): Uint8Array => {
    const goesLeft = new Uint8Array(bins + 1).fill(1, from, to);
    goesLeft[bins] = missing;
    return goesLeft;
  };
  // With gaps the last try has all values on one side and the missing alone on the other.
  scan(
    search,
    feature,
    start,
    gaps ? bins : bins - 1,
    (step) => step,
    (taken, unseen) => stretch(0, taken, gaps ? 0 : unseen),
  );
  if (gaps)
    scan(
      search,
      feature,
      start,
      bins - 1,
      (step) => bins - 1 - step,
      (taken) => stretch(bins - taken, bins, 0),
    );
}

/**
 * Categories: the best division into two sets is among those that cut the
 * categories in order of their mean gradient (W. D. Fisher, On Grouping for
 * Maximum Homogeneity, 1958). From both ends, since only what is well supported is
 * in the order and all else goes right. A missing cell is one more category.
 */
function searchCategories(search: Search, feature: number, start: number, bins: number, gaps: boolean): void {
  const { histogram, n, h } = search;
  const scale = n / h;
  const ranked: number[] = [];
  for (let bin = 0; bin < (gaps ? bins + 1 : bins); bin++)
    if (histogram[start + 3 * bin + 1]! * scale >= CATEGORY_SUPPORT) ranked.push(bin);
  const mean = (bin: number): number =>
    histogram[start + 3 * bin]! / (histogram[start + 3 * bin + 1]! + CATEGORY_SUPPORT);
  ranked.sort((a, b) => mean(a) - mean(b));
  const last = ranked.length - 1;
  // Half of the order from either end is every division; one category alone is none.
  const fromFirst = ranked.length < 2 ? 0 : (ranked.length + 1) >> 1;
  const fromLast = (ranked.length - 1) >> 1;
  const set = (chosen: readonly number[], unseen: 0 | 1): Uint8Array => {
    const goesLeft = new Uint8Array(bins + 1);
    for (const bin of chosen) goesLeft[bin] = 1;
    if (!gaps) goesLeft[bins] = unseen;
    return goesLeft;
  };
  scan(
    search,
    feature,
    start,
    fromFirst,
    (step) => ranked[step]!,
    (taken, unseen) => set(ranked.slice(0, taken), unseen),
  );
  scan(
    search,
    feature,
    start,
    fromLast,
    (step) => ranked[last - step]!,
    (taken, unseen) => set(ranked.slice(last + 1 - taken), unseen),
  );
}
