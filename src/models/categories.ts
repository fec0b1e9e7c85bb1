/**
 * What a conditional generator is told: one category of the row, as a one-hot
 * row of the same width, 0 elsewhere. Training picks it so that rare categories
 * come up often ("training-by-sampling": CTGAN, section 4.3).
 */
import type { Matrix, Span } from "../encode/span.ts";
import type { TensorRandom } from "../engine/noise.ts";

export interface Conditions {
  /** Rows to learn from, each beside one of its own categories: [rows, 2 · width]. */
  learned(rows: Matrix, random: TensorRandom): Matrix;
  /** What `n` rows may be told, each category as often as in training: row-major, [n, width]. */
  byFrequency(n: number, random: TensorRandom): Float32Array;
  /**
   * The same for rows of which columns are known: one of those that are categories, if there is one. `mask` is 1 over
   * the span that was chosen for it.
   */
  byGiven(
    rows: Matrix,
    known: Uint8Array,
    columns: number,
    random: TensorRandom,
  ): { readonly told: Float32Array; readonly mask: Float32Array };
}

/** Rows that are learned, for each training row, as long as all of them fit into so many numbers. */
const perRow = 2;
const mostNumbers = 16_000_000;

/** By category span in order, how many training rows have each category. */
export type Counts = readonly (readonly number[])[];

const categoriesOf = (spans: readonly Span[]): readonly Span[] =>
  spans.filter(({ kind }) => kind === "category");

export function countCategories(spans: readonly Span[], rows: Matrix): Counts {
  return categoriesOf(spans).map(({ start, width: size }) => {
    const found = Array.from({ length: size }, () => 0);
    for (let row = 0; row < rows.rows; row++) found[positionOf(rows, row, start, size)]! += 1;
    return found;
  });
}

export function conditions(spans: readonly Span[], width: number, counts: Counts): Conditions {
  const categories = categoriesOf(spans);
  return {
    learned: (rows, random) => learnedOf(categories, countCategories(spans, rows), rows, random),
    byFrequency(n, from) {
      const told = new Float32Array(n * width);
      if (categories.length === 0) return told;
      const u = from.uniforms(2 * n);
      for (let row = 0; row < n; row++) {
        const c = Math.min(categories.length - 1, Math.floor(u[2 * row]! * categories.length));
        told[row * width + categories[c]!.start + pick(counts[c]!, u[2 * row + 1]!)] = 1;
      }
      return told;
    },
    byGiven(given, known, columns, from) {
      const told = this.byFrequency(given.rows, from);
      const mask = new Float32Array(told.length);
      const u = from.uniforms(given.rows);
      for (let row = 0; row < given.rows; row++) {
        const own = categories.filter(({ column }) => known[row * columns + column] === 1);
        if (own.length === 0) continue;
        const { start, width: size } = own[Math.min(own.length - 1, Math.floor(u[row]! * own.length))]!;
        told.fill(0, row * width, (row + 1) * width);
        told[row * width + start + positionOf(given, row, start, size)] = 1;
        mask.fill(1, row * width + start, row * width + start + size);
      }
      return { told, mask };
    },
  };
}

function learnedOf(categories: readonly Span[], counts: Counts, rows: Matrix, random: TensorRandom): Matrix {
  const { width } = rows;
  const many = Math.max(1, Math.min(perRow * rows.rows, Math.floor(mostNumbers / (2 * width))));
  const total = categories.length === 0 ? rows.rows : many;
  const values = new Float32Array(total * 2 * width);
  const put = (at: number, row: number): void =>
    values.set(rows.values.subarray(row * width, (row + 1) * width), at * 2 * width);
  if (categories.length === 0) {
    for (let row = 0; row < total; row++) put(row, row);
    return { values, rows: total, width: 2 * width };
  }
  // A column at a time, so that only one column's rows need be sorted by category at once.
  let at = 0;
  categories.forEach(({ start, width: size }, c) => {
    const until = Math.round(((c + 1) * total) / categories.length);
    const byPosition = sortedBy(rows, start, size, counts[c]!);
    // A rare category comes up as the logarithm of how often it occurs.
    const weights = counts[c]!.map(Math.log1p);
    const u = random.uniforms(2 * (until - at));
    for (let i = 0; at < until; i++, at++) {
      const k = pick(weights, u[2 * i]!);
      const { first, order } = byPosition;
      const within = Math.min(counts[c]![k]! - 1, Math.floor(u[2 * i + 1]! * counts[c]![k]!));
      put(at, order[first[k]! + within]!);
      values[at * 2 * width + width + start + k] = 1;
    }
  });
  return { values, rows: total, width: 2 * width };
}

/** All rows ordered by their category, and where each category's begin. */
function sortedBy(
  rows: Matrix,
  start: number,
  size: number,
  counts: readonly number[],
): { readonly order: Int32Array; readonly first: Int32Array } {
  const first = new Int32Array(size);
  for (let k = 1; k < size; k++) first[k] = first[k - 1]! + counts[k - 1]!;
  const next = first.slice();
  const order = new Int32Array(rows.rows);
  for (let row = 0; row < rows.rows; row++) order[next[positionOf(rows, row, start, size)]!++] = row;
  return { order, first };
}

/** The category that a row is in. */
function positionOf({ values, width }: Matrix, row: number, start: number, size: number): number {
  let best = 0;
  const at = row * width + start;
  for (let k = 1; k < size; k++) if (values[at + k]! > values[at + best]!) best = k;
  return best;
}

/** An index drawn by weight; one of weight 0 never is. */
function pick(weights: readonly number[], u: number): number {
  let left = u * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] === 0) continue;
    last = k;
    left -= weights[k]!;
    if (left < 0) break;
  }
  return last;
}
