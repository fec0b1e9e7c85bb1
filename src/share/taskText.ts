/** A task in a setup link: `goal=distance_0.03&lock=data,seed&hide=settings`. */
import {
  taskFigures,
  taskParts,
  type Fixed,
  type Task,
  type TaskFigure,
  type TaskPart,
} from "../store/task.ts";

export function writeTask({ figure, bound, fixed }: Task, out: URLSearchParams): void {
  out.set("goal", `${figure}_${bound}`);
  for (const [key, how] of [
    ["lock", "locked"],
    ["hide", "hidden"],
  ] as const) {
    const parts = (Object.keys(taskParts) as TaskPart[]).filter((part) => fixed[part] === how);
    if (parts.length > 0) out.set(key, parts.join());
  }
}

/** Undefined where there is none, "damaged" where it is none that this page knows. */
export function readTask(params: URLSearchParams): Task | "damaged" | undefined {
  const goal = params.get("goal");
  if (goal === null) return undefined;
  const [, figure, bound] = /^([a-z]{1,12})_(-?\d{1,9}(?:\.\d{1,9})?(?:e-?\d{1,2})?)$/u.exec(goal) ?? [];
  if (figure === undefined || !Object.hasOwn(taskFigures, figure)) return "damaged";
  const fixed: Partial<Record<TaskPart, Fixed>> = {};
  for (const [key, how] of [
    ["lock", "locked"],
    ["hide", "hidden"],
  ] as const)
    for (const part of (params.get(key) ?? "").split(",").filter(Boolean)) {
      if (!Object.hasOwn(taskParts, part)) return "damaged";
      fixed[part as TaskPart] = how;
    }
  return { figure: figure as TaskFigure, bound: Number(bound), fixed };
}
