import { t } from "../../language/words.ts";
import type { StageView } from "../../protocol/analysis.ts";
import { useLab } from "../context.ts";
import type { Role } from "../kit/Icon.tsx";
import { percent } from "../kit/format.ts";
import { later } from "../kit/later.tsx";
import { ColumnsView } from "./ColumnsView.tsx";
import { ImagesView } from "./ImagesView.tsx";
import { PointsView } from "./PointsView.tsx";
import { RowsView } from "./RowsView.tsx";
import css from "./Stage.module.css";
import { sceneOf } from "./views.ts";

/** Fetched when they are first looked at. */
const ReportView = later(
  async () => (await import("../report/ReportView.tsx")).ReportView,
  <div className={css.empty}>
    <p>{t`Preparing this view…`}</p>
  </div>,
);

const HelpsView = later(
  async () => (await import("../helps/HelpsView.tsx")).HelpsView,
  <div className={css.empty}>
    <p>{t`Preparing this view…`}</p>
  </div>,
);

const InsideView = later(
  async () => (await import("../inside/InsideView.tsx")).InsideView,
  <div className={css.empty}>
    <p>{t`Preparing this view…`}</p>
  </div>,
);

/** The open view, or what it is waiting for. */
export function StageBody({ view, shown }: { readonly view: StageView; readonly shown: ReadonlySet<Role> }) {
  const scene = useLab((state) => sceneOf(state, view));
  const fitting = useLab((state) => (view === "umap" ? state.stage.fitting : undefined));
  if (view === "inside") return <InsideView />;
  if (view === "quality") return <ReportView />;
  if (view === "helps") return <HelpsView />;
  if (!scene)
    return (
      <div className={css.empty}>
        {fitting === undefined ? (
          <p>{t`Preparing this view…`}</p>
        ) : (
          <>
            <p>{t`Fitting UMAP to the real rows: ${percent(Math.round(fitting * 100) / 100)}`}</p>
            <progress value={fitting} max={1} aria-label={t`Fitting UMAP`} />
            <p className={css.aside}>{t`Fitted once, then kept: later motion is the model, not the map.`}</p>
          </>
        )}
      </div>
    );
  switch (scene.view) {
    case "columns":
      return <ColumnsView scene={scene} />;
    case "images":
      return <ImagesView scene={scene} />;
    case "rows":
      return <RowsView scene={scene} />;
    case "plane":
    case "pca":
    case "umap":
    case "pair":
      return <PointsView scene={scene} shown={shown} />;
    default:
      scene satisfies never;
      return null;
  }
}
