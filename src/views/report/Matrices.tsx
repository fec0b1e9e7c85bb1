import { t } from "../../language/words.ts";
import type { MatrixCard } from "../../protocol/report.ts";
import { signed } from "./figure.ts";
import css from "./Report.module.css";

const cell = 16;
/** What fits on a screen; the list of pairs has all. */
const most = 30;
type Values = readonly (number | null)[];

/** How strongly every two columns hang together: real, synthetic, and what lies between. */
export function Matrices({ matrix }: { readonly matrix: MatrixCard }) {
  const { real, synthetic } = matrix;
  const difference: Values = real.map((value, i) => {
    const made = synthetic[i] ?? null;
    return value === null || made === null ? null : made - value;
  });
  return (
    <>
      <p
        className={css.lead}
      >{t`Correlation of two numbers, Cramér's V of any other pair, by the area of a square; a hollow one is negative.${matrix.columns.length > most && t` The first ${most} of ${matrix.columns.length} columns.`}`}</p>
      <div className={css.matrices}>
        <Matrix title={t`Real`} columns={matrix.columns} values={real} colour="var(--real)" />
        <Matrix title={t`Synthetic`} columns={matrix.columns} values={synthetic} colour="var(--synthetic)" />
        <Matrix
          title={t`Synthetic minus real`}
          columns={matrix.columns}
          values={difference}
          colour="var(--ink)"
        />
      </div>
    </>
  );
}

function Matrix({
  title,
  columns,
  values,
  colour,
}: {
  readonly title: string;
  readonly columns: readonly string[];
  readonly values: Values;
  readonly colour: string;
}) {
  const shown = columns.slice(0, most);
  const side = 12 + 6.4 * Math.max(...shown.map((name) => Math.min(14, name.length)));
  const size = shown.length * cell;
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`${-side} 0 ${side + size} ${size}`}
        width={side + size}
        role="img"
        aria-label={t`${title}: how strongly every two columns hang together`}
      >
        <rect width={size} height={size} fill="var(--grid)" />
        {shown.map((name, i) => (
          <text key={name} x="-8" y={i * cell + 12} textAnchor="end">
            {name.length > 14 ? `${name.slice(0, 13)}…` : name}
          </text>
        ))}
        {shown.map((a, i) =>
          shown.map((b, j) => {
            const value = values[i * columns.length + j] ?? null;
            const width = value === null ? 0 : Math.sqrt(Math.min(1, Math.abs(value))) * (cell - 2);
            if (value === null || i === j || width < 1) return null;
            return (
              <rect
                key={`${a} ${b}`}
                x={j * cell + (cell - width) / 2}
                y={i * cell + (cell - width) / 2}
                width={width}
                height={width}
                {...(value < 0 ? { fill: "none", stroke: colour } : { fill: colour })}
              >
                <title>{t`${a} and ${b}: ${signed(value)}`}</title>
              </rect>
            );
          }),
        )}
      </svg>
    </figure>
  );
}
