import * as Tabs from "radix-ui/tabs";
import { useState } from "react";
import type { StageView } from "../../protocol/analysis.ts";
import { useActions, useLab } from "../context.ts";
import type { Role } from "../kit/Icon.tsx";
import { Legend } from "./Legend.tsx";
import { PairPicker } from "./PairPicker.tsx";
import css from "./Stage.module.css";
import { StageBody } from "./StageBody.tsx";
import { StageFoot } from "./StageFoot.tsx";
import { openView, viewNames } from "./views.ts";

/** Real rows and what the model makes of them, side by side or one over the other. */
export function Stage() {
  const view = useLab(openView);
  const views = useLab((state) => state.data.prepared?.views);
  const { setView } = useActions();
  const [shown, setShown] = useState<ReadonlySet<Role>>(() => new Set<Role>(["source", "real", "synthetic"]));

  return (
    <main className={css.stage} id="stage" tabIndex={-1} aria-label="Stage">
      {view !== undefined && views !== undefined ? (
        <Tabs.Root
          className={css.tabs}
          value={view}
          activationMode="automatic"
          onValueChange={(next) => setView(next as StageView)}
        >
          <div className={css.head}>
            <Tabs.List className={css.list} aria-label="Ways of looking">
              {views.map((name) => (
                <Tabs.Trigger key={name} value={name} className={css.tab}>
                  {viewNames[name]}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <Legend view={view} shown={shown} onChange={setShown} />
          </div>
          <Tabs.Content key={view} value={view} className={css.content}>
            {view === "pair" && <PairPicker />}
            <StageBody view={view} shown={shown} />
          </Tabs.Content>
        </Tabs.Root>
      ) : (
        <Opening />
      )}
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
      ? "The lab could not start. The message above says why."
      : status === "ready"
        ? "Nothing to learn from yet: switch at least one column on under “Look at columns”."
        : status === "reading"
          ? "Reading the table…"
          : "Preparing the first table…";
  return (
    <div className={css.empty}>
      <p>{words}</p>
    </div>
  );
}
