/**
 * A column's real histogram and the synthetic counts in the same bins: bars that
 * can be laid over one another because their bins are the real rows' own.
 */
import type { Histogram } from "../protocol/analysis.ts";
import { ksSorted, sortedValues, tvDistance } from "../quality/shape.ts";
import { categoryHistogram, numericHistogram } from "../table/histogram.ts";
import type { CategoryColumn, Column, DatetimeColumn, NumberColumn } from "../table/table.ts";

export interface OverlayCounts {
  readonly counts: readonly number[];
  readonly others: number;
  /** KS distance of numbers and dates, TV distance of categories; 0 to 1, NaN where a side is empty. */
  readonly distance: number;
  /** Share of missing cells. */
  readonly missing: number;
}

export interface Overlay {
  readonly name: string;
  readonly histogram: Histogram;
  /** The same bins filled from another column of the same name and type. */
  count(synthetic: Column): OverlayCounts;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** @param real the column over the rows that count as real, usually the training rows. */
export function overlay(real: Column): Overlay {
  return "values" in real ? numericOverlay(real) : categoryOverlay(real);
}

function numericOverlay(real: NumberColumn | DatetimeColumn): Overlay {
  const sorted = sortedValues(real.values);
  const histogram = numericHistogram(real.values, real.type === "number" && real.format.decimals === 0);
  const edges = histogram.kind === "numeric" ? histogram.edges : [];
  const fill = (values: Float64Array): number[] => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    let bin = 0;
    // Both ascend, so one walk places every value; what lies outside counts in the outermost bins.
    for (const value of values) {
      while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin++;
      counts[bin]! += 1;
    }
    return counts;
  };
  return {
    name: real.name,
    histogram,
    count(synthetic) {
      const values = "values" in synthetic ? synthetic.values : new Float64Array();
      const present = sortedValues(values);
      return {
        counts: fill(present),
        others: 0,
        distance: ksSorted(sorted, present),
        missing: share(values.length - present.length, values.length),
      };
    },
  };
}

function categoryOverlay(real: CategoryColumn): Overlay {
  const histogram = categoryHistogram(real.codes, real.levels);
  const labels = histogram.kind === "category" ? histogram.labels : [];
  const before = tally(real);
  return {
    name: real.name,
    histogram,
    count(synthetic) {
      const made =
        "codes" in synthetic ? tally(synthetic) : { present: new Map<string, number>(), missing: 0 };
      const all = [...new Set([...before.present.keys(), ...made.present.keys()])];
      const total = [...made.present.values()].reduce((sum, n) => sum + n, 0);
      const counts = labels.map((label) => made.present.get(label) ?? 0);
      return {
        counts,
        others: total - counts.reduce((sum, n) => sum + n, 0),
        distance: tvDistance(
          all.map((label) => before.present.get(label) ?? 0),
          all.map((label) => made.present.get(label) ?? 0),
        ),
        missing: share(made.missing, made.missing + total),
      };
    },
  };
}

function tally({ codes, levels }: CategoryColumn): { present: Map<string, number>; missing: number } {
  const present = new Map<string, number>();
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing += 1;
    else present.set(levels[code]!, (present.get(levels[code]!) ?? 0) + 1);
  }
  return { present, missing };
}
