/**
 * The course on the page: opening a step sets the lab and trains nothing. The
 * lessons are words for the most part, so they come when one is first opened.
 */
import { dataSeed } from "../catalog/datasets.ts";
import { t } from "../language/words.ts";
import { writeLink, type Opened } from "../share/link.ts";
import type { Actions } from "../store/actions.ts";
import { placeKey, standsAs, type LessonPlace } from "../store/course.ts";
import { setupFor } from "../store/setup.ts";
import type { Desk } from "./desk.ts";
import type { Tables } from "./tables.ts";

export type Course = Pick<Actions, "study" | "setLab" | "setBack" | "predict" | "reachGoal" | "leaveTask">;

const lessons = () => import("../lessons/course.ts");
const unloadable = t`The lessons could not be loaded. Reload the page to try again.`;
const unknown = ({ lesson, step }: LessonPlace): string =>
  t`There is no step “${step}” of a lesson “${lesson}”. “Learn” lists the lessons there are.`;

export function openCourse(
  { get, patch, setup, choose }: Desk,
  tables: Pick<Tables, "open" | "lookAt">,
): Course {
  const change = (to: Partial<ReturnType<typeof get>["course"]>): void =>
    patch({ course: { ...get().course, ...to } });

  async function arrange(place: LessonPlace): Promise<void> {
    const found = await lessons().catch(() => undefined);
    // A later press counts.
    if (get().course.at !== place) return;
    const step = found?.stepAt(place);
    if (step === undefined) {
      const message = found === undefined ? unloadable : unknown(place);
      change({ at: undefined });
      return patch({ alert: { message, detail: "" } });
    }
    const wanted = found!.setupOf(step);
    if (found!.isSet(step, setup())) {
      // What has been trained is what this step is about.
      choose({ view: wanted.view });
      return tables.lookAt();
    }
    const dataset = wanted.dataset === "own" ? "birds" : wanted.dataset;
    tables.open(
      { kind: "builtin", id: dataset, seed: dataSeed },
      { ...wanted, dataset, speed: speedFor(wanted.speed) },
    );
  }

  /** A step that needs time slows the lab down; the next one finds it as fast as the person had it. */
  let slowed: { readonly to: number; readonly from: number } | undefined;
  function speedFor(wanted: number): number {
    const now = setup().speed;
    const own = slowed?.to === now ? slowed.from : now;
    slowed = Number.isFinite(wanted) ? { to: wanted, from: own } : undefined;
    return slowed ? wanted : own;
  }

  return {
    study: (place) => {
      const { at, before, left } = get().course;
      const now = setup();
      if (at === undefined && place !== undefined && !(left && standsAs(left, now)))
        change({ before: now.dataset === "own" ? undefined : now });
      const closes = place === undefined && now.dataset !== "own" && before?.settings !== now.settings;
      change({ at: place, left: closes ? now : undefined });
      // A person's own table can't be fetched again: only they close it.
      if (place !== undefined && setup().dataset !== "own") void arrange(place);
    },
    setLab: () => {
      const { at } = get().course;
      if (at !== undefined) void arrange(at);
    },
    setBack: (wanted) => {
      const { before = setupFor("birds") } = get().course;
      change({ before: undefined, left: undefined });
      slowed = undefined;
      if (wanted && before.dataset !== "own")
        tables.open({ kind: "builtin", id: before.dataset, seed: dataSeed }, { ...before, weights: "fresh" });
    },
    predict: (option) => {
      const { at, answers } = get().course;
      if (at !== undefined) change({ answers: { ...answers, [placeKey(at)]: option } });
    },
    leaveTask: () => change({ task: undefined }),
    reachGoal: () => {
      const { at, reached } = get().course;
      if (at !== undefined && !reached.includes(placeKey(at)))
        change({ reached: [...reached, placeKey(at)] });
    },
  };
}

/** A link that opens a step: one that names nothing else means the lab as the step sets it. */
export async function withLesson(opened: Opened): Promise<Opened> {
  const { lesson: place, ...lab } = opened;
  if (place === undefined) return lab;
  const found = await lessons().catch(() => undefined);
  const step = found?.stepAt(place);
  if (step === undefined)
    return { ...lab, faults: [found === undefined ? unloadable : unknown(place), ...lab.faults] };
  const bare = writeLink(opened.setup) === writeLink(setupFor("birds"));
  return { ...opened, setup: bare ? found!.setupOf(step) : opened.setup };
}
