import { useMemo } from "react";
import { decimal, t } from "../../language/words.ts";
import type { Histogram } from "../../protocol/analysis.ts";
import { percent } from "../kit/format.ts";
import { dateTicks, numberTicks } from "../kit/ticks.ts";
import { bars, steps } from "./bars.ts";
import css from "./ColumnsView.module.css";

/** The drawing's own units; it is stretched to its place. */
const width = 240;
const height = 80;

/** One column: real as a filled area, synthetic as a line over it; categories as bars side by side. */
export function ColumnFigure({
  name,
  histogram,
  frame,
  dated,
  realMissing,
  large,
  onToggle,
}: {
  readonly name: string;
  readonly histogram: Histogram;
  readonly frame:
    | {
        readonly counts: readonly number[];
        readonly others: number;
        readonly distance: number;
        readonly missing: number;
      }
    | undefined;
  /** The numbers are moments, in ms since 1970. */
  readonly dated: boolean;
  readonly realMissing: number;
  readonly large: boolean;
  readonly onToggle: () => void;
}) {
  const caption = frame ? t`distance ${decimal(frame.distance.toFixed(3))}` : t`no synthetic rows yet`;
  const gaps =
    realMissing > 0 || (frame?.missing ?? 0) > 0
      ? t`missing ${percent(realMissing)} real${frame ? t`, ${percent(frame.missing)} synthetic` : ""}`
      : "";
  return (
    <figure className={css.figure}>
      <figcaption>
        <button type="button" data-look="link" aria-expanded={large} onClick={onToggle} title={name}>
          {name}
        </button>
        <span>{caption}</span>
      </figcaption>
      <Distribution {...{ name, histogram, frame, dated, large, caption }} />
      {gaps !== "" && <p>{gaps}</p>}
    </figure>
  );
}

/** The drawing alone. */
export function Distribution({
  name,
  histogram,
  frame,
  dated,
  large,
  caption,
}: {
  readonly name: string;
  readonly histogram: Histogram;
  readonly frame: { readonly counts: readonly number[]; readonly others: number } | undefined;
  /** The numbers are moments, in ms since 1970. */
  readonly dated: boolean;
  readonly large: boolean;
  /** Said of the drawing to whoever can't see it. */
  readonly caption: string;
}) {
  const drawn = useMemo(() => bars(histogram, frame), [histogram, frame]);
  if (drawn.labels)
    return <Pairs labels={drawn.labels} real={drawn.real} synthetic={drawn.synthetic} most={drawn.most} />;
  return (
    <div
      className={css.plot}
      role="img"
      aria-label={t`${name}: distribution of real${frame ? t` and synthetic` : ""} values, ${caption}`}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" style={{ height: large ? 200 : 80 }}>
        <path d={steps(drawn.real, drawn.most, width, height, true)} fill="var(--real)" fillOpacity="0.28" />
        {drawn.synthetic && (
          <path
            d={steps(drawn.synthetic, drawn.most, width, height, false)}
            fill="none"
            stroke="var(--synthetic)"
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      {histogram.kind === "numeric" && <Marks histogram={histogram} dated={dated} dense={large} />}
    </div>
  );
}

/** Ticks under a numeric histogram. */
function Marks({
  histogram,
  dated,
  dense,
}: {
  readonly histogram: Extract<Histogram, { kind: "numeric" }>;
  readonly dated: boolean;
  readonly dense: boolean;
}) {
  const low = histogram.edges[0] ?? 0;
  const high = histogram.edges.at(-1) ?? 1;
  if (!(high > low)) return null;
  const wanted = dense ? 8 : 4;
  const found = dated ? dateTicks(low, high, wanted - 1) : numberTicks(low, high, wanted);
  return (
    <span className={css.ticks} aria-hidden="true">
      {found.map((tick) => (
        <span key={tick.at} style={{ left: `${(100 * (tick.at - low)) / (high - low)}%` }}>
          {tick.label}
        </span>
      ))}
    </span>
  );
}

/** A category's shares as two thin bars, real filled and synthetic hollow, with the name beside them. */
function Pairs({
  labels,
  real,
  synthetic,
  most,
}: {
  readonly labels: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[] | undefined;
  readonly most: number;
}) {
  return (
    <ul className={css.pairs}>
      {labels.map((label, i) => {
        const made = synthetic?.[i];
        return (
          <li key={`${i}-${label}`}>
            <span className={css.label} title={label}>
              {label === "" ? t`(empty)` : label}
            </span>
            <span className={css.bars} aria-hidden="true">
              <i className={css.real} style={{ width: `${(100 * real[i]!) / most}%` }} />
              {made !== undefined && (
                <i className={css.synthetic} style={{ width: `${(100 * made) / most}%` }} />
              )}
            </span>
            <span className="visuallyHidden">{t`real ${percent(real[i]!)}${made !== undefined && t`, synthetic ${percent(made)}`}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
