import { useRef } from "react";
import { t } from "../../language/words.ts";
import { short } from "../kit/format.ts";
import { numberTicks } from "../kit/ticks.ts";
import { useSize } from "../kit/useSize.ts";
import { curveStyle, curveToken } from "../watch/curves.ts";
import css from "./ResultPage.module.css";

export interface ChartCurve {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Where its place among the curves does not say: a colour, and how it is drawn. */
  readonly colour?: string;
  readonly stroke?: keyof typeof dashes;
}

const height = 132;
const [left, bottom, top, right] = [44, 20, 8, 8];
const dashes = { solid: "", dotted: "2 3", dashed: "6 4" } as const;

/** Curves over steps as one drawing, without a library: a shared result must show without a network. */
export function CurveChart({ curves, at }: { readonly curves: readonly ChartCurve[]; readonly at: number }) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const finite = curves.flatMap(({ values }) => values.filter(Number.isFinite));
  const last = Math.max(1, ...curves.flatMap(({ steps }) => steps.at(-1) ?? 1));
  const [low, high] = padded(Math.min(...finite), Math.max(...finite));
  const x = (step: number): number => left + (step / last) * (width - left - right);
  const y = (value: number): number =>
    height - bottom - ((value - low) / (high - low)) * (height - bottom - top);
  const said = curves
    .map(({ name, values }) => t`${name} ends at ${short(values.findLast(Number.isFinite) ?? NaN)}`)
    .join(", ");
  return (
    <div ref={box}>
      {width > 80 && finite.length > 0 && (
        <svg
          className={css.chart}
          width={width}
          height={height}
          role="img"
          aria-label={t`Curves over steps: ${said}`}
        >
          {numberTicks(low, high, 3).map((tick) => (
            <g key={tick.at}>
              <line className={css.grid} x1={left} x2={width - right} y1={y(tick.at)} y2={y(tick.at)} />
              <text x={left - 6} y={y(tick.at)} textAnchor="end" dominantBaseline="central">
                {tick.label}
              </text>
            </g>
          ))}
          {numberTicks(0, last, width / 90).map((tick) => (
            <text
              key={tick.at}
              x={Math.min(x(tick.at), width - right)}
              y={height - 4}
              textAnchor={tick.at === 0 ? "start" : x(tick.at) > width - 40 ? "end" : "middle"}
            >
              {tick.label}
            </text>
          ))}
          <line className={css.now} x1={x(at)} x2={x(at)} y1={top} y2={height - bottom} />
          {curves.map(({ name, steps, values, colour, stroke }, i) => (
            <path
              key={name}
              d={pathOf(steps, values, x, y)}
              fill="none"
              stroke={colour ?? curveToken(i)}
              strokeWidth="1.5"
              strokeDasharray={dashes[stroke ?? curveStyle(i)]}
            />
          ))}
        </svg>
      )}
    </div>
  );
}

function padded(low: number, high: number): readonly [number, number] {
  if (!(high > low)) return [low - Math.max(1, Math.abs(low)), low + Math.max(1, Math.abs(low))];
  const room = (high - low) * 0.06;
  return [low - room, high + room];
}

/** Breaks where a value is missing. */
function pathOf(
  steps: readonly number[],
  values: readonly number[],
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  let pen = "M";
  let path = "";
  steps.forEach((step, i) => {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      pen = "M";
      return;
    }
    path += `${pen}${x(step).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  return path;
}
