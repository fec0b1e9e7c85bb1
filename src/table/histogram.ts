/** Small pictures of columns: at most twenty bars of equal width, or the ten most frequent categories. */

export type Histogram =
  /** `edges.length === counts.length + 1`, in the column's own unit (ms since 1970 for dates). */
  | { readonly kind: "numeric"; readonly edges: readonly number[]; readonly counts: readonly number[] }
  /** Most frequent first; `others` counts what is not listed. */
  | {
      readonly kind: "category";
      readonly labels: readonly string[];
      readonly counts: readonly number[];
      readonly others: number;
    };

const bins = 16;
const mostLabels = 10;

/** Counts in bins of equal width; NaN (missing) is left out. Whole numbers over a short range get a bin each. */
export function numericHistogram(values: Float64Array, whole: boolean): Histogram {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { kind: "numeric", edges: [0, 1], counts: [0] };
  const edges = edgesOf(low, high, whole);
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) if (!Number.isNaN(value)) counts[binOf(value, edges)]!++;
  return { kind: "numeric", edges, counts };
}

/** The bin i with edges[i] <= value < edges[i + 1]; the last bin holds its upper edge too. */
function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value >= edges[middle]!) low = middle;
    else high = middle - 1;
  }
  return low;
}

function edgesOf(low: number, high: number, whole: boolean): readonly number[] {
  if (whole && Math.max(-low, high) < 1e9) {
    const step = Math.max(1, Math.ceil((high - low + 1) / 20));
    const n = Math.floor((high - low) / step) + 1;
    return Array.from({ length: n + 1 }, (_, i) => low - 0.5 + i * step);
  }
  if (low === high) {
    const reach = Math.min(Math.max(0.5, Math.abs(low) * 1e-6), Number.MAX_VALUE - Math.abs(low) || Infinity);
    return Number.isFinite(low + reach) && Number.isFinite(low - reach)
      ? [low - reach, low + reach]
      : [Math.min(low, 0), Math.max(low, 0)];
  }
  const edges = [low];
  for (let i = 1; i < bins; i++) {
    const edge = low * (1 - i / bins) + high * (i / bins);
    // A range of a few neighbouring doubles has fewer edges than that, and a sum may be rounded up to its end or beyond.
    if (edge > edges.at(-1)! && edge < high) edges.push(edge);
  }
  return [...edges, high];
}

/** The most frequent levels; -1 (missing) is left out. Equals stay in the order of the levels. */
export function categoryHistogram(codes: Int32Array, levels: readonly string[]): Histogram {
  const counts = new Array<number>(levels.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const order = counts
    .flatMap((n, code) => (n > 0 ? [code] : []))
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  const shown = order.slice(0, mostLabels);
  return {
    kind: "category",
    labels: shown.map((code) => levels[code]!),
    counts: shown.map((code) => counts[code]!),
    others: order.slice(mostLabels).reduce((sum, code) => sum + counts[code]!, 0),
  };
}
