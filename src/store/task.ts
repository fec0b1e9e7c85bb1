/** What a teacher's link asks of a student: a figure to reach, and which controls stay as they are. */

import { t } from "../language/words.ts";

/** Figures that a run has of itself, and whether more is better. */
export const taskFigures = {
  distance: { words: t`Distance to held-out rows`, better: "less", start: 0.03 },
  shape: { words: t`Column shapes`, better: "more", start: 0.9 },
  trend: { words: t`Pairs of columns`, better: "more", start: 0.9 },
  told: { words: t`Not told apart`, better: "more", start: 0.7 },
  near: { words: t`No nearer to training rows`, better: "more", start: 0.9 },
  modes: { words: t`Clusters that are hit`, better: "more", start: 20 },
} as const;
export type TaskFigure = keyof typeof taskFigures;

/** Controls that can be fixed. */
export const taskParts = {
  data: t`Data`,
  model: t`Model`,
  settings: t`Settings`,
  budget: t`Steps`,
  seed: t`Seed`,
} as const;
export type TaskPart = keyof typeof taskParts;
/** Locked controls are seen and can't be changed; hidden ones are not seen. */
export type Fixed = "locked" | "hidden";

export interface Task {
  readonly figure: TaskFigure;
  /** At least or at most, as the figure has it. */
  readonly bound: number;
  readonly fixed: Readonly<Partial<Record<TaskPart, Fixed>>>;
}

export const isDone = ({ figure, bound }: Task, value: number): boolean =>
  taskFigures[figure].better === "less" ? value <= bound : value >= bound;

/** "Distance to held-out rows: 0.03 or less". */
export const goalWords = ({ figure, bound }: Pick<Task, "figure" | "bound">): string =>
  t`${taskFigures[figure].words}: ${bound} or ${t(taskFigures[figure].better)}`;
