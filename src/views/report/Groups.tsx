import { useState } from "react";
import type { GroupsCard } from "../../protocol/report.ts";
import { percent } from "../kit/format.ts";
import { three, two } from "./figure.ts";
import css from "./Report.module.css";

/** How a column's groups fare: how frequent, how well drawn, and whom a model trained on these rows gets wrong. */
export function Groups({ groups }: { readonly groups: readonly GroupsCard[] }) {
  const [chosen, choose] = useState(groups[0]?.column);
  const shown = groups.find(({ column }) => column === chosen) ?? groups[0];
  if (shown === undefined) return null;
  const { oddsReal, oddsSynthetic } = shown;
  return (
    <>
      <p className={css.lead}>
        Averages hide what happens to a few rows: each group&apos;s share, how far its columns are off, and
        how often boosted trees err on its held-out rows.
      </p>
      <label className={css.filter}>
        Groups of
        <select value={shown.column} onChange={({ currentTarget: { value } }) => choose(value)}>
          {groups.map(({ column }) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      </label>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={`Groups of ${shown.column}`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{shown.column}</th>
              <th scope="col" data-number>
                real rows
              </th>
              <th scope="col" data-number>
                synthetic
              </th>
              <th scope="col" data-number>
                columns off by
              </th>
              <th scope="col" data-number>
                {shown.unit === "share" ? "wrong" : "mean error"}, trained on real
              </th>
              <th scope="col" data-number>
                on synthetic
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.groups.map((group) => (
              <tr key={group.name}>
                <th scope="row">{group.name}</th>
                <td data-number>{percent(group.real)}</td>
                <td data-number>{percent(group.synthetic)}</td>
                <td data-number>{three(group.error)}</td>
                <td data-number>{three(group.wrongReal)}</td>
                <td data-number>{three(group.wrongSynthetic)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.small}>
        {"why" in oddsReal
          ? `No equalised odds, because: ${oddsReal.why}`
          : `Equalised-odds difference ${two(oddsReal)} trained on real rows, ${two(oddsSynthetic)} on synthetic ones; at 0 errors fall on all groups alike.`}
      </p>
    </>
  );
}
