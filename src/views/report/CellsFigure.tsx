import { t } from "../../language/words.ts";
import type { PairCells } from "../../protocol/report.ts";
import { percent } from "../kit/format.ts";
import css from "./Report.module.css";

const [wide, high] = [44, 24];
const [side, foot] = [112, 68];

/** Where rows lie by two columns: real ones as filled boxes, synthetic ones hollow over them, by area. */
export function CellsFigure({
  cells: { rows, columns: across, real, synthetic },
  columns,
}: {
  readonly cells: PairCells;
  readonly columns: readonly [string, string];
}) {
  const most = Math.max(1e-9, ...real, ...synthetic);
  const [w, h] = [across.length * wide, rows.length * high];
  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={columns.join(t` by `)}>
      <svg
        width={side + w + 24}
        height={h + foot}
        viewBox={`${-side} 0 ${side + w + 24} ${h + foot}`}
        role="img"
        aria-label={t`Where rows lie by ${columns[0]} and ${columns[1]}: real rows filled, synthetic ones hollow`}
      >
        <rect width={w} height={h} fill="var(--grid)" />
        {rows.map((name, i) => (
          <text key={name} x="-8" y={i * high + 16} textAnchor="end">
            {cut(name)}
          </text>
        ))}
        {across.map((name, j) => (
          <text key={name} transform={`translate(${j * wide + wide / 2 - 6} ${h + 14}) rotate(32)`}>
            {cut(name)}
          </text>
        ))}
        {rows.map((row, i) =>
          across.map((column, j) => {
            const k = i * across.length + j;
            return (
              <g key={`${row} ${column}`}>
                <title>{t`${row}, ${column}: ${percent(real[k]!)} real, ${percent(synthetic[k]!)} synthetic`}</title>
                <Box share={real[k]! / most} i={i} j={j} fill="var(--real)" fillOpacity={0.4} />
                <Box
                  share={synthetic[k]! / most}
                  i={i}
                  j={j}
                  fill="none"
                  stroke="var(--synthetic)"
                  strokeWidth={1.5}
                />
              </g>
            );
          }),
        )}
      </svg>
    </div>
  );
}

function Box({
  share,
  i,
  j,
  ...look
}: {
  readonly share: number;
  readonly i: number;
  readonly j: number;
  readonly fill: string;
  readonly fillOpacity?: number;
  readonly stroke?: string;
  readonly strokeWidth?: number;
}) {
  if (share <= 0) return null;
  const scale = Math.sqrt(share);
  const [w, h] = [scale * (wide - 4), scale * (high - 4)];
  return <rect x={j * wide + (wide - w) / 2} y={i * high + (high - h) / 2} width={w} height={h} {...look} />;
}

const cut = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);
