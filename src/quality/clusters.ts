/**
 * Where real rows gather, so that it can be asked whether synthetic rows do as
 * well: k-means (S. Lloyd, Least Squares Quantization in PCM, 1982), grown one
 * centre at a time from where rows are far from all of them (A. Likas et al.,
 * The Global k-Means Clustering Algorithm, 2003; D. Arthur, S. Vassilvitskii,
 * k-means++, 2007). How many there are is told by the silhouette of centres (E.
 * Hruschka et al., Evolutionary Algorithms for Clustering Gene-Expression Data,
 * 2004): near 1 for rows in tight groups. Rows that form no groups are cut into
 * a few regions all the same, for a model may leave out one of those as well.
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import type { Random } from "../random/random.ts";

export interface Clusters {
  /** Whether rows form groups of their own; if not, they are regions of one cloud. */
  readonly clear: boolean;
  /** Share of the real rows in each, summing to 1. */
  readonly shares: readonly number[];
  /** By row, the cluster of the nearest centre; -1 where that lies beyond the cluster's reach. */
  assign(rows: Matrix): Int32Array;
}

/** Clusters that are looked for at most, and regions where there are none. */
const most = 30;
const regions = 8;
/** Silhouette from which groups are taken for such: cells that cut up one cloud reach 0.5. */
const distinct = 0.65;
/** Rows that the number of clusters is chosen on. */
const rowsTried = 800;
const rounds = 8;
const candidates = 6;
/** A cluster reaches this many times as far from its centre as 95 % of its rows do. */
const generous = 2;
const fewestRows = 40;

/** @returns undefined where there are fewer than 40 rows. Rows are compared as they are, by Euclidean distance. */
export function* findClusters(rows: Matrix, random: Random): Work<Clusters | undefined> {
  if (rows.rows < fewestRows) return undefined;
  const tried = thinned(rows, rowsTried);
  let best: { readonly centres: Float64Array; readonly silhouette: number } | undefined;
  let cut: Float64Array | undefined;
  for (const restart of [0, 1]) {
    const source = random.fork(restart);
    let centres = meanOf(tried);
    for (let k = 2; k <= Math.min(most, tried.rows / 10); k++) {
      centres = settle(tried, grown(tried, centres, source));
      const silhouette = silhouetteOf(tried, centres);
      if (best === undefined || silhouette > best.silhouette + 1e-6) best = { centres, silhouette };
      if (k <= regions) cut = centres;
      yield (restart + k / most) / 2;
    }
  }
  if (best === undefined) return undefined;
  const clear = best.silhouette >= distinct;
  return clustersOf(rows, clear ? best.centres : cut!, clear);
}

function clustersOf(rows: Matrix, centres: Float64Array, clear: boolean): Clusters {
  const { width } = rows;
  const k = centres.length / width;
  const members = Array.from({ length: k }, (): number[] => []);
  for (let row = 0; row < rows.rows; row++) {
    const { nearest, squared } = nearestTwo(rows, row, centres);
    members[nearest]!.push(squared);
  }
  const reach = members.map((squares) => {
    const sorted = squares.toSorted((a, b) => a - b);
    return generous ** 2 * (sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0);
  });
  return {
    clear,
    shares: members.map(({ length }) => length / rows.rows),
    assign: (others) =>
      Int32Array.from({ length: others.rows }, (_, row) => {
        const { nearest, squared } = nearestTwo(others, row, centres);
        return squared <= reach[nearest]! ? nearest : -1;
      }),
  };
}

export interface Missed {
  /** Clusters that hold next to no rows though they should. */
  readonly clusters: readonly number[];
  /** Rows that lie in them, and that should by chance. */
  readonly found: number;
  readonly expected: number;
  /** Rows that lie in any cluster. */
  readonly near: number;
}

/** Chance that clusters which lack nothing look so, in one look at all of them. */
const unlikely = 1e-5;
/** A cluster that is empty by chance more often than this says nothing. */
const telling = 0.01;

/** A cluster is all but empty with at most this share of the rows that it should have. */
const empty = 0.1;

/**
 * @param assigned by row its cluster, -1 for none. Rows near none count for nothing: a model that makes no likely rows yet
 *   has not dropped anything.
 */
