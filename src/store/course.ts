/** Where a person is in the course, what they predicted and what they reached: of this visit only, for nothing is stored. */
import type { Task } from "./task.ts";

export interface LessonPlace {
  readonly lesson: string;
  readonly step: string;
}

export interface CourseState {
  /** The step that is open; undefined where no lesson is. */
  readonly at: LessonPlace | undefined;
  /** Options that were chosen, by `placeKey`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Steps whose goal was reached, by `placeKey`. */
  readonly reached: readonly string[];
  /** What a teacher's link asks; undefined where there was none, or it was left. */
  readonly task: Task | undefined;
}

export const noCourse: CourseState = { at: undefined, answers: {}, reached: [], task: undefined };

/** "gan.collapse": how links name a step as well. */
export const placeKey = ({ lesson, step }: LessonPlace): string => `${lesson}.${step}`;
