import { t } from "../../language/words.ts";
import type { FigureCard } from "../../protocol/report.ts";
import { three } from "./figure.ts";
import css from "./Report.module.css";

/** The figures that are on no axis, for whoever holds them against a paper's. */
export function Figures({ figures }: { readonly figures: readonly FigureCard[] }) {
  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={t`All figures`}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t`figure`}</th>
            {["synthetic", "holdout", "independent", "copy"].map((name) => (
              <th key={name} scope="col" data-number>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ label, sentence, measured, holdout, independent, copy }) => (
            <tr key={label}>
              <th scope="row">
                {label}
                <small>{"why" in measured ? t`Not computable, because: ${measured.why}` : sentence}</small>
              </th>
              <td data-number>{three(measured)}</td>
              <td data-number>{three(holdout)}</td>
              <td data-number>{three(independent)}</td>
              <td data-number>{three(copy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
