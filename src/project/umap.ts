/**
 * UMAP (McInnes, Healy, Melville 2018) by umap-js: fitted once on a sample of
 * real rows, in steps, so that a worker can show progress and stay alive; new
 * rows are then placed among the fitted ones, which never move again.
 */
import { UMAP } from "umap-js";
import type { Random } from "../random/random.ts";
import { emptyNeighbours, findNeighbours, type Neighbours } from "./neighbours.ts";
import { fitPca, projectPca } from "./pca.ts";
import type { Rows } from "./rows.ts";

/** Rows that are fitted at most: the time of a fit grows faster than their number. */
export const MOST_FITTED = 1500;
/** Below this there are no neighbourhoods to speak of. */
export const FEWEST_FITTED = 12;

const NEIGHBOURS = 15;
const EPOCHS = 300;
/** While neighbours are being searched, so many rows are one unit of `step`. */
const ROWS_A_STEP = 25;

export interface UmapFit {
  /** Which rows of the matrix were fitted, ascending. */
  readonly rows: Int32Array;
  /** Progress, 0 to 1. */
  readonly share: number;
  readonly done: boolean;
  /** Positions [x0, y0, …] of the fitted rows as they stand; empty until the neighbours are known. */
  readonly embedding: Float32Array;
  /** Does `units` units of work, a few milliseconds each (once, setting up the graph, some hundred). True when done. */
  step(units?: number): boolean;
  /**
   * Positions [x0, y0, …] of rows encoded as the fitted ones were; NaN for rows that are not finite. The fitted rows stay
   * where they are. RangeError where the width differs.
   */
  place(matrix: Rows): Float32Array;
}

/**
 * @param weights one factor a position (see `weightsOf`); 1 where absent.
 * @throws RangeError where there are too few rows.
 */
export function startUmap(matrix: Rows, random: Random, weights?: ArrayLike<number>): UmapFit {
  if (matrix.rows < FEWEST_FITTED)
    throw new RangeError(
      `UMAP needs at least ${FEWEST_FITTED} rows to find neighbours among; here are ${matrix.rows}. Use PCA instead.`,
    );
  const rows =
    matrix.rows <= MOST_FITTED
      ? Int32Array.from({ length: matrix.rows }, (_, i) => i)
      : random.fork("sample").permutation(matrix.rows).slice(0, MOST_FITTED).sort();
  const fitted = weigh(matrix, weights, rows);
  const k = Math.min(NEIGHBOURS, Math.floor(rows.length / 2));
  const neighbours = emptyNeighbours(rows.length, k);
  const stream = random.fork("layout");
  const umap = new UMAP({ nNeighbors: k, nEpochs: EPOCHS, random: stream.uniform });

  let searched = 0;
  let epoch = 0;
  let positions: number[][] = [];
  const stepOnce = (): void => {
    if (searched < rows.length) {
      const end = Math.min(rows.length, searched + ROWS_A_STEP);
      findNeighbours(fitted, fitted, searched, end, neighbours);
      searched = end;
      if (searched === rows.length) positions = startLayout(umap, fitted, neighbours, stream);
    } else epoch = umap.step();
  };

  const fit: UmapFit = {
    rows,
    get share() {
      // The search of 1,500 rows takes about as long as a fifth of the epochs.
      return (0.2 * searched) / rows.length + (0.8 * epoch) / EPOCHS;
    },
    get done() {
      return epoch === EPOCHS;
    },
    get embedding() {
      return Float32Array.from(positions.flat());
    },
    step(units = 1) {
      for (let i = 0; i < units && !fit.done; i++) stepOnce();
      return fit.done;
    },
    place(matrix) {
      if (matrix.width !== fitted.width)
        throw new RangeError(
          `These rows have ${matrix.width} numbers each; UMAP was fitted on rows of ${fitted.width}.`,
        );
      if (positions.length === 0)
        throw new Error("UMAP places no rows before its neighbours are known: step on.");
      return placeAmong(fitted, positions, weigh(matrix, weights), k);
    },
  };
  return fit;
}

