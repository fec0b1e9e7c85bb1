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

/** The best split so far, its codes not yet written out: they are needed of the best one alone. */
interface Found extends Omit<Split, "goesLeft"> {
  /** Bins `order[first]`, `order[first + by]` and so on, as many as `taken`, go left. */
  readonly order: Int32Array;
  readonly first: number;
  readonly by: 1 | -1;
  readonly taken: number;
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
  for (let f = 0; f < features.length; f++) {
    const { bins, categorical } = features[f]!;
    if (categorical) searchCategories(search, f, starts[f]!, bins, gaps[f]!);
    else searchThresholds(search, f, starts[f]!, bins, gaps[f]!);
  }
  const { found } = search;
  if (found === undefined) return undefined;
  const { feature, gain, g, h, rows, order, first, by, taken } = found;
  const { bins } = features[feature]!;
  const goesLeft = new Uint8Array(bins + 1);
  for (let step = 0; step < taken; step++) goesLeft[order[first + by * step]!] = 1;
  // Missing cells that training never saw here follow the larger side.
  if (!gaps[feature]!) goesLeft[bins] = 2 * rows > node.n ? 1 : 0;
  return { feature, gain, g, h, rows, goesLeft };
}

/**
 * Adds bins to the left side, `steps` of `order` from `first` on, and tries the split after each one. The gain is Friedman's:
 * how much the loss's second-order expansion falls by giving each side its own value.
 */
function scan(
  search: Search,
  feature: number,
  start: number,
  order: Int32Array,
  first: number,
  by: 1 | -1,
  steps: number,
): void {
  const { histogram, n, g, h, leafRows, l2 } = search;
  const whole = (g * g) / (h + l2);
  let most = search.found?.gain ?? 0;
  let [bestG, bestH, bestRows, taken] = [0, 0, 0, 0];
  let leftG = 0;
  let leftH = 0;
  let left = 0;
  for (let step = 0; step < steps; step++) {
    const at = start + 3 * order[first + by * step]!;
    // A cut behind a bin without rows divides them as the one before it did.
    if (histogram[at + 2]! === 0) continue;
    leftG += histogram[at]!;
    leftH += histogram[at + 1]!;
    left += histogram[at + 2]!;
    if (left < leafRows || leftH < LEAST_HESSIAN) continue;
    const rightH = h - leftH;
    if (n - left < leafRows || rightH < LEAST_HESSIAN) break;
    const rightG = g - leftG;
    const gain = (leftG * leftG) / (leftH + l2) + (rightG * rightG) / (rightH + l2) - whole;
    if (gain <= most) continue;
    most = gain;
    bestG = leftG;
    bestH = leftH;
    bestRows = left;
    taken = step + 1;
  }
  if (taken > 0)
    search.found = { feature, gain: most, g: bestG, h: bestH, rows: bestRows, order, first, by, taken };
}

/** Bins of numbers in their order. */
const ascending = Int32Array.from({ length: 256 }, (_, bin) => bin);

/** Numbers: every cut, with missing cells beside the larger values and, where there are any, beside the smaller ones. */
function searchThresholds(search: Search, feature: number, start: number, bins: number, gaps: boolean): void {
  // With gaps the last try has all values on one side and the missing alone on the other.
  scan(search, feature, start, ascending, 0, 1, gaps ? bins : bins - 1);
  if (gaps) scan(search, feature, start, ascending, bins - 1, -1, bins - 1);
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
  const supported: number[] = [];
  for (let bin = 0; bin < (gaps ? bins + 1 : bins); bin++)
    if (histogram[start + 3 * bin + 1]! * scale >= CATEGORY_SUPPORT) supported.push(bin);
  // One category alone is no division.
  if (supported.length < 2) return;
  const mean = (bin: number): number =>
    histogram[start + 3 * bin]! / (histogram[start + 3 * bin + 1]! + CATEGORY_SUPPORT);
  const ranked = Int32Array.from(supported.sort((a, b) => mean(a) - mean(b)));
  // Half of the order from either end is every division.
  scan(search, feature, start, ranked, 0, 1, (ranked.length + 1) >> 1);
  scan(search, feature, start, ranked, ranked.length - 1, -1, (ranked.length - 1) >> 1);
}
