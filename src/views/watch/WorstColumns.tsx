import { decimal, t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./Results.module.css";

const most = 6;
/** Rows that change places more often can't be read. */
const everyMs = 2_000;
/** A column as far off as this fills its bar, unless another is further. */
const fullBar = 0.1;
const pick = (state: LabState) => state.stage.frames.columns;

/** Where the synthetic rows are furthest from the real ones. */
export function WorstColumns() {
  const scene = useLab((state) => state.stage.scenes.columns);
  const drawable = useLab((state) => state.data.prepared?.views.includes("columns") ?? false);
  const frame = useLabSlowly(pick, everyMs);
  const { setView } = useActions();
  if (!drawable) return null;
  const found = (scene?.columns ?? [])
    .flatMap((column, i) => {
      const distance = frame?.columns[i]?.distance;
      return distance === undefined ? [] : [{ name: column.name, distance }];
    })
    .sort((a, b) => b.distance - a.distance)
    .slice(0, most);

  const longest = Math.max(fullBar, found[0]?.distance ?? 0);

  return (
    <section className={css.section} aria-labelledby="worst-heading">
      <h2 id="worst-heading">{t`Worst columns first`}</h2>
      {found.length === 0 ? (
        <p
          className={css.quiet}
        >{t`How far each column is from the real one, from 0 to 1, once there are rows.`}</p>
      ) : (
        <>
          <p
            className={css.scale}
          >{t`A full bar is ${decimal(longest.toFixed(longest === fullBar ? 1 : 3))}, of 1 at most`}</p>
          <ol className={css.worst}>
            {found.map(({ name, distance }) => (
              <li key={name}>
                <button type="button" data-look="link" title={name} onClick={() => setView("columns")}>
                  <span>{name}</span>
                </button>
                <span className={css.gauge} aria-hidden="true">
                  <i style={{ width: `${(100 * distance) / longest}%` }} />
                </span>
                <span>{decimal(distance.toFixed(3))}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
