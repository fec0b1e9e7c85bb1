import { useEffect, useRef, useState } from "react";
import { t } from "../../language/words.ts";
import { course, isSet, lessonOf, stepAt } from "../../lessons/course.ts";
import { failures } from "../../lessons/gallery/failures.ts";
import { isReached } from "../../lessons/goal.ts";
import { placeKey } from "../../store/course.ts";
import { useActions, useLab, useLabStore } from "../context.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { Icon } from "../kit/Icon.tsx";
import { FailureWatch } from "./FailureWatch.tsx";
import { figuresOf, hasRun } from "./figures.ts";
import { Handout } from "./Handout.tsx";
import css from "./Learn.module.css";
import { PredictFirst } from "./PredictFirst.tsx";
import { Words } from "./Words.tsx";

/** Figures are looked at this often, ms: a person can't press faster than that. */
const everyMs = 500;

/** The step that is open: its words, what to predict and what to reach. */
export function LessonPanel() {
  const at = useLab((state) => state.course.at);
  const lesson = at && lessonOf(at.lesson);
  const failure = failures.find(({ id }) => id === at?.lesson);
  const step = at && stepAt(at);
  const key = at ? placeKey(at) : "";
  const reached = useLab((state) => state.course.reached.includes(key));
  const answer = useLab((state) => state.course.answers[key]);
  const set = useLab((state) => step === undefined || isSet(step, state.setup));
  const { study, setLab, reachGoal } = useActions();
  const store = useLabStore();
  const heading = useRef<HTMLHeadingElement>(null);
  const [ran, setRan] = useState(false);
  const [mendedAt, setMendedAt] = useState("");
  const mended = !set && mendedAt === key;
  useEffect(() => heading.current?.focus(), [key]);
  // Set again as the step has it, it is no longer mended.
  useEffect(() => {
    if (set) setMendedAt("");
  }, [set]);
  useEffect(() => {
    const look = (): void => {
      const state = store.getState();
      // What was run with other settings says nothing of this step.
      const started = state.training.startedFrom;
      const own = step !== undefined && isSet(step, state.setup) && (!started || isSet(step, started));
      setRan(own && hasRun(state));
      if (own && step.goal && isReached(step.goal, figuresOf(state), state.phase === "finished")) reachGoal();
    };
    look();
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [key, step, store, reachGoal]);
  if (lesson === undefined || step === undefined) return null;

  const place = lesson.steps.indexOf(step);
  const go = (to: number) => () => study({ lesson: lesson.id, step: lesson.steps[to]!.id });
  const atEnd = place === lesson.steps.length - 1;
  const next = course[course.indexOf(lesson) + 1];
  return (
    <section className={css.lesson} id="lesson" data-lesson={key} aria-labelledby="lesson-heading">
      <div className={css.head}>
        <h2 id="lesson-heading" ref={heading} tabIndex={-1}>
          {lesson.title}
        </h2>
        <button
          type="button"
          data-look="quiet"
          aria-label={t`Close the lesson`}
          onClick={() => study(undefined)}
        >
          <Icon name="close" />
        </button>
      </div>
      <p className={css.quiet}>
        {failure ? t`What goes wrong` : t`Step ${place + 1} of ${lesson.steps.length}`}
      </p>
      <h3>{step.title}</h3>
      {step.text.map((text) => (
        <p key={text}>
          <Words text={text} />
        </p>
      ))}
      {set ? (
        <p className={css.quiet}>{t`The lab is set for this step. Nothing runs until you start it.`}</p>
      ) : mended ? (
        <p className={css.quiet}>{t`Well done: you have changed what was wrong here.`}</p>
      ) : (
        <p className={css.quiet}>
          {t`The lab is not as this step has it. `}
          <button type="button" data-look="link" onClick={() => setLab()}>{t`Set the lab`}</button>
        </p>
      )}
      <a className={css.toStage} href="#stage">{t`See it on the stage`}</a>
      {failure && (
        <FailureWatch
          key={lesson.id}
          failure={failure}
          set={set}
          worse={step.id === "worse"}
          onMend={() => setMendedAt(key)}
        />
      )}
      {step.predict && <PredictFirst key={key} prediction={step.predict} answer={answer} ran={ran} />}
      {step.goal && (
        <p className={css.goal} data-reached={reached}>
          <span aria-hidden="true">{reached ? "✓" : "○"}</span>
          <span>
            <b>{t`Goal:`}</b> {step.goal.words}
            <span className={css.quiet}>{t` (within about ${step.goal.withinSeconds} s)`}</span>
          </span>
        </p>
      )}
      {step.goal && (
        <p role="status" className={reached ? undefined : "visuallyHidden"}>
          {reached ? t`Goal reached.` : ""}
        </p>
      )}
      {step.note && (
        <details>
          <summary>{t`Why?`}</summary>
          <p>
            <Words text={step.note.text} />{" "}
            <a href={step.note.source.url} target="_blank" rel="noreferrer">
              {step.note.source.title}
            </a>
          </p>
        </details>
      )}
      {(failure || atEnd) && (
        <ul aria-label={t`Sources`} className={css.quiet}>
          {lesson.sources.map(({ title, url }) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer">
                {title}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className={css.ways}>
        {!failure && (
          <>
            <button type="button" disabled={place === 0} onClick={go(place - 1)}>{t`Back`}</button>
            {!atEnd && (
              <button
                type="button"
                data-look={reached ? "primary" : undefined}
                onClick={go(place + 1)}
              >{t`Next`}</button>
            )}
            {atEnd && next && (
              <button
                type="button"
                data-look={reached ? "primary" : undefined}
                title={next.title}
                onClick={() => study({ lesson: next.id, step: next.steps[0]!.id })}
              >{t`Next lesson`}</button>
            )}
          </>
        )}
        <CopyButton
          look="link"
          text={`${location.origin}${location.pathname}#v=1&lesson=${key}`}
        >{t`Copy link to this step`}</CopyButton>
        <button
          type="button"
          data-look="link"
          title={t`A handout of the whole lesson`}
          onClick={() => print()}
        >{t`Print`}</button>
      </div>
      <Handout lesson={lesson} />
    </section>
  );
}
