import { count, t } from "../../language/words.ts";
import type { RaceState } from "../../store/race.ts";
import { useLab } from "../context.ts";
import { scoreboard } from "./figures.ts";
import css from "./Race.module.css";

/** Figures by racer, differences to the baseline under them, and what held-out rows get. */
export function RaceTable({
  state,
  names,
  baseline,
}: {
  readonly state: RaceState;
  readonly names: readonly string[];
  readonly baseline: number;
}) {
  // Few of them fare worse by chance, so it is said how many there are.
  const held = useLab(({ data }) => data.prepared && Math.min(1_000, data.prepared.holdoutRows));
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Scoreboard of the race`}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visuallyHidden">{t`Figure`}</span>
            </th>
            {names.map((name, i) => (
              <th key={i} scope="col">
                {name}
                {i === baseline && <small>{t`baseline`}</small>}
              </th>
            ))}
            <th scope="col">
              {t`Held-out rows`}
              {held !== undefined && <small>{t`${count(held)} rows`}</small>}
            </th>
          </tr>
        </thead>
        <tbody>
          {scoreboard(state, baseline).map(({ label, help, cells, held }) => (
            <tr key={label}>
              <th scope="row" title={help}>
                {label}
              </th>
              {cells.map(({ text, spread, change, best }, i) => (
                <td key={i} data-best={best}>
                  {text}
                  {best && <span className="visuallyHidden">{t` (best)`}</span>}
                  {spread !== "" && <small>{spread}</small>}
                  {change !== "" && <small>{change}</small>}
                </td>
              ))}
              <td>{held}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
