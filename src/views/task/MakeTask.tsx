import { useState } from "react";
import { t } from "../../language/words.ts";
import { writeLink } from "../../share/link.ts";
import {
  goalWords,
  taskFigures,
  taskParts,
  type Fixed,
  type Task,
  type TaskFigure,
  type TaskPart,
} from "../../store/task.ts";
import { useLab } from "../context.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import css from "./Task.module.css";

/** The lab as it stands, a goal, and what of it is fixed: as a link. */
export function MakeTask() {
  const setup = useLab((state) => state.setup);
  const [task, setTask] = useState<Task>({
    figure: "distance",
    bound: taskFigures.distance.start,
    fixed: { data: "locked", seed: "locked" },
  });
  const fix = (part: TaskPart, how: string): void => {
    const { [part]: _, ...others } = task.fixed;
    setTask({ ...task, fixed: how === "open" ? others : { ...others, [part]: how as Fixed } });
  };
  const link = `${location.origin}${location.pathname}#${writeLink(setup, undefined, task)}`;
  return (
    <section className={css.make} aria-labelledby="make-task">
      <h3 id="make-task">{t`Set a task`}</h3>
      <p className={css.quiet}>{t`The link opens the lab as it is set now, with a goal. ${goalWords(task)}.${
        setup.dataset === "own" && t` Your own table does not travel: students open the same file themselves.`
      }`}</p>
      <div className={css.fields}>
        <label>
          {t`Goal`}
          <select
            value={task.figure}
            onChange={({ target }) => {
              const figure = target.value as TaskFigure;
              setTask({ ...task, figure, bound: taskFigures[figure].start });
            }}
          >
            {Object.entries(taskFigures).map(([figure, { words }]) => (
              <option key={figure} value={figure}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          {taskFigures[task.figure].better === "less" ? t`At most` : t`At least`}
          <NumberBox
            min={0}
            max={1_000}
            value={task.bound}
            onCommit={(bound) => setTask({ ...task, bound })}
          />
        </label>
        {Object.entries(taskParts).map(([part, label]) => (
          <label key={part}>
            {label}
            <select
              value={task.fixed[part as TaskPart] ?? "open"}
              onChange={({ target }) => fix(part as TaskPart, target.value)}
            >
              <option value="open">{t`open`}</option>
              <option value="locked">{t`locked`}</option>
              <option value="hidden">{t`hidden`}</option>
            </select>
          </label>
        ))}
      </div>
      <p>
        <CopyButton look="primary" text={link}>{t`Copy the task’s link`}</CopyButton>
      </p>
    </section>
  );
}
