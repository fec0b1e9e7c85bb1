import { course } from "../../lessons/course.ts";
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
  const reached = useLab((state) => state.course.reached);
  const { study } = useActions();
  return (
    <Dialog title="Learn" onClose={onClose}>
      <p className={css.quiet}>
        A lesson sets the lab and trains nothing by itself. What you reach is kept until the page is closed,
        and nowhere else.
      </p>
      <p>
        <button type="button" data-look="link" onClick={onTeach}>
          For teachers: set a task, collect results
        </button>
      </p>
      <ol className={css.lessons}>
        {course.map(({ id, title, minutes, about, steps }) => {
          const goals = steps.filter(({ goal }) => goal);
          const done = goals.filter((step) => reached.includes(placeKey({ lesson: id, step: step.id })));
          return (
            <li key={id}>
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
        })}
      </ol>
    </Dialog>
  );
}
