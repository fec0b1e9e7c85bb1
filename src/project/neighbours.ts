import type { Rows } from "./rows.ts";

/** For each query its nearest rows, nearest first; `k` entries a query. Row -1 where a query is not finite. */
export interface Neighbours {
  readonly k: number;
  readonly rows: Int32Array;
  readonly distances: Float32Array;
}

/**
 * The exact `k` nearest rows (Euclidean) of each query in `from`..`to - 1`. At
 * 1,500 rows looking at all of them is faster than any index, and unlike
 * umap-js's random forest it neither misses nor depends on chance. A distance
 * is given up as soon as its partial sum is too large.
 *
 * @param k at most `reference.rows`.
 * @param out where the results go, for filling in stages.
 */
export function findNeighbours(
  reference: Rows,
  queries: Rows,
  from: number,
  to: number,
  out: Neighbours,
): void {
  const { width } = reference;
  const { k } = out;
  const best = new Float64Array(k);
  const held = new Int32Array(k);
  for (let q = from; q < to; q++) {
    const atQuery = q * width;
    let found = 0;
    for (let r = 0; r < reference.rows; r++) {
      const worst = found < k ? Infinity : best[k - 1]!;
      const atRow = r * width;
      let squared = 0;
      for (let j = 0; j < width && squared < worst;) {
        const end = Math.min(width, j + 16);
        for (; j < end; j++) {
          const distance = reference.values[atRow + j]! - queries.values[atQuery + j]!;
          squared += distance * distance;
        }
      }
      if (!(squared < worst)) continue;
      let place = found < k ? found++ : k - 1;
      for (; place > 0 && best[place - 1]! > squared; place--) {
        best[place] = best[place - 1]!;
        held[place] = held[place - 1]!;
      }
      best[place] = squared;
      held[place] = r;
    }
    for (let i = 0; i < k; i++) {
      out.rows[q * k + i] = i < found ? held[i]! : -1;
      out.distances[q * k + i] = i < found ? Math.sqrt(best[i]!) : Infinity;
    }
  }
}

export function emptyNeighbours(queries: number, k: number): Neighbours {
  return { k, rows: new Int32Array(queries * k), distances: new Float32Array(queries * k) };
}
