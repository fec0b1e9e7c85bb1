import { useId } from "react";
import { fewestHeldOut } from "../../catalog/holdout.ts";
import { modelCard } from "../../catalog/models.ts";
import { count, decimal, plural, t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./HoldoutPanel.module.css";
import panel from "./Results.module.css";
import { sparkline } from "./sparkline.ts";

const pickScores = (state: LabState) => state.training.scores;
const pickStep = (state: LabState) => state.training.step;
const [width, height] = [280, 44];

/** How near the model's rows are to rows that it never saw, and the way back to where they were nearest. */
export function HoldoutPanel() {
  const scores = useLabSlowly(pickScores, 500);
  const step = useLabSlowly(pickStep, 500);
  const best = useLab((state) => state.training.best);
  const held = useLab((state) => state.data.prepared?.holdoutRows ?? 0);
  const instant = useLab((state) => modelCard((state.training.startedFrom ?? state.setup).model).instant);
  const stopEarly = useLab((state) => state.stopEarly);
  const { goBack, setStopEarly } = useActions();
  const id = useId();
  if (instant) return null;
  const last = scores.at(-1);

  return (
    <section className={panel.section} aria-labelledby={`${id}heading`}>
      <h2 id={`${id}heading`}>{t`Against held-out rows`}</h2>
      {last === undefined ? (
        <p className={panel.quiet}>
          {held === 0
            ? t`No rows are held out, so nothing unseen can tell how good the model is. Hold some out under Data, Advanced.`
            : held < fewestHeldOut
              ? t`${plural(held, "row")} held out can't tell progress from chance: it takes ${fewestHeldOut}. Hold more out under Data, Advanced.`
              : t`How far the synthetic rows are from rows that the model never sees, once there are some of both.`}
        </p>
      ) : (
        <>
          <p className={css.figures}>
            <span
              title={t`Energy distance between synthetic and held-out rows: about 0 where they are alike, at most 1`}
            >
              {t`Distance `}
              <b>{figure(last.distance)}</b>
            </span>
            {best && (
              <span title={t`By the median of three looks: the nearest of all single ones may be luck`}>
                {t`best at step ${count(best.step)}`}
              </span>
            )}
          </p>
          <svg
            className={css.line}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t`Distance to held-out rows over ${count(scores.length)} looks, now ${figure(last.distance)}`}
          >
            <path d={sparkline(scores, width, height)} vectorEffect="non-scaling-stroke" />
          </svg>
          <div className={css.way}>
            <button
              type="button"
              disabled={best === undefined || best.step === step}
              onClick={() => goBack()}
            >
              {best === undefined ? t`Go back to the best` : t`Go back to step ${count(best.step)}`}
            </button>
            <label>
              <input
                type="checkbox"
                checked={stopEarly}
                onChange={(event) => setStopEarly(event.target.checked)}
              />
              {t`Stop when it gets no better`}
            </label>
          </div>
        </>
      )}
    </section>
  );
}

/** Chance makes it a little more or less than nothing where rows are as near as real ones. */
const figure = (distance: number): string => decimal(Math.max(0, distance).toFixed(3));
