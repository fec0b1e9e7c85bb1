import { useEffect, useRef } from "react";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { percent } from "../kit/format.ts";
import { AskExperiment } from "./AskExperiment.tsx";
import { Cases } from "./Cases.tsx";
import css from "./Helps.module.css";
import { Outcome } from "./Outcome.tsx";
import { Shifts } from "./Shifts.tsx";

/** Whether synthetic rows help what learns from them: a question, a wait that can be ended, a verdict. */
export function HelpsView() {
  const status = useLab((state) => state.experiment.status);
  const card = useLab((state) => state.experiment.card);
  const data = useLab((state) => state.data.prepared?.data);
  const held = useLab((state) => state.data.prepared?.holdoutRows ?? 0);
  const region = useRef<HTMLDivElement>(null);
  const before = useRef(status);
  // The button that was pressed goes, and what it did stands here.
  useEffect(() => {
    if (before.current !== status && document.activeElement === document.body) region.current?.focus();
    before.current = status;
  }, [status]);
  return (
    <div ref={region} className={css.view} tabIndex={0} role="region" aria-label={t`Does it help?`}>
      {status === "working" ? <Working /> : <AskExperiment key={data} />}
      {held === 0 && (
        <p
          className={css.quiet}
        >{t`No rows are held out, so there is nothing to test on. Hold some out under Data, Advanced.`}</p>
      )}
      {card === undefined ? (
        <>
          <p
            className={css.quiet}
          >{t`With each seed, models learn from the same few real rows alone, from synthetic rows made from just these, and from both, and all are tested on the same held-out rows. A gain or harm counts where it is beyond the chance of seeds and of test rows.`}</p>
          {status === "idle" && <Cases />}
        </>
      ) : (
        <article className={css.card} aria-label={t`Verdict`}>
          <Outcome card={card} />
          <Shifts key={card.seconds} />
          <section className={css.notes} aria-label={t`What to know`}>
            <ul>
              {card.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </section>
          {status === "idle" && <Cases />}
        </article>
      )}
    </div>
  );
}

function Working() {
  const { share, doing } = useLab((state) => state.experiment);
  const { cancelExperiment } = useActions();
  return (
    <section className={css.working} aria-label={t`Trying`}>
      <p>
        {doing}… {percent(Math.round(100 * share) / 100)}
      </p>
      <progress value={share} max={1} aria-label={t`Trying`} />
      <button type="button" onClick={cancelExperiment}>{t`Cancel`}</button>
    </section>
  );
}
