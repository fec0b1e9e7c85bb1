import { count, t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { RoleMark } from "../kit/Icon.tsx";
import { percent } from "../kit/format.ts";
import { three, two } from "../report/figure.ts";
import { Track } from "../report/Track.tsx";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./DialsPanel.module.css";
import panel from "./Results.module.css";

const pick = (state: LabState) => state.training.dials;
const nothing = { why: "" };

/** Cheap figures while the model learns, and the way to the full report. */
export function DialsPanel() {
  const dials = useLabSlowly(pick, 500);
  const judged = useLab((state) => state.data.prepared?.views.includes("quality") ?? false);
  const card = useLab((state) => state.report.card);
  const made = card?.made;
  const earlier = useLab(
    ({ report: { of, status }, training: { run } }) => status === "idle" && of?.run !== run,
  );
  const looking = useLab((state) => state.stage.moment !== undefined);
  const working = useLab((state) => (state.report.status === "working" ? state.report.share : undefined));
  const { setView } = useActions();
  if (!judged) return null;
  return (
    <section className={panel.section} aria-labelledby="quality-heading">
      <div className={panel.head}>
        <h2 id="quality-heading">{t`Quality`}</h2>
        <button type="button" data-look="link" onClick={() => setView("quality")}>
          {working !== undefined
            ? t`Report: ${percent(Math.round(100 * working) / 100)}`
            : card === undefined
              ? t`Full report`
              : t`Open the report`}
        </button>
      </div>
      {made !== undefined && (
        <p className={css.of}>{earlier ? t`Report of an earlier run: ${made}` : t`Report: ${made}`}</p>
      )}
      {card !== undefined && (
        <ul className={css.axes}>
          {card.axes.map(({ name, label, measured, standing }) => (
            <li key={name} data-standing={standing}>
              <span>{label}</span> <b>{two(measured)}</b>
            </li>
          ))}
        </ul>
      )}
      {dials === undefined ? (
        card === undefined && (
          <p
            className={panel.quiet}
          >{t`How like real rows the newest ones are, beside as many held-out rows, once there are rows.`}</p>
        )
      ) : (
        <>
          {(card !== undefined || looking) && (
            <p className={css.of}>{dials.step === 0 ? t`Now` : t`Now, step ${count(dials.step)}`}</p>
          )}
          <ul className={css.dials}>
            {dials.look.dials.map(({ name, label, sentence, measured, holdout }) => (
              <li key={name} title={sentence}>
                <span>{label}</span>
                <Track beside={{ measured, holdout, independent: nothing, copy: nothing }} />
                <span>
                  <span className="visuallyHidden">{t`synthetic `}</span>
                  {"why" in measured ? "–" : three(measured)}
                  <span className="visuallyHidden">{t`, holdout ${three(holdout)}`}</span>
                </span>
              </li>
            ))}
          </ul>
          <p className={`${css.of} ${css.mark}`}>
            <RoleMark role="holdout" />
            {t`as many held-out rows, by the same measure`}
          </p>
        </>
      )}
    </section>
  );
}
