/**
 * The Gaussian copula: every column keeps its own distribution, and dependence
 * is that of a correlated normal behind it. A. Sklar, Fonctions de répartition
 * à n dimensions et leurs marges, 1959; for synthetic tables: N. Patki,
 * R. Wedge, K. Veeramachaneni, The Synthetic Data Vault, 2016.
 * https://doi.org/10.1109/DSAA.2016.49
 *
 * Each span becomes one normal score: a number by its rank, a category by a
 * point within its share of the unit interval (most frequent first).
 */
import * as v from "valibot";
import { normalQuantile } from "../encode/normal.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { tensorRandom } from "../engine/noise.ts";
import { tensor2d } from "../engine/tf.ts";
import type { Random } from "../random/random.ts";
import type { GenerativeModel } from "./model.ts";
import { normalCdf } from "./normal.ts";
import { finite, fitting } from "./state.ts";

/** What is kept of one span: a number's training values, ascending, or how many training rows have each category. */
type MarginState = { readonly sorted: Float32Array } | { readonly counts: readonly number[] };

/** Each column by itself, and how they hang together; no row. */
export type CopulaState = {
  readonly margins: readonly MarginState[];
  /** Lower factor of the correlation matrix of the normal scores, row-major, [spans, spans]. */
  readonly factor: readonly number[];
};

/** One span's way from values to uniforms and back. */
interface Margin {
  /** Where a number, or the number of a category, stands inside (0, 1); ties and categories are spread evenly with `u` in [0, 1). */
  place(value: number, u: number): number;
  /** Writes the value at `p` into `out` from `at` on. */
  put(p: number, out: Float32Array, at: number): void;
}

export function fitCopula(spans: readonly Span[], rows: Matrix, random: Random): CopulaState {
  const columns = spans.map((span) => valuesOf(span, rows));
  const margins = spans.map(({ kind, width }, j): MarginState => {
    if (kind === "numeric") return { sorted: columns[j]!.toSorted() };
    const counts = Array.from({ length: width }, () => 0);
    for (const code of columns[j]!) counts[code]! += 1;
    return { counts };
  });
  const { z, k } = scores(margins.map(openMargin), columns, rows.rows, random);
  return { margins, factor: [...cholesky(correlations({ z, rows: rows.rows, k }))] };
}

const numbers = v.object({
  sorted: v.pipe(
    v.instance(Float32Array),
    v.minLength(1),
    v.check((values) => values.every((value, i) => value >= (values[i - 1] ?? -Infinity))),
  ),
});
const categories = v.object({
  counts: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    v.check((counts) => counts.some((count) => count > 0)),
  ),
});

/** What was saved. @throws Unfit where it is not of these spans. */
export const readCopula = (spans: readonly Span[], saved: unknown): CopulaState =>
  fitting(
    v.object({
      margins: v.pipe(
        v.array(v.union([numbers, categories])),
        v.length(spans.length),
        v.check((margins) =>
          margins.every((margin, j) =>
            "counts" in margin ? margin.counts.length === spans[j]!.width : spans[j]!.kind === "numeric",
          ),
        ),
      ),
      factor: v.pipe(v.array(finite), v.length(spans.length ** 2)),
    }),
    saved,
  );

export function copula(spans: readonly Span[], width: number, fitted: CopulaState): GenerativeModel {
  const { factor } = fitted;
  const margins = fitted.margins.map(openMargin);
  const k = spans.length;
  return {
    nets: [],
    placed: [],
    objectives: [],
    fitted,
    sample(n, noise) {
      const z = noise.normals(n * k);
      const drawn = new Float32Array(n * width);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < k; j++) {
          let score = 0;
          for (let l = 0; l <= j; l++) score += factor[j * k + l]! * z[i * k + l]!;
          margins[j]!.put(normalCdf(score), drawn, i * width + spans[j]!.start);
        }
      return tensor2d(drawn, [n, width]);
    },
    tune() {},
    dispose() {},
  };
}

