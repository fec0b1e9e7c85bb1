/** The course in its order, and what a step means for the lab. To add a lesson, add its file and a line here. */
import { readLink, writeLink, type Opened } from "../share/link.ts";
import { diffusion } from "./diffusion.ts";
import { failures } from "./gallery/failures.ts";
import { gan } from "./gan.ts";
import { generalise } from "./generalise.ts";
import type { Lesson, Step } from "./lesson.ts";
import { limits } from "./limits.ts";
import { quality } from "./quality.ts";
import { start } from "./start.ts";
import { tables } from "./tables.ts";
import { textbook } from "./textbook.ts";
import { trilemma } from "./trilemma.ts";
import { vae } from "./vae.ts";

export const course: readonly Lesson[] = [
  start,
  gan,
  vae,
  diffusion,
  trilemma,
  textbook,
  tables,
  generalise,
  quality,
  limits,
];

type Setup = Opened["setup"];

/** A lesson of the course or an entry of the failure gallery, or undefined where there is none of that id. */
export const lessonOf = (lesson: string): Lesson | undefined =>
  [...course, ...failures].find(({ id }) => id === lesson);

/** The step that a link names, or undefined where there is none. */
export function stepAt(place: { readonly lesson: string; readonly step: string }): Step | undefined {
  return lessonOf(place.lesson)?.steps.find(({ id }) => id === place.step);
}

/** What the lab is set to for a step. */
export const setupOf = ({ lab }: Step): Setup => readLink(lab === "" ? "" : `v=1&${lab}`).setup;

/** Whether the lab stands as a step wants it; what is looked at and how fast it runs don't count. */
export function isSet(step: Step, setup: Setup): boolean {
  const plain = (one: Setup): string =>
    writeLink({ ...one, view: undefined, pair: undefined, speed: Infinity });
  return plain(setupOf(step)) === plain(setup);
}
