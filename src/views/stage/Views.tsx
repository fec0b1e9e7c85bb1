import * as Tabs from "radix-ui/tabs";
import { useRef, useState } from "react";
import { t } from "../../language/words.ts";
import type { StageView } from "../../protocol/analysis.ts";
import { useActions } from "../context.ts";
import type { Role } from "../kit/Icon.tsx";
import { SavePicture } from "../kit/SavePicture.tsx";
import { TabList } from "../kit/TabList.tsx";
import { Tip } from "../kit/Tip.tsx";
import { Legend } from "./Legend.tsx";
import { PairPicker } from "./PairPicker.tsx";
import css from "./Stage.module.css";
import { StageBody } from "./StageBody.tsx";
import { isPointView, viewNames } from "./views.ts";

/** Maps that go by their short names. */
const whatIs = {
  pca: t`PCA, principal component analysis: the flat view of all columns at once in which the real rows lie furthest apart. Dots that are near each other are rows that are alike in most columns.`,
  umap: t`UMAP: a map that keeps rows near each other which are alike. How far apart its groups lie says little.`,
};

/** The ways of looking at the table, one of them open. */
export function Views({ view, views }: { readonly view: StageView; readonly views: readonly StageView[] }) {
  const { setView, askRiddle } = useActions();
  const content = useRef<HTMLDivElement>(null);
  const pictures = isPointView(view) || view === "images";
  const [shown, setShown] = useState<ReadonlySet<Role>>(() => new Set<Role>(["source", "real", "synthetic"]));
  return (
    <Tabs.Root
      className={css.tabs}
      data-view={view}
      value={view}
      activationMode="automatic"
      onValueChange={(next) => setView(next as StageView)}
    >
      <div className={css.head}>
        <TabList
          label={t`Ways of looking`}
          tabs={views.map((id) => ({ id, name: viewNames[id] }))}
          open={view}
        />
        <Legend view={view} shown={shown} onChange={setShown} />
        {(view === "rows" || view === "images") && (
          <button type="button" data-look="link" onClick={askRiddle}>{t`Spot the fake`}</button>
        )}
        {pictures && (
          <SavePicture
            key={view}
            of={content}
            name={`likeness-${view}`}
            {...(view === "images" && { formats: ["png"] })}
          />
        )}
      </div>
      <Tabs.Content key={view} value={view} className={css.content} ref={content}>
        {view === "pair" && <PairPicker />}
        <StageBody view={view} shown={shown} />
        {(view === "pca" || view === "umap") && (
          <span className={css.asked}>
            <Tip label={t`What is ${viewNames[view]}?`} words={whatIs[view]} align="end">
              <span className={css.ask}>?</span>
            </Tip>
          </span>
        )}
      </Tabs.Content>
    </Tabs.Root>
  );
}