/** Rows times weights, as distances want them. */
function weigh(matrix: Rows, weights: ArrayLike<number> | undefined, rows?: Int32Array): Rows {
  const { width } = matrix;
  const count = rows ? rows.length : matrix.rows;
  const values = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const at = (rows ? rows[i]! : i) * width;
    for (let j = 0; j < width; j++)
      values[i * width + j] = matrix.values[at + j]! * (weights ? weights[j]! : 1);
  }
  return { values, rows: count, width };
}

/**
 * Hands umap-js the neighbours and lets it build its graph. Its layout starts
 * from random positions; they are replaced by the principal components, which
 * keep the large-scale order that UMAP's own forces cannot find (Kobak &
 * Linderman, Nature Biotechnology 2021). Returns umap-js's own array of
 * positions, which its steps move in place.
 */
function startLayout(umap: UMAP, fitted: Rows, neighbours: Neighbours, random: Random): number[][] {
  const { k } = neighbours;
  const indices: number[][] = [];
  const distances: number[][] = [];
  const vectors: number[][] = [];
  for (let i = 0; i < fitted.rows; i++) {
    vectors.push(Array.from(fitted.values.subarray(i * fitted.width, (i + 1) * fitted.width)));
    // umap-js counts a row as its own first neighbour; among equal rows another may have come first.
    const others = Array.from(neighbours.rows.subarray(i * k, (i + 1) * k), (row, j) => ({
      row,
      distance: neighbours.distances[i * k + j]!,
    })).filter(({ row }) => row !== i);
    indices.push([i, ...others.slice(0, k - 1).map(({ row }) => row)]);
    distances.push([0, ...others.slice(0, k - 1).map(({ distance }) => distance)]);
  }
  umap.setPrecomputedKNN(indices, distances);
  umap.initializeFit(vectors);
  const positions = umap.getEmbedding();
  const start = projectPca(fitPca(fitted), fitted);
  const extent = start.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  positions.forEach((position, i) => {
    for (const axis of [0, 1]) position[axis] = (10 * start[2 * i + axis]!) / extent + 1e-3 * random.normal();
  });
  return positions;
}

/**
 * Each query's position is a weighted mean of the positions of its `k` nearest
 * fitted rows. The weights are Franke and Little's, ((R - d) / (R d))² with R
 * the distance of the next row after them: a row that equals a fitted one lands
 * on it, a neighbour's weight fades to nothing before another takes its place,
 * so a point that moves little in the table moves little on the stage, and a
 * row far from all others stands between them instead of joining a cluster.
 *
 * umap-js's own `transform` is not used. On held-out rows of four data sets the
 * means kept 2.3 to 3.5 times as many true neighbours, on its layouts as on
 * these, in a sixth to a twentieth of its time. Besides, it takes a fitted row
 * with a query's index for the query itself, moves the fitted rows where the
 * counts are equal, and has hung on small fits (umap-js issues 30 and 42).
 */
function placeAmong(fitted: Rows, positions: readonly number[][], queries: Rows, k: number): Float32Array {
  const near = emptyNeighbours(queries.rows, k + 1);
  findNeighbours(fitted, queries, 0, queries.rows, near);
  const points = new Float32Array(2 * queries.rows);
  for (let q = 0; q < queries.rows; q++) {
    const from = q * (k + 1);
    const weights = franke(near.distances.subarray(from, from + k + 1));
    let x = 0;
    let y = 0;
    let total = 0;
    weights.forEach((weight, i) => {
      const position = positions[near.rows[from + i]!];
      x += weight * (position ? position[0]! : NaN);
      y += weight * (position ? position[1]! : NaN);
      total += weight;
    });
    points[2 * q] = x / total;
    points[2 * q + 1] = y / total;
  }
  return points;
}

/** Weights of all distances (ascending) but the last, which is the radius. Equal weights where none is nearer than it. */
function franke(distances: Float32Array): number[] {
  const radius = distances[distances.length - 1]!;
  const inner = Array.from(distances.subarray(0, -1));
  if (!(inner[0]! < radius)) return inner.map(() => 1);
  if (inner[0] === 0) return inner.map((distance) => (distance === 0 ? 1 : 0));
  return inner.map((distance) => ((radius - distance) / (radius * distance)) ** 2);
}
