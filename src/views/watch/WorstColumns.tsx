import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./Results.module.css";

const most = 6;
/** Names that swap places twice a second can't be read: the order is looked at anew so often, ms, the figures sooner. */
const reorderMs = 4_000;
/** Where even the worst is nearer than this all are good, and their bars short. */
const near = 0.02;
const pick = (state: LabState) => state.stage.frames.columns;

/** Where the synthetic rows are furthest from the real ones. */
export function WorstColumns() {
  const scene = useLab((state) => state.stage.scenes.columns);
  const drawable = useLab((state) => state.data.prepared?.views.includes("columns") ?? false);
  const frame = useLabSlowly(pick, 500);
  const ranked = useLabSlowly(pick, reorderMs) ?? frame;
  const { setView } = useActions();
  if (!drawable) return null;
  const found = (scene?.columns ?? [])
    .flatMap((column, i) => {
      const distance = frame?.columns[i]?.distance;
      const rank = ranked?.columns[i]?.distance ?? distance;
      return distance === undefined ? [] : [{ name: column.name, distance, rank: rank! }];
    })
    .sort((a, b) => b.rank - a.rank)
    .slice(0, most);
  const longest = Math.max(near, ...found.map(({ distance }) => distance));

  return (
    <section className={css.section} aria-labelledby="worst-heading">
      <h2 id="worst-heading">Worst columns first</h2>
      {found.length === 0 ? (
        <p className={css.quiet}>
          How far each column is from the real one, from 0 to 1, once there are rows.
        </p>
      ) : (
        <ol className={css.worst}>
          {found.map(({ name, distance }) => (
            <li key={name}>
              <button type="button" data-look="link" title={name} onClick={() => setView("columns")}>
                <span>{name}</span>
              </button>
              <span className={css.gauge} aria-hidden="true">
                <i style={{ width: `${(100 * distance) / longest}%` }} />
              </span>
              <span>{distance.toFixed(3)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
