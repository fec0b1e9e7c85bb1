import { Fragment } from "react";
import { decimal, t } from "../../language/words.ts";
import type { ClosestCard } from "../../protocol/report.ts";
import css from "./Report.module.css";

/** Synthetic rows that come nearest to a training row, each above that row, for a person to judge. */
export function Closest({ closest: { columns, pairs } }: { readonly closest: ClosestCard }) {
  return (
    <>
      <p
        className={css.lead}
      >{t`The synthetic rows nearest to a training row, each above that row; cells that differ stand out. Where the distance to held-out rows is as small, a pair is nothing special.`}</p>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t`Closest rows`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`row`}</th>
              <th scope="col" data-number>{t`to training`}</th>
              <th scope="col" data-number>{t`to holdout`}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ synthetic, train, distance, toHoldout }, i) => (
              // Two synthetic rows may be alike, so their place names them.
              <Fragment key={i}>
                <tr>
                  <th scope="row">{t`synthetic`}</th>
                  <td data-number>{decimal(distance.toFixed(3))}</td>
                  <td data-number>{decimal(toHoldout.toFixed(3))}</td>
                  {synthetic.map((cell, c) => (
                    <td key={columns[c]} data-off={cell !== train[c]}>
                      {cell}
                    </td>
                  ))}
                </tr>
                <tr data-last>
                  <th scope="row">{t`training`}</th>
                  <td colSpan={2} aria-label={t`none`} />
                  {train.map((cell, c) => (
                    <td key={columns[c]}>{cell}</td>
                  ))}
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
