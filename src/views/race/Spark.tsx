import { curveStyle, curveToken } from "../watch/curves.ts";
import css from "./Race.module.css";

const [width, height] = [240, 32];
const dashes = { solid: "", dotted: "2 3", dashed: "6 4" } as const;

/** Small curves with their last figure beside them. @param at places of the values, as shares of the whole race. */
export function Spark({
  label,
  value,
  curves,
  at,
  range,
}: {
  readonly label: string;
  readonly value: string;
  readonly curves: readonly (readonly number[])[];
  readonly at: readonly number[];
  /** The scale, where others share it; else the curves' own. */
  readonly range?: readonly [number, number];
}) {
  const finite = curves.flatMap((curve) => curve.filter(Number.isFinite));
  const [low, high] = range ?? [Math.min(...finite), Math.max(...finite)];
  const y = (level: number): number => 2 + (1 - (level - low) / Math.max(1e-9, high - low)) * (height - 4);
  return (
    <div className={css.spark}>
      <span>{label}</span>
      <b>{value}</b>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {curves.map((curve, i) => (
          <path
            key={i}
            d={curve
              .map((level, at_) =>
                Number.isFinite(level)
                  ? `${at_ === 0 || !Number.isFinite(curve[at_ - 1]) ? "M" : "L"}${((at[at_] ?? 0) * width).toFixed(1)} ${y(level).toFixed(1)}`
                  : "",
              )
              .join("")}
            stroke={curveToken(i)}
            strokeDasharray={dashes[curveStyle(i)]}
          />
        ))}
      </svg>
    </div>
  );
}
