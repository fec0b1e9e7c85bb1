import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import { writeCode } from "../../share/resultCode.ts";
import { goalWords, isDone, type Task } from "../../store/task.ts";
import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { short } from "../kit/format.ts";
import { figuresOf } from "../learn/figures.ts";
import css from "./Task.module.css";

/** What the teacher asks, how far this run is, and the code to hand in. */
export function TaskPanel() {
  const task = useLab((state) => state.course.task);
  const { leaveTask } = useActions();
  if (task === undefined) return null;
  return (
    <section className={css.task} aria-labelledby="task-heading">
      <h2 id="task-heading">{t`Task`}</h2>
      <p>{goalWords(task)}</p>
      <Progress task={task} />
      <p>
        <button type="button" data-look="link" onClick={leaveTask}>{t`Leave the task`}</button>
      </p>
    </section>
  );
}

function Progress({ task }: { readonly task: Task }) {
  const value = useLab((state) => figuresOf(state)[task.figure]);
  const done = value !== undefined && isDone(task, value);
  const finished = useLab((state) => state.phase === "finished" && state.training.startedFrom !== undefined);
  return (
    <>
      <p className={css.now} data-done={done}>
        <span aria-hidden="true">{done ? "✓" : "○"}</span>
        <span>{value === undefined ? t`Train to see where you are.` : t`Now ${short(value)}`}</span>
      </p>
      <p role="status" className={done && finished ? undefined : "visuallyHidden"}>
        {done && finished ? t`Goal reached.` : ""}
      </p>
      {finished && value !== undefined && <Code task={task} value={value} />}
    </>
  );
}

const pickTraining = ({ training }: LabState) => training;

/** The code of the run that is finished. */
function Code({ task: { figure }, value }: { readonly task: Task; readonly value: number }) {
  const { startedFrom: setup, step, elapsed } = useLab(pickTraining);
  const [code, setCode] = useState("");
  useEffect(() => {
    if (setup === undefined) return undefined;
    let wanted = true;
    void writeCode({ setup, figure, value, step, elapsed }).then((text) => {
      if (wanted) setCode(text);
    });
    return () => {
      wanted = false;
    };
  }, [setup, figure, value, step, elapsed]);
  return (
    <div className={css.code}>
      <label htmlFor="result-code">{t`Your result code`}</label>
      <textarea id="result-code" readOnly rows={3} value={code} onFocus={({ target }) => target.select()} />
      <CopyButton text={code}>{t`Copy the code`}</CopyButton>
      <p
        className={css.quiet}
      >{t`Hand it in. It holds your settings and this figure, no name and no row.`}</p>
    </div>
  );
}
