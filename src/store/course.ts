/** Where a person is in the course, what they predicted and what they reached: of this visit only, for nothing is stored. */
import type { Setup } from "./setup.ts";
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
  /** The lab before a lesson was opened; undefined where a link opened it, or there was a person's own table. */
  readonly before?: Setup | undefined;
  /** A lesson was closed, and how the lab was set then: the way back is open until it is set otherwise. */
  readonly left?: Setup | undefined;
  /** What a teacher's link asks; undefined where there was none, or it was left. */
  readonly task: Task | undefined;
}

export const noCourse: CourseState = { at: undefined, answers: {}, reached: [], task: undefined };

/** "gan.collapse": how links name a step as well. */
export const placeKey = ({ lesson, step }: LessonPlace): string => `${lesson}.${step}`;

/** Whether the lab is still what a closed lesson left. */
export const standsAs = (left: Setup, now: Setup): boolean =>
  left.dataset === now.dataset && left.model === now.model && left.budget === now.budget;
