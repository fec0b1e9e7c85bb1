import { useRef } from "react";
import { count, t } from "../../language/words.ts";
import type { ChartCard } from "../../protocol/experiment.ts";
import { ticks } from "../kit/ticks.ts";
import { useSize } from "../kit/useSize.ts";
import css from "./Helps.module.css";
import { figure, isMade, rangeOf, spreadOf } from "./scores.ts";

const height = 224;
const [left, right, top, bottom] = [44, 16, 8, 40];

/** Scores by the number of real rows, on a logarithmic axis: the mean of the seeds, and a band from the lowest to the highest. */
export function Curves({
  chart,
  sizes,
}: {
  readonly chart: ChartCard;
  /** Two at least, in order. */
  readonly sizes: readonly number[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const range = rangeOf(chart);
  const [low, high] = range;
  const [first, last] = [Math.log(sizes[0]!), Math.log(sizes.at(-1)!)];
  const x = (n: number): number => left + ((Math.log(n) - first) / (last - first)) * (width - left - right);
  const y = (score: number): number => top + ((high - score) / (high - low)) * (height - top - bottom);
  return (
    <>
      <ul className={css.legend} aria-hidden="true">
        {chart.arms.map((arm) => (
          <li key={arm.name}>
            <svg width="24" height="8" data-arm={arm.name} data-made={isMade(arm)}>
              <line x1="0" x2="24" y1="4" y2="4" />
            </svg>
            {arm.label}
          </li>
        ))}
      </ul>
      <div ref={box} className={css.curves}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={inWords(chart)}>
            {ticks({ label: "", range }, 5).map(({ at, label }) => (
              <g key={at} className={css.rule}>
                <line x1={left} x2={width - right} y1={y(at)} y2={y(at)} />
                <text x={left - 8} y={y(at)} dy="0.35em" textAnchor="end">
                  {label}
                </text>
              </g>
            ))}
            {sizes.map((n, i) => (
              <text
                key={n}
                x={x(n)}
                y={height - 22}
                textAnchor={i === 0 ? "start" : i === sizes.length - 1 ? "end" : "middle"}
              >
                {count(n)}
              </text>
            ))}
            <text x={(left + width - right) / 2} y={height - 4} textAnchor="middle">{t`real rows`}</text>
            {chart.arms.map((arm) => {
              const points = arm.points.flatMap(({ real, scores }) => {
                const spread = spreadOf(scores);
                return spread === undefined ? [] : [{ at: x(real), ...spread }];
              });
              const line = points.map(({ at, mean }) => `${at},${y(mean)}`).join(" ");
              const edge = [
                ...points.map((point) => `${point.at},${y(point.high)}`),
                ...points.toReversed().map((point) => `${point.at},${y(point.low)}`),
              ];
              return (
                <g key={arm.name} data-arm={arm.name} data-made={isMade(arm)}>
                  <polygon points={edge.join(" ")} />
                  <polyline points={line} />
                  {points.map(({ at, mean }) => (
                    <circle key={at} cx={at} cy={y(mean)} r="3" />
                  ))}
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </>
  );
}

/** "AUC of boosted trees. Real rows alone: 0.7 at 100, …" */
function inWords({ title, arms }: ChartCard): string {
  const lines = arms.map(({ label, points }) => {
    const all = points.flatMap(({ real, scores }) => {
      const spread = spreadOf(scores);
      return spread === undefined ? [] : [t`${figure(spread.mean)} at ${count(real)}`];
    });
    return `${label}: ${all.join(", ")}`;
  });
  return t`${title} by real rows. ${lines.join("; ")}`;
}
