import type { ReactNode } from "react";
import { t } from "../../language/words.ts";
import { taskParts, type TaskPart } from "../../store/task.ts";
import { useLab } from "../context.ts";
import css from "./FixedPart.module.css";

/** Controls that a teacher's task may lock or hide. */
export function FixedPart({ part, children }: { readonly part: TaskPart; readonly children: ReactNode }) {
  const fixed = useLab((state) => state.course.task?.fixed[part]);
  if (fixed === undefined) return children;
  if (fixed === "hidden") return null;
  return (
    <fieldset disabled className={css.fixed}>
      <legend>{t`${taskParts[part]}: fixed by the task`}</legend>
      {children}
    </fieldset>
  );
}
