import { Suspense } from "react";
import type { Scene, StageView } from "../../protocol/analysis.ts";
import { useLab } from "../context.ts";
import type { Role } from "../kit/Icon.tsx";
import { percent } from "../kit/format.ts";
import { later } from "../kit/later.ts";
import { PointsView } from "./PointsView.tsx";
import css from "./Stage.module.css";
import { sceneOf } from "./views.ts";

const ColumnsView = later(async () => (await import("./ColumnsView.tsx")).ColumnsView);
const ImagesView = later(async () => (await import("./ImagesView.tsx")).ImagesView);
const RowsView = later(async () => (await import("./RowsView.tsx")).RowsView);

const preparing = <p>Preparing this view…</p>;

/** The open view, or what it is waiting for. */
export function StageBody({ view, shown }: { readonly view: StageView; readonly shown: ReadonlySet<Role> }) {
  const scene = useLab((state) => sceneOf(state, view));
  const fitting = useLab((state) => (view === "umap" ? state.stage.fitting : undefined));
  if (!scene)
    return (
      <div className={css.empty}>
        {fitting === undefined ? (
          preparing
        ) : (
          <>
            <p>Fitting UMAP to the real rows: {percent(Math.round(fitting * 100) / 100)}</p>
            <progress value={fitting} max={1} aria-label="Fitting UMAP" />
            <p className={css.aside}>Fitted once, then kept: later motion is the model, not the map.</p>
          </>
        )}
      </div>
    );
  return <Suspense fallback={<div className={css.empty}>{preparing}</div>}>{drawn(scene, shown)}</Suspense>;
}

function drawn(scene: Scene, shown: ReadonlySet<Role>) {
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
