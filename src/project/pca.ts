/**
 * Principal components: the two directions along which rows of numbers vary
 * most. Fitted once on real rows and kept; every other cloud is put through the
 * same projection.
 */
import { random } from "../random/random.ts";
import { allEigen, leadingEigen, type Eigen } from "./eigen.ts";
import type { Rows } from "./rows.ts";

/** Plain data: a position is `((row - mean) · axis)` for each of the two axes. */
export interface Pca {
  readonly width: number;
  readonly mean: Float64Array;
  /** The weights are folded in: apply to rows as they are encoded. A missing second direction is all zeros. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** Shares of the total (weighted) variance, 0 to 1. */
  readonly variance: readonly [number, number];
}

/** Up to this width the covariance matrix is formed and ml-pca decomposes it; above, see `eigen.ts`. */
const WIDEST_DENSE = 128;
/** Rows are thinned evenly above this many numbers in all: two directions need no more, and a worker must not fall silent. */
const MOST_NUMBERS = 1_500_000;
const FEWEST_ROWS = 500;

/** Rows of `width` numbers that a fit looks at; more of them are thinned evenly, so nobody need encode more. */
export const rowsFitted = (width: number): number =>
  Math.max(FEWEST_ROWS, Math.floor(MOST_NUMBERS / Math.max(1, width)));

/**
 * @param weights one factor a position (see `weightsOf`); 1 where absent.
 */
export function fitPca(matrix: Rows, weights?: ArrayLike<number>): Pca {
  const { rows, width } = matrix;
  const { centred, mean, kept } = centre(matrix, weights);
  const degrees = Math.max(1, kept - 1);
  let total = 0;
  for (const x of centred) total += x * x;
  total /= degrees;
  // Rows that are equal but for float32 rounding have no directions.
  if (total <= 1e-14 * mean.reduce((sum, x, j) => sum + (x * (weights ? weights[j]! : 1)) ** 2, 0)) total = 0;

  const eigen: Eigen =
    width === 0 || rows === 0 || !(total > 0)
      ? { values: [], vectors: [] }
      : width <= WIDEST_DENSE
        ? decompose(centred, kept, width)
        : leadingEigen((v) => multiply(centred, kept, v, degrees), width, 2, random(0));

  // A direction whose variance is only rounding error would point anywhere.
  const usable = eigen.values.map((value) => value > 1e-12 * total);
  const axis = (k: 0 | 1): Float64Array => {
    const vector = usable[k] ? upright(eigen.vectors[k]!) : new Float64Array(width);
    return weights ? vector.map((x, j) => x * weights[j]!) : vector;
  };
  const share = (k: 0 | 1): number => (usable[k] ? Math.min(1, eigen.values[k]! / total) : 0);
  return { width, mean, axes: [axis(0), axis(1)], variance: [share(0), share(1)] };
}

/**
 * Positions [x0, y0, x1, y1, …] of rows encoded as the fitted ones were.
 * RangeError where the width differs.
 */
export function projectPca(pca: Pca, matrix: Rows): Float32Array {
  const { rows, width, values } = matrix;
  if (width !== pca.width)
    throw new RangeError(
      `These rows have ${width} numbers each; the projection was fitted on rows of ${pca.width}.`,
    );
  const [first, second] = pca.axes;
  const points = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) {
    let x = 0;
    let y = 0;
    for (let j = 0; j < width; j++) {
      const distance = values[i * width + j]! - pca.mean[j]!;
      x += distance * first[j]!;
      y += distance * second[j]!;
    }
    points[2 * i] = x;
    points[2 * i + 1] = y;
  }
  return points;
}

/** Weighted rows around their mean, row-major, and the unweighted mean. */
function centre(matrix: Rows, weights: ArrayLike<number> | undefined) {
  const { rows, width, values } = matrix;
  const kept = Math.min(rows, rowsFitted(width));
  const rowAt = (i: number): number => Math.floor((i * rows) / kept);
  const mean = new Float64Array(width);
  for (let i = 0; i < kept; i++)
    for (let j = 0; j < width; j++) mean[j]! += values[rowAt(i) * width + j]! / kept;
  const centred = new Float64Array(kept * width);
  for (let i = 0; i < kept; i++)
    for (let j = 0; j < width; j++)
      centred[i * width + j] = (values[rowAt(i) * width + j]! - mean[j]!) * (weights ? weights[j]! : 1);
  return { centred, mean, kept };
}

/** All eigenpairs by ml-pca. It is handed the covariance: forming that inside ml-matrix takes many times longer. */
function decompose(centred: Float64Array, rows: number, width: number): Eigen {
  const covariance = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  for (let i = 0; i < rows; i++) {
    const row = centred.subarray(i * width, (i + 1) * width);
    for (let j = 0; j < width; j++) {
      const x = row[j]!;
      if (x === 0) continue;
      const sums = covariance[j]!;
      for (let k = 0; k <= j; k++) sums[k]! += x * row[k]!;
    }
  }
  for (let j = 0; j < width; j++)
    for (let k = 0; k <= j; k++) {
      covariance[j]![k]! /= Math.max(1, rows - 1);
      covariance[k]![j] = covariance[j]![k]!;
    }
  return allEigen(covariance);
}

/** C v for the covariance C of centred rows X, as Xᵀ(X v) / degrees: C itself is never formed. */
function multiply(centred: Float64Array, rows: number, v: Float64Array, degrees: number): Float64Array {
  const width = v.length;
  const product = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    const at = i * width;
    let along = 0;
    for (let j = 0; j < width; j++) along += centred[at + j]! * v[j]!;
    along /= degrees;
    for (let j = 0; j < width; j++) product[j]! += along * centred[at + j]!;
  }
  return product;
}

/** An eigenvector's sign is arbitrary: its largest entry (the first of equal ones) is made positive. */
function upright(vector: Float64Array): Float64Array {
  let largest = 0;
  // The slack keeps rounding from choosing between entries that are equal in truth.
  for (let j = 1; j < vector.length; j++)
    if (Math.abs(vector[j]!) > Math.abs(vector[largest]!) * (1 + 1e-6)) largest = j;
  return vector[largest]! < 0 ? vector.map((x) => -x) : vector;
}
