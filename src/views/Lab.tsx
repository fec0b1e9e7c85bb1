import { Suspense } from "react";
import { AlertBar } from "./AlertBar.tsx";
import { TopBar } from "./bar/TopBar.tsx";
import { DropZone } from "./data/DropZone.tsx";
import { Experiment } from "./experiment/Experiment.tsx";
import { later } from "./kit/later.ts";
import css from "./Lab.module.css";
import { Results } from "./watch/Results.tsx";

/** There is nothing to show on it before a table is read, which takes longer than its code. */
const Stage = later(async () => (await import("./stage/Stage.tsx")).Stage);

const opening = (
  <main className={css.opening} id="stage" tabIndex={-1} aria-label="Stage">
    <p role="status">Starting…</p>
  </main>
);

/** The whole page. In reading order the stage comes first; wide screens put the experiment to its left. */
export function Lab() {
  return (
    <div className={css.lab}>
      <nav className={css.skip} aria-label="Skip to">
        {["stage", "experiment", "results"].map((place) => (
          <a key={place} href={`#${place}`}>
            <span>Skip to the </span>
            <b>{place}</b>
          </a>
        ))}
      </nav>
      <TopBar />
      <AlertBar />
      <Suspense fallback={opening}>
        <Stage />
      </Suspense>
      <Experiment />
      <Results />
      <DropZone />
    </div>
  );
}