export function missedClusters({ shares }: Pick<Clusters, "shares">, assigned: Int32Array): Missed {
  const counts = shares.map(() => 0);
  let near = 0;
  for (const cluster of assigned) {
    if (cluster < 0) continue;
    counts[cluster]! += 1;
    near++;
  }
  // How many would be all but empty by chance is a sum of small chances, so their number is Poisson's again.
  let byChance = 0;
  const lacking = shares.flatMap((share, cluster) => {
    const expected = share * near;
    const chance = atMost(Math.floor(empty * expected), expected);
    if (chance > telling) return [];
    byChance += chance;
    return counts[cluster]! <= empty * expected ? [cluster] : [];
  });
  const clusters = lacking.length > 0 && atLeast(lacking.length, byChance) < unlikely ? lacking : [];
  const sum = (of: (cluster: number) => number): number => clusters.reduce((all, each) => all + of(each), 0);
  return {
    clusters,
    near,
    found: sum((each) => counts[each]!),
    expected: sum((each) => shares[each]! * near),
  };
}

/** Probability of at most `count` where `expected` are (Poisson). */
function atMost(count: number, expected: number): number {
  let term = Math.exp(-expected);
  let sum = term;
  for (let i = 1; i <= count; i++) sum += term *= expected / i;
  return sum;
}

/** Probability of at least `count`, 1 or more, where few are expected: the sum's first term, at most a few per cent off. */
function atLeast(count: number, expected: number): number {
  let term = Math.exp(-expected);
  for (let i = 1; i <= count; i++) term *= expected / i;
  return term / (1 - Math.min(0.9, expected / (count + 1)));
}

/** An even thinning. */
function thinned({ values, rows, width }: Matrix, wanted: number): Matrix {
  const count = Math.min(rows, wanted);
  const out = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * rows) / count) * width;
    out.set(values.subarray(from, from + width), i * width);
  }
  return { values: out, rows: count, width };
}

function meanOf({ values, rows, width }: Matrix): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width]! += values[i]! / rows;
  return mean;
}

/** One centre more: of a few rows, each drawn by its squared distance to the nearest centre, the one that helps most. */
function grown(rows: Matrix, centres: Float64Array, random: Random): Float64Array {
  const { width } = rows;
  const squares = Float64Array.from(
    { length: rows.rows },
    (_, row) => nearestTwo(rows, row, centres).squared,
  );
  const at = (row: number): Float32Array => rows.values.subarray(row * width, (row + 1) * width);
  if (squares.every((square) => square === 0)) return centres;
  let best = { row: 0, left: Infinity };
  for (let c = 0; c < candidates; c++) {
    const row = random.pick(squares);
    let left = 0;
    const candidate = Float64Array.from(at(row));
    for (let i = 0; i < rows.rows; i++)
      left += Math.min(squares[i]!, squaredTo(rows.values, i * width, candidate, 0, width));
    if (left < best.left) best = { row, left };
  }
  const more = new Float64Array(centres.length + width);
  more.set(centres);
  more.set(at(best.row), centres.length);
  return more;
}

/** Lloyd's rounds; a centre that nobody is nearest to stays where it is. */
function settle(rows: Matrix, from: Float64Array): Float64Array {
  const { width } = rows;
  const k = from.length / width;
  let centres = from;
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(centres.length);
    const counts = new Float64Array(k);
    for (let row = 0; row < rows.rows; row++) {
      const { nearest } = nearestTwo(rows, row, centres);
      counts[nearest]! += 1;
      for (let j = 0; j < width; j++) sums[nearest * width + j]! += rows.values[row * width + j]!;
    }
    const old = centres;
    const next = sums.map((sum, i) => {
      const count = counts[Math.floor(i / width)]!;
      return count > 0 ? sum / count : old[i]!;
    });
    const moved = next.some((value, i) => Math.abs(value - old[i]!) > 1e-4);
    centres = next;
    if (!moved) break;
  }
  return centres;
}

/** Mean over rows of 1 - a / b, with a the distance to the own centre and b that to the next one. */
function silhouetteOf(rows: Matrix, centres: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < rows.rows; row++) {
    const { squared, next } = nearestTwo(rows, row, centres);
    if (next > 0) sum += 1 - Math.sqrt(squared / next);
  }
  return sum / rows.rows;
}

function nearestTwo(
  { values, width }: Matrix,
  row: number,
  centres: Float64Array,
): { readonly nearest: number; readonly squared: number; readonly next: number } {
  let nearest = 0;
  let squared = Infinity;
  let next = Infinity;
  for (let at = 0; at < centres.length; at += width) {
    const distance = squaredTo(values, row * width, centres, at, width, next);
    if (distance >= next) continue;
    if (distance < squared) {
      next = squared;
      squared = distance;
      nearest = at / width;
    } else next = distance;
  }
  return { nearest, squared, next };
}

/** Exact up to `enough`. */
function squaredTo(
  a: Float32Array,
  from: number,
  b: Float64Array,
  to: number,
  width: number,
  enough = Infinity,
): number {
  let sum = 0;
  for (let j = 0; j < width && sum < enough; j++) sum += (a[from + j]! - b[to + j]!) ** 2;
  return sum;
}
