import { t } from "../../language/words.ts";
import type { Frame, Scene, StageView } from "../../protocol/analysis.ts";
import type { LabState } from "../../store/state.ts";

export const viewNames: Record<StageView, string> = {
  plane: t`Shape`,
  pca: "PCA",
  umap: "UMAP",
  pair: t`Pair`,
  columns: t`Columns`,
  images: t`Images`,
  rows: t`Rows`,
  inside: t`Inside`,
  quality: t`Quality`,
  helps: t`Does it help?`,
};

/** The tab that is open: the chosen one where the data have it, else the first. */
export function openView(state: LabState): StageView | undefined {
  const views = state.data.prepared?.views ?? [];
  const { view } = state.setup;
  return view !== undefined && views.includes(view) ? view : views[0];
}

export type PointView = "plane" | "pca" | "umap" | "pair";
export type PointScene = Extract<Scene, { real: unknown }>;
export type PointFrame = Extract<Frame, { points: unknown }>;

export const isPointView = (view: StageView): view is PointView =>
  view === "plane" || view === "pca" || view === "umap" || view === "pair";

export const sceneOf = (state: LabState, view: StageView): Scene | undefined => state.stage.scenes[view];
export const frameOf = (state: LabState, view: StageView): Frame | undefined => state.stage.frames[view];
