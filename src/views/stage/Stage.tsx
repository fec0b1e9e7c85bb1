import { useEffect } from "react";
import { t } from "../../language/words.ts";
import { useLab } from "../context.ts";
import { later } from "../kit/later.tsx";
import css from "./Stage.module.css";
import { StageFoot } from "./StageFoot.tsx";
import { openView } from "./views.ts";

const TimeMachine = later(async () => (await import("./TimeMachine.tsx")).TimeMachine);

/** Fetched while the first table is being prepared. */
const loadViews = async () => (await import("./Views.tsx")).Views;
const Views = later(loadViews, <Opening />);

/** Real rows and what the model makes of them, side by side or one over the other. */
export function Stage() {
  const view = useLab(openView);
  const views = useLab((state) => state.data.prepared?.views);
  useEffect(() => {
    // A failure is said where the views are shown.
    loadViews().catch(() => undefined);
  }, []);

  return (
    <main className={css.stage} id="stage" tabIndex={-1} aria-label={t`Stage`}>
      {view !== undefined && views !== undefined ? <Views view={view} views={views} /> : <Opening />}
      {view !== undefined && view !== "inside" && view !== "quality" && view !== "helps" && <TimeMachine />}
      <StageFoot />
    </main>
  );
}

/** Before there is anything to look at. */
function Opening() {
  const phase = useLab((state) => state.phase);
  const status = useLab((state) => state.data.status);
  const words =
    phase === "error"
      ? t`The lab could not start. The message above says why.`
      : status === "ready"
        ? t`Nothing to learn from yet: switch at least one column on under “Look at columns”.`
        : status === "reading"
          ? t`Reading the table…`
          : t`Preparing the first table…`;
  return (
    <div className={css.empty}>
      <p>{words}</p>
    </div>
  );
}
