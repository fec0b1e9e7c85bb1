import { createPortal } from "react-dom";
import { t } from "../../language/words.ts";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import css from "./Handout.module.css";
import { Words } from "./Words.tsx";

/** The open lesson on paper, all its steps: there when the page is printed, and only then. Answers stay in the lab. */
export function Handout({
  lesson: { id, title, about, minutes, steps, sources },
}: {
  readonly lesson: Lesson;
}) {
  const address = (step: Step): string =>
    `${location.origin}${location.pathname}#v=1&lesson=${id}.${step.id}`;
  return createPortal(
    <main className={css.handout} data-handout={id} aria-label={t`Handout: ${title}`}>
      <h1>{title}</h1>
      <p>{t`${about} About ${minutes} minutes. Each step’s link opens the lab as the step sets it.`}</p>
      {steps.map((step, i) => (
        <section key={step.id}>
          <h2>
            {i + 1}. {step.title}
          </h2>
          {step.text.map((text) => (
            <p key={text}>
              <Words text={text} />
            </p>
          ))}
          <p className={css.address}>{address(step)}</p>
          {step.predict && (
            <>
              <p>
                <b>{t`Predict first:`}</b> {step.predict.question}
              </p>
              <ul>
                {step.predict.options.map((option) => (
                  <li key={option}>
                    <span className={css.box} aria-hidden="true" /> {option}
                  </li>
                ))}
              </ul>
              <p className={css.line}>{t`What I saw:`}</p>
            </>
          )}
          {step.goal && (
            <p>
              <span className={css.box} aria-hidden="true" /> <b>{t`Goal:`}</b>
              {t` ${step.goal.words} (seed and seconds: `}
              <span className={css.blank} />)
            </p>
          )}
          {step.note && (
            <p>
              <b>{t`Why?`}</b> <Words text={step.note.text} /> {step.note.source.title},{" "}
              {step.note.source.url}
            </p>
          )}
        </section>
      ))}
      <section>
        <h2>{t`Sources`}</h2>
        {sources.map(({ title: name, url }) => (
          <p key={url}>
            {name}, {url}
          </p>
        ))}
      </section>
    </main>,
    document.body,
  );
}
