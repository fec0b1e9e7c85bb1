import { useMemo } from "react";
import type { StageView } from "../../protocol/analysis.ts";
import { placeOf, pointsOf, replayedView, type Look } from "../../store/replay.ts";
import type { LabState, Rings } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { count, percent } from "../kit/format.ts";
import type { Role } from "../kit/Icon.tsx";
import { ScatterCanvas } from "../kit/ScatterCanvas.tsx";
import css from "./Stage.module.css";
import { frameOf, type PointFrame, type PointScene, type PointView } from "./views.ts";

/** Points in the plane: the shape itself, a projection, or two columns. */
export function PointsView({
  scene,
  shown,
}: {
  readonly scene: PointScene;
  readonly shown: ReadonlySet<Role>;
}) {
  const { view } = scene;
  const frame = useLab((state) => frameOf(state, view) as PointFrame | undefined);
  const rings = useLab((state) => state.stage.rings[view]);
  const looks = useLab((state) => momentLooks(state, view), shallow);
  if (looks.length === 0)
    return (
      <div className={css.plot}>
        <Cloud scene={scene} shown={shown} seen={frame} rings={rings} />
      </div>
    );
  return (
    <div className={css.moments} data-many={looks.length}>
      {looks.map((look, i) => (
        <PastCloud key={i} scene={scene} shown={shown} look={look} name={looks.length > 1 ? "AB"[i]! : ""} />
      ))}
    </div>
  );
}

/** The looks that the time machine shows, the earlier one first; none where the stage shows what is. */
function momentLooks(state: LabState, view: StageView): readonly Look[] {
  const { moment } = state.stage;
  if (moment === undefined || view !== replayedView(state.data.prepared?.views ?? [])) return nothing;
  const { replay } = state.training;
  const steps = moment.against === undefined ? [moment.step] : [moment.against, moment.step];
  return steps.flatMap((step) => replay.looks[placeOf(replay, step)] ?? []);
}
const nothing: readonly Look[] = [];
const shallow = (a: readonly Look[], b: readonly Look[]): boolean =>
  a.length === b.length && a.every((look, i) => look === b[i]);

interface Seen {
  readonly step: number;
  readonly points: Float32Array;
}

function PastCloud({
  scene,
  shown,
  look,
  name,
}: {
  readonly scene: PointScene;
  readonly shown: ReadonlySet<Role>;
  readonly look: Look;
  readonly name: string;
}) {
  const seen = useMemo(() => ({ step: look.step, points: pointsOf(look) }), [look]);
  return (
    <figure className={css.moment}>
      {name !== "" && (
        <figcaption>
          <b>{name}</b> step {count(look.step)}
        </figcaption>
      )}
      <div className={css.plot}>
        <Cloud scene={scene} shown={shown} seen={seen} rings={undefined} />
      </div>
    </figure>
  );
}

function Cloud({
  scene,
  shown,
  seen,
  rings,
}: {
  readonly scene: PointScene;
  readonly shown: ReadonlySet<Role>;
  readonly seen: Seen | undefined;
  readonly rings: Rings | undefined;
}) {
  return (
    <ScatterCanvas
      x={scene.x}
      y={scene.y}
      real={scene.real}
      holdout={scene.holdout}
      source={scene.source}
      synthetic={seen?.points}
      rings={rings}
      shown={shown}
      equal={scene.view === "plane"}
      description={describe(scene.view, scene, seen) + ringed(rings)}
    />
  );
}

const titles: Record<PointView, string> = {
  plane: "Points in the plane",
  pca: "Principal components",
  umap: "UMAP",
  pair: "Two columns",
};

function ringed(rings: Rings | undefined): string {
  if (!rings) return "";
  const [real, synthetic] = [rings.real.length / 2, rings.synthetic.length];
  return ` ${count(real)} real${synthetic > 0 ? ` and ${count(synthetic)} synthetic` : ""} rows are ringed.`;
}

/** The picture in one sentence, for those who do not see it. */
function describe(view: PointView, scene: PointScene, frame: Seen | undefined): string {
  const axes = [scene.x, scene.y]
    .map((axis) =>
      axis.variance === undefined ? axis.label : `${axis.label} (${percent(axis.variance)} of variance)`,
    )
    .join(" against ");
  const real = `${count(scene.real.length / 2)} real rows`;
  const synthetic = frame
    ? `, and ${count(frame.points.length / 2)} synthetic rows at step ${count(frame.step)}`
    : "; no synthetic rows yet";
  const source = scene.source ? `, ${count(scene.source.length / 2)} rows of the source table` : "";
  return `${titles[view]}, ${axes}: ${real}${source}${synthetic}.`;
}
