/**
 * Columns cut into cells that real and synthetic rows share, and how far two
 * columns' joint distributions over those cells lie apart.
 *
 * Number columns get ten equal-width bins of the *real* column, open at both
 * ends: synthetic values move between bins, never the bins themselves. (SDMetrics'
 * ContingencySimilarity does so; its QualityReport bins each side for itself, and
 * one outlier then shifts every bin.) A missing cell is a cell of its own.
 */
import { t } from "../language/words.ts";
import type { Column } from "../table/table.ts";

const BINS = 10;

/** One column of both tables: cell numbers 0..size-1. */
export interface Cells {
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
  readonly size: number;
}

/**
 * @param closed which edge of a bin belongs to it.
 * @throws TypeError where one side holds numbers and the other categories.
 */
export function cellsOf(real: Column, synthetic: Column, closed: "left" | "right" = "left"): Cells {
  if ("values" in real && "values" in synthetic) {
    const edges = innerEdges(real.values);
    const cut = (values: Float64Array): Int32Array =>
      Int32Array.from(values, (value) => (Number.isNaN(value) ? BINS : binOf(edges, value, closed)));
    return { real: cut(real.values), synthetic: cut(synthetic.values), size: BINS + 1 };
  }
  if ("codes" in real && "codes" in synthetic) {
    const levels = [...new Set([...real.levels, ...synthetic.levels])];
    const place = new Map(levels.map((level, cell) => [level, cell]));
    const cut = ({ codes, levels: own }: { codes: Int32Array; levels: readonly string[] }): Int32Array => {
      const moved = Int32Array.from(own, (level) => place.get(level)!);
      return codes.map((code) => (code < 0 ? levels.length : moved[code]!));
    };
    return { real: cut(real), synthetic: cut(synthetic), size: levels.length + 1 };
  }
  throw new TypeError(
    t`Column "${real.name}" is ${real.type} in the real table and ${synthetic.type} in the synthetic one, so they can't be compared.`,
  );
}

/** The nine cuts between ten bins from the smallest to the largest value, as numpy's histogram_bin_edges has them. */
function innerEdges(values: Float64Array): readonly number[] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return [];
  const from = min === max ? min - 0.5 : min;
  const step = ((min === max ? max + 0.5 : max) - from) / BINS;
  return Array.from({ length: BINS - 1 }, (_, i) => (i + 1) * step + from);
}

/** Edges below the value, or at it where bins are closed on the left. */
function binOf(edges: readonly number[], value: number, closed: "left" | "right"): number {
  let bin = 0;
  while (bin < edges.length && (edges[bin]! < value || (closed === "left" && edges[bin] === value))) bin++;
  return bin;
}

/** Above this many cells of a pair, only those that occur are kept. */
const MOST_CELLS = 1 << 20;

/**
 * Total variation distance between the joint distributions of two columns,
 * ½ Σ |p_real - p_synthetic|; SDMetrics' ContingencySimilarity is 1 minus this.
 *
 * @returns 0 to 1; NaN where a side has no row.
 */
export function contingencyDistance(a: Cells, b: Cells): number {
  const rows = { real: a.real.length, synthetic: a.synthetic.length };
  if (a.size * b.size <= MOST_CELLS) {
    const counts = new Float64Array(2 * a.size * b.size);
    for (let row = 0; row < rows.real; row++) counts[2 * (a.real[row]! * b.size + b.real[row]!)]! += 1;
    for (let row = 0; row < rows.synthetic; row++)
      counts[2 * (a.synthetic[row]! * b.size + b.synthetic[row]!) + 1]! += 1;
    let sum = 0;
    for (let at = 0; at < counts.length; at += 2)
      sum += Math.abs(counts[at]! / rows.real - counts[at + 1]! / rows.synthetic);
    return sum / 2;
  }
  const counts = new Map<number, [number, number]>();
  const count = (side: 0 | 1, cellsA: Int32Array, cellsB: Int32Array): void => {
    for (let row = 0; row < cellsA.length; row++) {
      const key = cellsA[row]! * b.size + cellsB[row]!;
      const pair = counts.get(key);
      if (pair === undefined) counts.set(key, side === 0 ? [1, 0] : [0, 1]);
      else pair[side]++;
    }
  };
  count(0, a.real, b.real);
  count(1, a.synthetic, b.synthetic);
  let sum = 0;
  for (const [real, synthetic] of counts.values())
    sum += Math.abs(real / rows.real - synthetic / rows.synthetic);
  return sum / 2;
}
