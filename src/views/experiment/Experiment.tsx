import { t } from "../../language/words.ts";
import { useLab } from "../context.ts";
import { LanguageButton } from "../bar/LanguageButton.tsx";
import { LearnButton } from "../bar/LearnButton.tsx";
import { DataPanel } from "../data/DataPanel.tsx";
import { later } from "../kit/later.tsx";
import css from "./Experiment.module.css";
import { ModelPanel } from "./ModelPanel.tsx";
import { RunPanel } from "./RunPanel.tsx";

const LessonPanel = later(async () => (await import("../learn/LessonPanel.tsx")).LessonPanel);
const AfterLesson = later(async () => (await import("../learn/AfterLesson.tsx")).AfterLesson);
/** Last in a long column, where nobody looks first. */
const PresetList = later(async () => (await import("./PresetList.tsx")).PresetList);
const TaskPanel = later(async () => (await import("../task/TaskPanel.tsx")).TaskPanel);

/** What is learned, by what, and for how long. */
export function Experiment() {
  const task = useLab((state) => state.course.task);
  const studying = useLab((state) => state.course.at !== undefined);
  const left = useLab((state) => state.course.left !== undefined);
  return (
    <aside className={css.experiment} id="experiment" aria-label={t`Experiment`}>
      <div className={css.head}>
        <span className={css.learn}>
          <LearnButton />
        </span>
        <LanguageButton />
      </div>
      {task && <TaskPanel />}
      {studying && <LessonPanel />}
      {left && <AfterLesson />}
      <DataPanel />
      <ModelPanel />
      <RunPanel />
      {task === undefined && <PresetList />}
    </aside>
  );
}
