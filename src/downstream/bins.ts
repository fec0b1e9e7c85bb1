/**
 * A table as small whole numbers, for learners that count instead of sorting:
 * every number column is cut at up to 254 quantiles of the training rows, every
 * category has a code of its own, and a missing cell has the column's last code.
 */
import type { CategoryColumn, Column, Table } from "../table/table.ts";

/** Codes of one feature besides "missing": with it, they fit a byte. */
const MOST_BINS = 255;

export interface Feature {
  /** Codes 0..bins-1 are values; `bins` itself is a missing cell or a category that training never saw. */
  readonly bins: number;
  /** Codes without order. */
  readonly categorical: boolean;
  codes(column: Column): Uint8Array;
}

/** @param table training rows; their values decide where the cuts are. */
export function fitBins(table: Table): readonly Feature[] {
  return table.columns.map((column) =>
    "values" in column ? quantityFeature(column.values) : categoryFeature(column),
  );
}

/** @throws TypeError where the table has other columns than those that were fitted. */
export function binned(features: readonly Feature[], table: Table): readonly Uint8Array[] {
  if (table.columns.length !== features.length)
    throw new TypeError(`${features.length} columns were fitted and this table has ${table.columns.length}.`);
  return features.map((feature, i) => feature.codes(table.columns[i]!));
}

function quantityFeature(values: Float64Array): Feature {
  const cuts = cutsOf(values.filter((value) => !Number.isNaN(value)).sort());
  const bins = cuts.length + 1;
  return {
    bins,
    categorical: false,
    codes(column) {
      if (!("values" in column)) throw otherKind(column, "numbers");
      return Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? bins : below(cuts, value)));
    },
  };
}

/** Midpoints between all neighbouring values or, of more than 255 values, between the quantiles. */
function cutsOf(sorted: Float64Array): Float64Array {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= MOST_BINS) return distinct.slice(1).map((value, i) => middle(distinct[i]!, value));
  const cuts = Float64Array.from({ length: MOST_BINS - 1 }, (_, i) => {
    const rank = ((sorted.length - 1) * (i + 1)) / MOST_BINS;
    return middle(sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!);
  });
  return cuts.filter((cut, i) => i === 0 || cut !== cuts[i - 1]);
}

const middle = (a: number, b: number): number => a / 2 + b / 2;

/** How many of the ascending cuts lie below `value`. */
function below(cuts: Float64Array, value: number): number {
  let from = 0;
  let to = cuts.length;
  while (from < to) {
    const at = (from + to) >> 1;
    if (cuts[at]! < value) from = at + 1;
    else to = at;
  }
  return from;
}

function categoryFeature({ codes, levels }: CategoryColumn): Feature {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const seen = levels.flatMap((_, code) => (counts[code]! > 0 ? [code] : []));
  const kept =
    seen.length <= MOST_BINS
      ? seen
      : seen.toSorted((a, b) => counts[b]! - counts[a]! || a - b).slice(0, MOST_BINS - 1);
  const binOf = new Map(kept.map((code, bin) => [levels[code]!, bin]));
  const bins = Math.min(seen.length, MOST_BINS);
  // Too many categories for a byte: the rarest share the last code.
  for (const code of seen) if (!binOf.has(levels[code]!)) binOf.set(levels[code]!, bins - 1);
  return {
    bins,
    categorical: true,
    codes(column) {
      if ("values" in column) throw otherKind(column, "categories");
      const known = Uint8Array.from(column.levels, (level) => binOf.get(level) ?? bins);
      return Uint8Array.from(column.codes, (code) => (code < 0 ? bins : known[code]!));
    },
  };
}

function otherKind(column: Column, fitted: string): TypeError {
  return new TypeError(
    `Column "${column.name}" was ${fitted} when the model was fitted and is now ${column.type}.`,
  );
}
