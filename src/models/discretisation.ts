/**
 * Encoded rows as categories alone: each column one variable, whose values are
 * its categories or, for a number, bins that hold about equally many training
 * rows. A number with a state (missing, or one of its frequent values) is still
 * one variable: the states, then the bins of its ordinary values.
 */
import * as v from "valibot";
import type { Matrix, Span } from "../encode/span.ts";
import type { Place } from "./places.ts";
import { finite, fitting } from "./state.ts";

/** A stretch of the scale and how training values lie in it. */
type Bin = {
  /** Smallest and largest training value in it; equal where it holds one value only. */
  readonly low: number;
  readonly high: number;
  /** Where in the stretch their mean lies, 0 … 1. */
  readonly mean: number;
  /** Training values in it, evenly by rank, where numbers are to be copied from them. */
  readonly values?: readonly number[];
};

/** How one number is cut, all that is kept of its training values. */
export type Cut = {
  /** Ascending; bin b reaches from `edges[b - 1]` to `edges[b]`. */
  readonly edges: readonly number[];
  readonly bins: readonly Bin[];
};

interface Variable extends Cut {
  /** The category span that it shows in the rows, if it has one. */
  readonly category: Span | undefined;
  /** The numeric span that its bins cut, if it has one. */
  readonly numeric: Span | undefined;
  /** Values of the variable: positions of the category span without "there is a value", then bins. */
  readonly size: number;
}

export interface Discretisation {
  /** One category span a variable, over the `width` positions of the one-hot form. */
  readonly spans: readonly Span[];
  readonly width: number;
  /** By variable, the column (`Span.column`) that it stands for. */
  readonly columns: readonly number[];
  /** What its positions stand for: those of a category, or bins of a number. */
  readonly places: readonly Place[];
  /** 1 at positions that stand for "missing", [width]. */
  readonly missing: Float32Array;
  /** Which value each variable has, by row: [rows, variables] of whole numbers. */
  codes(rows: Matrix): Matrix;
  /**
   * Rows that are known but for a draw inside each bin: as matrices, so that the device can do it for all rows at once.
   * Each for a stretch of variables and the stretch of a row that they make, side by side from the first to the last:
   * one for all would grow with the square of their number.
   */
  readonly decodings: readonly Decoding[];
  /** The training values to copy from instead, where bins keep theirs, `values[0]` being 0. */
  readonly stock: Float32Array | undefined;
}

/**
 * One-hot rows y [n, width] become encoded rows y · `categories` + low + range · u^power, with low, range and
 * power those of the bin, from y · `low` and so on, and u uniform. Row-major, [width, rowWidth].
 */
export interface Decoding {
  /** The variables that it decodes, and the first position of theirs in the one-hot form. */
  readonly from: number;
  readonly variables: number;
  readonly start: number;
  /** Positions of theirs. */
  readonly width: number;
  /** What they make of an encoded row. */
  readonly rowStart: number;
  readonly rowWidth: number;
  readonly categories: Float32Array;
  readonly low: Float32Array;
  readonly range: Float32Array;
  readonly power: Float32Array;
  /** Where bins keep training values: a position draws from so many of the stock, from that one on. Shaped alike. */
  readonly copies: { readonly start: Float32Array; readonly count: Float32Array } | undefined;
}

/** A bin of fewer training rows would teach a network little. */
const fewestInBin = 20;
/** Of so many values that a bin keeps, more would say little more. */
const mostKept = 200;

const numbersOf = (spans: readonly Span[]): readonly Span[] => spans.filter(({ kind }) => kind === "numeric");

/**
 * How each numeric span is cut, in their order.
 * @param most bins of a number; it has fewer where rows are few. At least 2.
 * @param keepsValues whether bins keep training values, to be copied.
 */
export const fitCuts = (
  spans: readonly Span[],
  rows: Matrix,
  most: number,
  keepsValues = false,
): readonly Cut[] => numbersOf(spans).map((span) => cut(valuesOf(span, rows), most, keepsValues));

const bin = v.object({
  low: finite,
  high: finite,
  mean: finite,
  values: v.exactOptional(v.pipe(v.array(finite), v.maxLength(mostKept))),
});
const cutState = v.pipe(
  v.object({ edges: v.array(finite), bins: v.array(bin) }),
  v.check(({ edges, bins }) => bins.length === edges.length + 1),
);

/** Cuts that were saved. @throws Unfit where they are none for these spans. */
export const readCuts = (spans: readonly Span[], saved: unknown): readonly Cut[] =>
  fitting(v.pipe(v.array(cutState), v.length(numbersOf(spans).length)), saved);

/** Variables that are decoded together. */
const usualStretch = 64;

