import { useState } from "react";
import { decimal, t } from "../../language/words.ts";
import type { GroupsCard } from "../../protocol/report.ts";
import { percent } from "../kit/format.ts";
import { three } from "./figure.ts";
import css from "./Report.module.css";

/** How a column's groups fare: how frequent, how well drawn, and whom a model trained on these rows gets wrong. */
export function Groups({ groups }: { readonly groups: readonly GroupsCard[] }) {
  const [chosen, choose] = useState(groups[0]?.column);
  const shown = groups.find(({ column }) => column === chosen) ?? groups[0];
  if (shown === undefined) return null;
  const { odds } = shown;
  return (
    <>
      <p
        className={css.lead}
      >{t`Averages hide what happens to a few rows: each group's share, how far its columns are off, and how often boosted trees err on its held-out rows. Numbers and dates are in quarters.`}</p>
      <label className={css.filter}>
        {t`Groups of`}
        <select value={shown.column} onChange={({ currentTarget: { value } }) => choose(value)}>
          {groups.map(({ column }) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      </label>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t`Groups of ${shown.column}`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{shown.column}</th>
              <th scope="col" data-number>{t`real rows`}</th>
              <th scope="col" data-number>{t`synthetic`}</th>
              <th scope="col" data-number>{t`columns off by`}</th>
              <th scope="col" data-number>{t`holdout's`}</th>
              <th
                scope="col"
                data-number
              >{t`${shown.unit === "share" ? t`wrong` : t`mean error`}, trained on real`}</th>
              <th scope="col" data-number>{t`on synthetic`}</th>
              <th scope="col">
                <span className="visuallyHidden">{t`standing`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.groups.map((group) => (
              <tr key={group.name}>
                <th scope="row">{group.name}</th>
                <td data-number>{percent(group.shares.train)}</td>
                <td data-number>{percent(group.shares.synthetic)}</td>
                <td data-number>{three(group.shapeError.synthetic)}</td>
                <td data-number>{three(group.shapeError.holdout)}</td>
                <td data-number>{three(group.wrong.real)}</td>
                <td data-number>{three(group.wrong.synthetic)}</td>
                <td>{group.standing === "kept" ? "" : t(group.standing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.small}>{oddsWords(odds)}</p>
    </>
  );
}

function oddsWords({ real, synthetic }: GroupsCard["odds"]): string {
  if ("why" in real) return t`No equalised odds, because: ${real.why}`;
  if ("why" in synthetic) return t`No equalised odds, because: ${synthetic.why}`;
  const { lowest, highest, rate, class: of } = synthetic.at;
  return t`Equalised-odds difference ${decimal(real.difference.toFixed(2))} trained on real rows, ${decimal(synthetic.difference.toFixed(2))} on synthetic ones; at 0 errors fall on all groups alike, and shuffled groups get ${decimal(real.chance.toFixed(2))} and ${decimal(synthetic.chance.toFixed(2))}. Widest on synthetic rows: ${t(rate)} of ${of}, most for ${highest} and least for ${lowest}.`;
}
