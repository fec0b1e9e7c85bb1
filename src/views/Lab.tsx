import { t } from "../language/words.ts";
import { AlertBar } from "./AlertBar.tsx";
import { TopBar } from "./bar/TopBar.tsx";
import { DropZone } from "./data/DropZone.tsx";
import { Experiment } from "./experiment/Experiment.tsx";
import { useLab } from "./context.ts";
import { later } from "./kit/later.tsx";
import css from "./Lab.module.css";
import { Stage } from "./stage/Stage.tsx";
import { Results } from "./watch/Results.tsx";

const ResumeBar = later(async () => (await import("./runs/ResumeBar.tsx")).ResumeBar);
const SpotDialog = later(async () => (await import("./spot/SpotDialog.tsx")).SpotDialog);
const Presentation = later(async () => (await import("./present/Presentation.tsx")).Presentation);

/** The whole page. In reading order the stage comes first; wide screens put the experiment to its left. */
export function Lab() {
  const presenting = useLab((state) => state.presenting);
  const unfinished = useLab((state) => state.runs.unfinished !== undefined);
  const spotting = useLab((state) => state.riddle !== undefined);
  const studying = useLab((state) => state.course.at !== undefined);
  if (presenting) return <Presentation />;
  const places = ["stage", ...(studying ? ["lesson"] : []), "experiment", "results"];
  return (
    <div className={css.lab}>
      <nav className={css.skip} aria-label={t`Skip to`}>
        {places.map((place) => (
          <a key={place} href={`#${place}`}>
            <span>{t`Skip to the `}</span>
            <b>{t(place)}</b>
          </a>
        ))}
      </nav>
      <TopBar />
      <AlertBar>{unfinished && <ResumeBar />}</AlertBar>
      <Stage />
      <Experiment />
      <Results />
      <DropZone />
      {spotting && <SpotDialog />}
    </div>
  );
}
