import { course } from "../../lessons/course.ts";
import { failures } from "../../lessons/gallery/failures.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { placeKey } from "../../store/course.ts";
import { useActions, useLab } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import css from "./Learn.module.css";

/** The lessons there are, with what was reached on this visit. */
export function LearnDialog({
  onClose,
  onTeach,
}: {
  readonly onClose: () => void;
  /** Opens what teachers need, in its place. */
  readonly onTeach: () => void;
}) {
  return (
    <Dialog title="Learn" onClose={onClose}>
      <p className={css.quiet}>
        A lesson sets the lab and trains nothing by itself. What you reach is kept until the page is closed,
        and nowhere else.
      </p>
      <div className={css.contents}>
        <ol className={css.lessons} aria-label="Lessons">
          {course.map((lesson, i) => (
            <Entry key={lesson.id} place={i + 1} lesson={lesson} onClose={onClose} />
          ))}
        </ol>
        <h3>What goes wrong</h3>
        <p className={css.quiet}>
          Runs that fail, each with the detector that sees it, a remedy, and a way to make it worse.
        </p>
        <ul className={css.lessons} aria-label="What goes wrong">
          {failures.map((lesson) => (
            <Entry key={lesson.id} lesson={lesson} onClose={onClose} />
          ))}
        </ul>
        <p>
          <button type="button" data-look="link" onClick={onTeach}>
            For teachers: set a task, collect results
          </button>
        </p>
      </div>
    </Dialog>
  );
}

function Entry({
  place,
  lesson: { id, title, minutes, about, steps },
  onClose,
}: {
  /** In the course, from 1. */
  readonly place?: number;
  readonly lesson: Lesson;
  readonly onClose: () => void;
}) {
  const reached = useLab((state) => state.course.reached);
  const { study } = useActions();
  const goals = steps.filter(({ goal }) => goal);
  const done = goals.filter((step) => reached.includes(placeKey({ lesson: id, step: step.id })));
  return (
    <li>
      {place !== undefined && <span aria-hidden="true">{place}. </span>}
      <button
        type="button"
        data-look="link"
        onClick={() => {
          onClose();
          study({ lesson: id, step: steps[0]!.id });
        }}
      >
        {title}
      </button>
      <p className={css.quiet}>
        {minutes} minutes. {about}
        {done.length > 0 && ` ${done.length} of ${goals.length} goals reached.`}
      </p>
    </li>
  );
}
