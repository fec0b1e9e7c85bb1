import { useMemo, useState } from "react";
import { count, t } from "../../language/words.ts";
import type { Frame, Scene } from "../../protocol/analysis.ts";
import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import { ColumnFigure } from "./ColumnFigure.tsx";
import css from "./ColumnsView.module.css";
import { Moments, useMoments } from "./Moments.tsx";

const pageful = 24;
const pick = (state: LabState) => state.stage.frames.columns;

/** Every column's real and synthetic shape; the worst stands first. Of a single column the time machine has moments. */
export function ColumnsView({ scene }: { readonly scene: ColumnsScene }) {
  const frame = useLabSlowly(pick, 400);
  const looks = useMoments("columns");
  if (looks.length === 0) return <Columns scene={scene} frame={frame} />;
  return (
    <Moments looks={looks}>
      {({ step, columns }) => <Columns scene={scene} frame={columns && { step, columns }} />}
    </Moments>
  );
}

type ColumnsScene = Extract<Scene, { view: "columns" }>;
type ColumnsFrame = Pick<Extract<Frame, { view: "columns" }>, "step" | "columns">;

function Columns({
  scene,
  frame,
}: {
  readonly scene: ColumnsScene;
  readonly frame: ColumnsFrame | undefined;
}) {
  const training = useLab((state) => state.phase === "training");
  const columns = useLab((state) => state.data.summary?.columns);
  const rows = useLab((state) => state.data.summary?.rows ?? 1);
  const [shown, setShown] = useState(pageful);
  const [large, setLarge] = useState<string>();

  // While the model trains the order is that of the last pause in reordering: charts that
  // swap places five times a second can't be read.
  const pace = training ? Math.floor((frame?.step ?? 0) / 200) : frame?.step;
  const order = useMemo(
    () =>
      scene.columns
        .map((_, i) => i)
        .sort((a, b) => (frame?.columns[b]?.distance ?? 0) - (frame?.columns[a]?.distance ?? 0)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- reordered at `pace`, not with every frame
    [scene, pace],
  );

  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Columns, worst first`}>
      <ul className={css.grid}>
        {order.slice(0, shown).map((i) => {
          const column = scene.columns[i]!;
          const described = columns?.find(({ name }) => name === column.name);
          return (
            <li key={column.name} data-large={large === column.name}>
              <ColumnFigure
                name={column.name}
                histogram={column.histogram}
                frame={frame?.columns[i]}
                dated={described?.type === "datetime"}
                realMissing={(described?.missing ?? 0) / Math.max(1, rows)}
                large={large === column.name}
                onToggle={() => setLarge(large === column.name ? undefined : column.name)}
              />
            </li>
          );
        })}
      </ul>
      {order.length > shown && (
        <button
          type="button"
          onClick={() => setShown(shown + pageful)}
        >{t`Show more columns (${count(order.length - shown)} left)`}</button>
      )}
    </div>
  );
}
