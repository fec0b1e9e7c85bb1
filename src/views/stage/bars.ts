/** Two histograms over the same bins, made comparable and turned into SVG paths. */
import type { Histogram } from "../../protocol/analysis.ts";

export interface Bars {
  /** Shares of all counted rows, so that different numbers of rows compare. */
  readonly real: readonly number[];
  readonly synthetic: readonly number[] | undefined;
  /** Names under the bars; undefined where the bins are numbers. */
  readonly labels: readonly string[] | undefined;
  readonly most: number;
}

/** Categories beyond this many are drawn together. */
const mostBars = 10;

export function bars(
  histogram: Histogram,
  frame: { readonly counts: readonly number[]; readonly others: number } | undefined,
): Bars {
  const category = histogram.kind === "category";
  const fold = (counts: readonly number[], others: number): readonly number[] => {
    if (!category) return counts;
    const rest = others + total(counts.slice(mostBars));
    const anyRest = histogram.others > 0 || histogram.counts.length > mostBars || (frame?.others ?? 0) > 0;
    return anyRest ? [...counts.slice(0, mostBars), rest] : counts.slice(0, mostBars);
  };
  const real = shares(fold(histogram.counts, category ? histogram.others : 0));
  const synthetic = frame && shares(fold(frame.counts, frame.others));
  const labels = category ? histogram.labels.slice(0, mostBars) : undefined;
  return {
    real,
    synthetic,
    labels: labels && real.length > labels.length ? [...labels, "others"] : labels,
    most: Math.max(1e-9, ...real, ...(synthetic ?? [])),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function shares(counts: readonly number[]): readonly number[] {
  const all = total(counts);
  return all > 0 ? counts.map((n) => n / all) : counts.map(() => 0);
}

/** The outline of a histogram as a step line over [0, width], closed to the base where `filled`. */
export function steps(
  values: readonly number[],
  most: number,
  width: number,
  height: number,
  filled: boolean,
): string {
  if (values.length === 0) return "";
  const bin = width / values.length;
  const at = (value: number): string => (height - (value / most) * height).toFixed(1);
  const tops = values
    .map((value, i) => `${i === 0 ? "" : `V${at(value)}`}H${((i + 1) * bin).toFixed(1)}`)
    .join("");
  return filled ? `M0 ${height}V${at(values[0]!)}${tops}V${height}z` : `M0 ${at(values[0]!)}${tops}`;
}
