import { decimal, t } from "../../language/words.ts";
import type { AxisCard, PartCard, ReportCard } from "../../protocol/report.ts";
import { useLab } from "../context.ts";
import { spreadWords, three, two } from "./figure.ts";
import { placeBehind, type Place } from "./places.ts";
import css from "./Report.module.css";
import { Track, TrackLegend } from "./Track.tsx";

/** Six gauges, each beside its references, and the limits that they come down to. */
export function Axes({ card, go }: { readonly card: ReportCard; readonly go: (place: Place) => void }) {
  const tried = useLab((state) => state.experiment.card?.limits);
  const limits =
    tried === undefined
      ? card.limits
      : [...card.limits.filter(({ topic }) => topic !== "generalisation"), ...tried];
  return (
    <>
      <TrackLegend />
      <ul className={css.axes}>
        {card.axes.map((axis) => (
          <Gauge key={axis.name} axis={axis} go={go} />
        ))}
      </ul>
      <section className={css.limits} aria-labelledby="limits-heading">
        <h3 id="limits-heading">{t`Limits`}</h3>
        <ul>
          {limits.map(({ weight, sentence }) => (
            <li key={sentence} data-weight={weight}>
              {sentence}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Gauge({ axis, go }: { readonly axis: AxisCard; readonly go: (place: Place) => void }) {
  const { label, measured, spread, verdict, sentence, standing, parts } = axis;
  return (
    <li className={css.axis} data-standing={standing} data-axis={axis.name}>
      <h3>
        <span>{label}</span>
        <span>
          <b>{two(measured)}</b>
          {spread !== undefined && <small> {spreadWords(spread)}</small>}
        </span>
      </h3>
      <Track beside={axis} />
      <p>{"why" in measured ? t`Not computable, because: ${measured.why}` : verdict}</p>
      <p className={css.small}>{sentence}</p>
      <details>
        <summary>{t`${axis.combined === "minimum" ? t`The weakest of` : t`The mean of`} ${parts.length} parts`}</summary>
        <ul className={css.parts}>
          {parts.map((part) => (
            <Part key={part.name} part={part} go={go} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function Part({ part, go }: { readonly part: PartCard; readonly go: (place: Place) => void }) {
  const { measured, spread, label, sentence, holdout, independent, copy } = part;
  const place = placeBehind(part.name);
  return (
    <li>
      <p className={css.part}>
        {place === undefined ? (
          <span>{label}</span>
        ) : (
          <button type="button" data-look="link" onClick={() => go(place)}>
            {label}
          </button>
        )}
        <span>
          {three(measured)}
          {spread !== undefined && <small> ± {decimal(spread.toFixed(3))}</small>}
        </span>
      </p>
      {"why" in measured ? <p>{t`Not computable, because: ${measured.why}`}</p> : <Track beside={part} />}
      <p className={css.small}>
        {sentence}
        {"value" in holdout &&
          t` Holdout ${three(holdout)}, independent columns ${three(independent)}, copy ${three(copy)}.`}
      </p>
    </li>
  );
}