/** @param rowWidth numbers in an encoded row. @param cuts by numeric span. @param stretch variables in a decoding at least. */
export function discretisation(
  spans: readonly Span[],
  rowWidth: number,
  cuts: readonly Cut[],
  stretch = usualStretch,
): Discretisation {
  const variables = variablesOf(spans, cuts);
  const starts: number[] = [];
  let width = 0;
  for (const { size } of variables) {
    starts.push(width);
    width += size;
  }
  return {
    spans: variables.map(({ size, category, numeric }, i) => ({
      kind: "category",
      start: starts[i]!,
      width: size,
      column: i,
      label: (numeric ?? category)!.label,
    })),
    width,
    columns: variables.map(({ numeric, category }) => (numeric ?? category)!.column),
    places: variables.flatMap(placesOf),
    missing: missingOf(variables, starts, width),
    codes({ values, rows: count, width: stride }) {
      const codes = new Float32Array(count * variables.length);
      for (let row = 0; row < count; row++)
        variables.forEach((variable, v) => {
          codes[row * variables.length + v] = codeOf(variable, values, row * stride);
        });
      return { values: codes, rows: count, width: variables.length };
    },
    ...decodingOf(variables, starts, width, rowWidth, stretch),
  };
}

function variablesOf(spans: readonly Span[], cuts: readonly Cut[]): readonly Variable[] {
  const categories = spans.filter((span) => span.kind === "category");
  const numbers = numbersOf(spans);
  const states = new Set(numbers.map(({ given }) => given));
  const holds = ({ start, width }: Span, at: number): boolean => at >= start && at < start + width;
  const plain = categories.filter((span) => ![...states].some((at) => at !== undefined && holds(span, at)));
  const ofNumber = (span: Span, i: number): Variable => {
    const category =
      span.given === undefined ? undefined : categories.find((each) => holds(each, span.given!));
    const { edges, bins } = cuts[i]!;
    const states = category === undefined ? 0 : category.width - 1;
    return { category, numeric: span, edges, bins, size: states + bins.length };
  };
  const ofCategory = (category: Span): Variable => ({
    category,
    numeric: undefined,
    edges: [],
    bins: [],
    size: category.width,
  });
  return [...numbers.map(ofNumber), ...plain.map(ofCategory)].toSorted(
    (a, b) => (a.numeric ?? a.category)!.column - (b.numeric ?? b.category)!.column,
  );
}

/** The training values of a numeric span where they count, ascending. */
function valuesOf({ start, given }: Span, { values, rows, width }: Matrix): Float64Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++)
    if (given === undefined || values[row * width + given]! > 0.5) found.push(values[row * width + start]!);
  return Float64Array.from(found).sort();
}

/** Cuts ascending values into at most `most` bins of about equally many; equal values stay together. */
function cut(values: Float64Array, most: number, keepsValues: boolean): Cut {
  const count = Math.max(1, Math.min(most, Math.floor(values.length / fewestInBin)));
  const cuts: number[] = [];
  for (let k = 1; k < count; k++) {
    let at = Math.round((k * values.length) / count);
    while (at < values.length && values[at] === values[at - 1]) at++;
    if (at < values.length && at > (cuts.at(-1) ?? 0)) cuts.push(at);
  }
  const bounds = [0, ...cuts, values.length];
  const bins = bounds.slice(1).map((end, i): Bin => {
    const inside = values.subarray(bounds[i], end);
    const [low, high] = [inside[0] ?? 0, inside.at(-1) ?? 0];
    const mean = inside.reduce((sum, value) => sum + value, 0) / Math.max(1, inside.length);
    const bin = { low, high, mean: high > low ? (mean - low) / (high - low) : 0.5 };
    return keepsValues ? { ...bin, values: evenlyBy(inside, mostKept) } : bin;
  });
  return { edges: cuts.map((at) => (values[at - 1]! + values[at]!) / 2), bins };
}

/** At most `most` of ascending values, evenly by rank. */
const evenlyBy = (values: Float64Array, most: number): readonly number[] => {
  const count = Math.min(most, values.length);
  return Array.from({ length: count }, (_, i) => values[Math.floor(((i + 0.5) * values.length) / count)]!);
};

function codeOf(
  { category, numeric, edges, size, bins }: Variable,
  values: Float32Array,
  row: number,
): number {
  const states = size - bins.length;
  if (category !== undefined) {
    let best = 0;
    for (let k = 1; k < category.width; k++)
      if (values[row + category.start + k]! > values[row + category.start + best]!) best = k;
    if (numeric === undefined) return best;
    const ordinary = numeric.given! - category.start;
    if (best !== ordinary) return best < ordinary ? best : best - 1;
  }
  const value = values[row + numeric!.start]!;
  let [from, to] = [0, edges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value < edges[middle]!) to = middle;
    else from = middle + 1;
  }
  return states + from;
}

