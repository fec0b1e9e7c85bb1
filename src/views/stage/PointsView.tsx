import { useMemo } from "react";
import { count, t } from "../../language/words.ts";
import { pointsOf, type Look } from "../../store/replay.ts";
import type { Rings } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { percent } from "../kit/format.ts";
import type { Role } from "../kit/Icon.tsx";
import { ScatterCanvas } from "../kit/ScatterCanvas.tsx";
import { Moments, useMoments } from "./Moments.tsx";
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
  const looks = useMoments(view);
  if (looks.length === 0)
    return (
      <div className={css.plot}>
        <Cloud scene={scene} shown={shown} seen={frame} rings={rings} />
      </div>
    );
  return <Moments looks={looks}>{(look) => <PastCloud scene={scene} shown={shown} look={look} />}</Moments>;
}

interface Seen {
  readonly step: number;
  readonly points: Float32Array;
}

function PastCloud({
  scene,
  shown,
  look: { step, cloud },
}: {
  readonly scene: PointScene;
  readonly shown: ReadonlySet<Role>;
  readonly look: Look;
}) {
  const seen = useMemo(() => cloud && { step, points: pointsOf(cloud) }, [step, cloud]);
  return (
    <div className={css.plot}>
      <Cloud scene={scene} shown={shown} seen={seen} rings={undefined} />
    </div>
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
  plane: t`Points in the plane`,
  pca: t`Principal components`,
  umap: "UMAP",
  pair: t`Two columns`,
};

function ringed(rings: Rings | undefined): string {
  if (!rings) return "";
  const [real, synthetic] = [rings.real.length / 2, rings.synthetic.length];
  return t` ${count(real)} real${synthetic > 0 ? t` and ${count(synthetic)} synthetic` : ""} rows are ringed.`;
}

/** The picture in one sentence, for those who do not see it. */
function describe(view: PointView, scene: PointScene, frame: Seen | undefined): string {
  const axes = [scene.x, scene.y]
    .map((axis) =>
      axis.variance === undefined ? axis.label : t`${axis.label} (${percent(axis.variance)} of variance)`,
    )
    .join(t` against `);
  const real = t`${count(scene.real.length / 2)} real rows`;
  const synthetic = frame
    ? t`, and ${count(frame.points.length / 2)} synthetic rows at step ${count(frame.step)}`
    : t`; no synthetic rows yet`;
  const source = scene.source ? t`, ${count(scene.source.length / 2)} rows of the source table` : "";
  return `${titles[view]}, ${axes}: ${real}${source}${synthetic}.`;
}
