import { DataPanel } from "../data/DataPanel.tsx";
import css from "./Experiment.module.css";
import { ModelPanel } from "./ModelPanel.tsx";
import { PresetList } from "./PresetList.tsx";
import { RunPanel } from "./RunPanel.tsx";

/** What is learned, by what, and for how long. */
export function Experiment() {
  return (
    <aside className={css.experiment} id="experiment" aria-label="Experiment">
      <DataPanel />
      <ModelPanel />
      <RunPanel />
      <PresetList />
    </aside>
  );
}
