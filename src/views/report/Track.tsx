import { t } from "../../language/words.ts";
import type { Beside } from "../../protocol/report.ts";
import { valueOf, type Measured } from "./figure.ts";
import css from "./Track.module.css";

const at = (value: number): string => `${100 * Math.min(1, Math.max(0, value))}%`;

/** A line from 0 to 1 with the figure on it, its spread, and the marks of its references. For the eye alone: the figures stand beside it. */
export function Track({ beside }: { readonly beside: Beside }) {
  const { measured, spread = 0, holdout, independent, copy } = beside;
  const value = valueOf(measured);
  return (
    <span className={css.track} aria-hidden="true">
      <i className={css.rail} />
      {!Number.isNaN(value) && (
        <>
          <i className={css.fill} style={{ width: at(value) }} />
          <i
            className={css.spread}
            style={{ left: at(value - 2 * spread), right: at(1 - Math.min(1, value + 2 * spread)) }}
          />
        </>
      )}
      <Mark of={independent} look={css.independent} />
      <Mark of={copy} look={css.copy} />
      <Mark of={holdout} look={css.holdout} />
    </span>
  );
}

function Mark({ of, look }: { readonly of: Measured; readonly look: string | undefined }) {
  return "value" in of ? <i className={look} style={{ left: at(of.value) }} /> : null;
}

/** What the marks mean. */
export function TrackLegend() {
  return (
    <ul className={css.legend} aria-label={t`Legend`}>
      <li>
        <span className={css.track}>
          <i className={css.fill} style={{ width: "100%" }} />
        </span>
        {t`synthetic rows, ± 2 standard deviations`}
      </li>
      <li>
        <span className={css.track}>
          <i className={css.holdout} style={{ left: "50%" }} />
        </span>
        {t`real holdout`}
      </li>
      <li>
        <span className={css.track}>
          <i className={css.independent} style={{ left: "50%" }} />
        </span>
        {t`independent columns`}
      </li>
      <li>
        <span className={css.track}>
          <i className={css.copy} style={{ left: "50%" }} />
        </span>
        {t`copy`}
      </li>
    </ul>
  );
}

/** An error from 0, against the largest of its list, with the holdout's mark. */
export function ErrorBar({
  error,
  holdout,
  most,
}: {
  readonly error: Measured;
  readonly holdout: Measured;
  readonly most: number;
}) {
  return (
    <span className={css.bar} aria-hidden="true">
      {"value" in error && <i style={{ width: at(error.value / most) }} />}
      {"value" in holdout && <u style={{ left: at(holdout.value / most) }} />}
    </span>
  );
}

/** The largest error of a list, for `ErrorBar`. */
export const largest = (
  all: readonly { readonly error: Measured; readonly holdout: Measured }[],
): number =>
  Math.max(0.05, ...all.flatMap(({ error, holdout }) => [valueOf(error), valueOf(holdout)]).filter((n) => !Number.isNaN(n))); // prettier-ignore