function placesOf({ category, numeric, edges, bins }: Variable): readonly Place[] {
  const ordinary = numeric?.given;
  const states = Array.from({ length: category?.width ?? 0 }, (_, k) => category!.start + k)
    .filter((at) => at !== ordinary)
    .map((at): Place => ({ of: "position", at, what: "" }));
  const stretches = bins.map(({ low, high }, b): Place => ({
    of: "position",
    at: numeric!.start,
    what: "bin",
    stretch: [edges[b - 1] ?? low, edges[b] ?? high],
  }));
  return [...states, ...stretches];
}

function missingOf(variables: readonly Variable[], starts: readonly number[], width: number): Float32Array {
  const missing = new Float32Array(width);
  variables.forEach(({ category, numeric }, v) => {
    if (category?.missing === undefined) return;
    const code = category.missing - category.start;
    // "There is a value" is no value of a variable that has bins.
    const skipped = numeric?.given !== undefined && numeric.given < category.missing ? 1 : 0;
    missing[starts[v]! + code - skipped] = 1;
  });
  return missing;
}

/** Where a variable's cells begin and end in an encoded row. */
function cellsOf({ category, numeric }: Variable): readonly [number, number] {
  const spans = [category, numeric].filter((span) => span !== undefined);
  return [
    Math.min(...spans.map(({ start }) => start)),
    Math.max(...spans.map(({ start, width }) => start + width)),
  ];
}

/** Stretches of at least so many variables whose cells lie on their own side of a place in the row: [end, place] of each. */
function stretchesOf(
  variables: readonly Variable[],
  rowWidth: number,
  least: number,
): readonly (readonly [number, number])[] {
  const cells = variables.map(cellsOf);
  /** The first cell of any variable from here on. */
  const ahead = cells.map(([start]) => start);
  for (let v = ahead.length - 2; v >= 0; v--) ahead[v] = Math.min(ahead[v]!, ahead[v + 1]!);
  const ends: (readonly [number, number])[] = [];
  let reached = 0;
  let count = 0;
  for (let v = 0; v < variables.length - 1; v++) {
    reached = Math.max(reached, cells[v]![1]);
    count += 1;
    if (count < least || reached > ahead[v + 1]!) continue;
    ends.push([v + 1, reached]);
    count = 0;
  }
  return [...ends, [variables.length, rowWidth]];
}

function decodingOf(
  variables: readonly Variable[],
  starts: readonly number[],
  width: number,
  rowWidth: number,
  least: number,
): Pick<Discretisation, "decodings" | "stock"> {
  const copies = variables.some(({ bins }) => bins.some(({ values }) => values !== undefined));
  const stock = [0];
  const stretches = stretchesOf(variables, rowWidth, least);
  const decodings = stretches.map(([to, rowEnd], s): Decoding => {
    const [from, rowStart] = stretches[s - 1] ?? [0, 0];
    const start = starts[from] ?? 0;
    const at = { positions: (starts[to] ?? width) - start, cells: rowEnd - rowStart };
    const matrix = (): Float32Array => new Float32Array(at.positions * at.cells);
    const made = { categories: matrix(), low: matrix(), range: matrix(), power: matrix() };
    const kept = copies ? { start: matrix(), count: matrix() } : undefined;
    variables.slice(from, to).forEach(({ category, numeric, bins, size }, v) => {
      const states = size - bins.length;
      for (let code = 0; code < size; code++) {
        const cell = (starts[from + v]! - start + code) * at.cells - rowStart;
        const ordinary = numeric?.given === undefined ? -1 : numeric.given - category!.start;
        if (category !== undefined && code < states)
          made.categories[cell + category.start + (ordinary >= 0 && code >= ordinary ? code + 1 : code)] = 1;
        if (code < states || numeric === undefined) continue;
        if (numeric.given !== undefined) made.categories[cell + numeric.given] = 1;
        const { low, high, mean, values = [] } = bins[code - states]!;
        made.low[cell + numeric.start] = low;
        made.range[cell + numeric.start] = high - low;
        // u^p has the mean 1/(p + 1): values in the bin lie as far along it as training values do, the long tails' too.
        made.power[cell + numeric.start] = 1 / Math.min(0.95, Math.max(0.05, mean)) - 1;
        if (kept === undefined) continue;
        kept.start[cell + numeric.start] = values.length === 0 ? 0 : stock.length;
        kept.count[cell + numeric.start] = values.length;
        for (const value of values) stock.push(value);
      }
    });
    return {
      from,
      variables: to - from,
      start,
      width: at.positions,
      rowStart,
      rowWidth: at.cells,
      ...made,
      copies: kept,
    };
  });
  return { decodings, stock: copies ? Float32Array.from(stock) : undefined };
}
