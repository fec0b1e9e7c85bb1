import { count, t } from "../../language/words.ts";
import type { ChartCard } from "../../protocol/experiment.ts";
import { Curves } from "./Curves.tsx";
import css from "./Helps.module.css";
import { figure, spreadOf } from "./scores.ts";
import { Strip } from "./Strip.tsx";

/** One model by one measure: curves where there are several numbers of real rows, a line for each way of putting rows together where there is one. */
export function Chart({ chart }: { readonly chart: ChartCard }) {
  const steps = Math.max(...chart.arms.map(({ points }) => points.length));
  const sizes = [...new Set(chart.arms.flatMap(({ points }) => points.map(({ real }) => real)))];
  return (
    <figure className={css.chart}>
      <figcaption>{chart.title}</figcaption>
      {steps > 1 ? <Curves chart={chart} sizes={sizes} /> : <Strip chart={chart} />}
      <details>
        <summary>{t`The figures`}</summary>
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t`${chart.title}, the figures`}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t`learned from`}</th>
                <th scope="col" data-number>{t`real rows`}</th>
                <th scope="col" data-number>{t`synthetic`}</th>
                <th scope="col" data-number>{t`mean`}</th>
                <th scope="col" data-number>{t`lowest to highest seed`}</th>
              </tr>
            </thead>
            <tbody>
              {chart.arms.flatMap(({ name, label, points }) =>
                points.map(({ real, made, scores }) => {
                  const spread = spreadOf(scores);
                  return (
                    <tr key={`${name} ${real} ${made}`}>
                      <th scope="row">{label}</th>
                      <td data-number>{name === "synthetic" ? "–" : count(real)}</td>
                      <td data-number>{name === "copies" || made === 0 ? "–" : count(made)}</td>
                      <td data-number>{spread === undefined ? "–" : figure(spread.mean)}</td>
                      <td data-number>
                        {spread === undefined ? "–" : t`${figure(spread.low)} to ${figure(spread.high)}`}
                      </td>
                    </tr>
                  );
                }),
              )}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