/** By row, the number of a numeric span or the number of the category. */
function valuesOf({ kind, start, width: size }: Span, { values, rows, width }: Matrix): Float32Array {
  return Float32Array.from({ length: rows }, (_, i) => {
    if (kind === "numeric") return values[i * width + start]!;
    let best = 0;
    for (let c = 1; c < size; c++)
      if (values[i * width + start + c]! > values[i * width + start + best]!) best = c;
    return best;
  });
}

const openMargin = (state: MarginState): Margin =>
  "sorted" in state ? numericMargin(state.sorted) : categoryMargin(state.counts);

function numericMargin(sorted: Float32Array): Margin {
  const rows = sorted.length;
  /** First index in `sorted` that is not below (or, `after`, above) the value. */
  const find = (value: number, after: boolean): number => {
    let low = 0;
    let high = rows;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value || (after && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    place(value, u) {
      const from = find(value, false);
      const to = find(value, true);
      return (from + (to - from) * (0.5 + 0.999 * (u - 0.5))) / rows;
    },
    put(p, out, at) {
      const position = p * rows - 0.5;
      const below = Math.min(rows - 1, Math.max(0, Math.floor(position)));
      const above = Math.min(rows - 1, below + 1);
      const share = Math.min(1, Math.max(0, position - below));
      out[at] = sorted[below]! + share * (sorted[above]! - sorted[below]!);
    },
  };
}

function categoryMargin(counts: readonly number[]): Margin {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const order = counts.map((_, c) => c).toSorted((a, b) => counts[b]! - counts[a]!);
  const from = new Float64Array(counts.length);
  let reached = 0;
  for (const c of order) {
    from[c] = reached;
    reached += counts[c]! / rows;
  }
  return {
    place: (code, u) => from[code]! + (0.0005 + 0.999 * u) * (counts[code]! / rows),
    put(p, out, at) {
      let chosen = order[0]!;
      for (const c of order) if (counts[c]! > 0 && from[c]! <= p) chosen = c;
      out[at + chosen] = 1;
    },
  };
}

/** Normal scores, row-major [rows, margins], each margin standardised. */
function scores(
  margins: readonly Margin[],
  columns: readonly Float32Array[],
  rows: number,
  random: Random,
): { z: Float64Array; k: number } {
  const k = margins.length;
  const u = tensorRandom(random).uniforms(rows * k);
  const z = new Float64Array(rows * k);
  for (let j = 0; j < k; j++) {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const score = normalQuantile(margins[j]!.place(columns[j]![i]!, u[i * k + j]!));
      z[i * k + j] = score;
      sum += score;
      squares += score * score;
    }
    const average = sum / rows;
    const deviation = Math.sqrt(Math.max(1e-12, squares / rows - average * average));
    for (let i = 0; i < rows; i++) z[i * k + j] = (z[i * k + j]! - average) / deviation;
  }
  return { z, k };
}

/** Correlation matrix [k, k], drawn slightly towards independence so that it has a Cholesky factor. */
function correlations({ z, rows, k }: { z: Float64Array; rows: number; k: number }): Float64Array {
  const r = new Float64Array(k * k);
  for (let i = 0; i < rows; i++)
    for (let a = 0; a < k; a++) {
      const left = z[i * k + a]!;
      for (let b = 0; b <= a; b++) r[a * k + b]! += left * z[i * k + b]!;
    }
  const shrink = 1 - Math.max(1e-4, Math.min(0.5, k / (k + 5 * rows)));
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++) r[a * k + b] = a === b ? 1 : (shrink * r[a * k + b]!) / rows;
  return r;
}

/** Lower factor L with L Lᵀ = r, from r's lower triangle. */
function cholesky(r: Float64Array): Float64Array {
  const k = Math.sqrt(r.length);
  const factor = new Float64Array(k * k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++) {
      let rest = r[a * k + b]!;
      for (let c = 0; c < b; c++) rest -= factor[a * k + c]! * factor[b * k + c]!;
      factor[a * k + b] = a === b ? Math.sqrt(Math.max(1e-9, rest)) : rest / factor[b * k + b]!;
    }
  return factor;
}
