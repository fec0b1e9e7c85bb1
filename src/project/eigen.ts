/**
 * The leading eigenvectors of a large symmetric matrix that is only known by
 * its products: block power iteration that forgets nothing. Plain power
 * iteration keeps the last block A^k V and needs hundreds of rounds where
 * eigenvalues lie close; the best approximation from all blocks V, AV, A²V, …
 * together (Rayleigh-Ritz on the block Krylov space; Musco & Musco, "Randomized
 * Block Krylov Methods", NeurIPS 2015) needs a few.
 */
import { PCA } from "ml-pca";
import type { Random } from "../random/random.ts";

export interface Eigen {
  /** Descending. */
  readonly values: number[];
  /** Orthonormal, one vector a value. */
  readonly vectors: Float64Array[];
}

/** All eigenpairs of a small symmetric matrix (rows of numbers), by ml-pca, which takes it for a covariance. */
export function allEigen(symmetric: number[][]): Eigen {
  const pca = new PCA(symmetric, { isCovarianceMatrix: true });
  const vectors = pca.getEigenvectors();
  const values = pca.getEigenvalues();
  return { values, vectors: values.map((_, k) => Float64Array.from(vectors.getColumn(k))) };
}

const BLOCK = 4;
const MOST_ROUNDS = 30;
const TOLERANCE = 1e-6;

/**
 * @param multiply returns A v for a symmetric, positive semidefinite A of `size` rows.
 * @param wanted how many eigenpairs, largest first; fewer come back where the rank is smaller.
 */
export function leadingEigen(
  multiply: (v: Float64Array) => Float64Array,
  size: number,
  wanted: number,
  random: Random,
): Eigen {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  let block: Float64Array[] = Array.from({ length: Math.min(size, BLOCK) }, () =>
    Float64Array.from({ length: size }, () => random.normal()),
  );
  let found: Eigen = { values: [], vectors: [] };
  for (let round = 0; round < MOST_ROUNDS && basis.length < size; round++) {
    const added: Float64Array[] = [];
    for (const candidate of block) {
      const direction = basis.length < size ? orthonormal(candidate, basis) : undefined;
      if (!direction) continue;
      const image = multiply(direction);
      basis.push(direction);
      images.push(image);
      added.push(image);
    }
    if (added.length === 0) break; // the space is exhausted: what is found is exact
    const ritz = rayleighRitz(basis, images, wanted);
    found = ritz;
    if (ritz.residual <= TOLERANCE * (ritz.values[0] ?? 0)) break;
    block = added;
  }
  return found;
}

/** What is left of `vector` outside the span of `basis`, at length 1; undefined where nothing is left. */
function orthonormal(vector: Float64Array, basis: readonly Float64Array[]): Float64Array | undefined {
  const rest = vector.slice();
  const before = Math.sqrt(dot(rest, rest));
  // Gram-Schmidt twice is enough (Kahan): the second pass removes what rounding left of the first.
  for (let pass = 0; pass < 2; pass++)
    for (const direction of basis) addScaled(rest, direction, -dot(rest, direction));
  const length = Math.sqrt(dot(rest, rest));
  if (!(length > 1e-10 * before)) return undefined;
  return rest.map((x) => x / length);
}

function rayleighRitz(
  basis: readonly Float64Array[],
  images: readonly Float64Array[],
  wanted: number,
): Eigen & { residual: number } {
  const count = basis.length;
  const small = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      const entry = dot(basis[i]!, images[j]!);
      small[i]![j] = entry;
      small[j]![i] = entry;
    }
  const ritz = allEigen(small);
  const values: number[] = [];
  const vectors: Float64Array[] = [];
  let residual = 0;
  for (let k = 0; k < Math.min(wanted, count); k++) {
    const value = ritz.values[k]!;
    const vector = new Float64Array(basis[0]!.length);
    const miss = new Float64Array(vector.length);
    for (let i = 0; i < count; i++) {
      const share = ritz.vectors[k]![i]!;
      addScaled(vector, basis[i]!, share);
      addScaled(miss, images[i]!, share);
    }
    addScaled(miss, vector, -value);
    residual = Math.max(residual, Math.sqrt(dot(miss, miss)));
    values.push(value);
    vectors.push(vector);
  }
  return { values, vectors, residual };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * vector[i]!;
}
