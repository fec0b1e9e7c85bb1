import { midSentence, t } from "../../language/words.ts";
import type { ClassAxis } from "../../store/handedIn.ts";
import { taskFigures, type TaskFigure } from "../../store/task.ts";
import { ticks, type Axis } from "../kit/ticks.ts";
import css from "./Task.module.css";

const [width, height] = [720, 280];
const inside = { left: 56, right: width - 16, top: 16, bottom: height - 44 };

/** One dot a result: a control across, the figure up. A dot can be pressed; the table below does the same by key. */
export function ClassScatter({
  axis: { label, at, names },
  figure,
  values,
  onPick,
}: {
  readonly axis: ClassAxis;
  readonly figure: TaskFigure;
  /** NaN for results of another figure. */
  readonly values: readonly number[];
  readonly onPick: (result: number) => void;
}) {
  const x: Axis = { label, range: rangeOf(at), ...(names && { categories: names }) };
  const y: Axis = { label: taskFigures[figure].words, range: rangeOf(values.filter(Number.isFinite)) };
  const toX = (value: number): number =>
    inside.left + ((value - x.range[0]) / (x.range[1] - x.range[0])) * (inside.right - inside.left);
  const toY = (value: number): number =>
    inside.bottom - ((value - y.range[0]) / (y.range[1] - y.range[0])) * (inside.bottom - inside.top);
  const shown = values.filter(Number.isFinite).length;
  return (
    <svg
      className={css.scatter}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t`${shown} results: ${label} across, ${midSentence(y.label)} up. The table below has the same.`}
    >
      <line x1={inside.left} y1={inside.bottom} x2={inside.right} y2={inside.bottom} />
      <line x1={inside.left} y1={inside.top} x2={inside.left} y2={inside.bottom} />
      {ticks(x, 6).map((tick) => (
        <text key={tick.at} x={toX(tick.at)} y={inside.bottom + 16} textAnchor="middle">
          {tick.label}
        </text>
      ))}
      {ticks(y, 4).map((tick) => (
        <text key={tick.at} x={inside.left - 6} y={toY(tick.at) + 4} textAnchor="end">
          {tick.label}
        </text>
      ))}
      <text x={inside.right} y={height - 8} textAnchor="end">
        {label}
      </text>
      <text x={inside.left + 6} y={inside.top}>
        {y.label}
      </text>
      {values.map(
        (value, i) =>
          Number.isFinite(value) && (
            <circle key={i} cx={toX(at[i]!)} cy={toY(value)} r={6} onClick={() => onPick(i)}>
              <title>{t`Result ${i + 1}`}</title>
            </circle>
          ),
      )}
    </svg>
  );
}

/** With room on both sides, also where all are the same. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const free = high > low ? 0.08 * (high - low) : Math.max(0.5, 0.1 * Math.abs(high));
  return [low - free, high + free];
}
