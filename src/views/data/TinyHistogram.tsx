import type { Histogram } from "../../protocol/analysis.ts";

const width = 96;
const height = 24;

/** A column's shape at a glance, no axes: bins for numbers, bars for the most frequent categories. */
export function TinyHistogram({ histogram }: { readonly histogram: Histogram }) {
  const counts =
    histogram.kind === "numeric"
      ? histogram.counts
      : [...histogram.counts.slice(0, 12), histogram.others + sum(histogram.counts.slice(12))].filter(
          (n) => n > 0,
        );
  const most = Math.max(1, ...counts);
  const gap = histogram.kind === "numeric" ? 0 : 1;
  const step = width / Math.max(1, counts.length);
  const bar = histogram.kind === "numeric" ? step : Math.min(16, step);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path
        fill="var(--real)"
        fillOpacity="0.75"
        d={counts
          .map((n, i) => {
            const tall = n > 0 ? Math.max(1, (n / most) * (height - 1)) : 0;
            return `M${(i * bar).toFixed(2)} ${height}v${(-tall).toFixed(2)}h${(bar - gap).toFixed(2)}v${tall.toFixed(2)}z`;
          })
          .join("")}
      />
      <path d={`M0 ${height - 0.5}H${width}`} stroke="var(--line-strong)" />
    </svg>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
