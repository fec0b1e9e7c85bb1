import { decimal, t } from "../../language/words.ts";
import type { ReportCard } from "../../protocol/report.ts";
import css from "./Report.module.css";

const compact = (value: number): string =>
  Math.abs(value) < 10 ? decimal(value.toFixed(3)) : String(Number(value.toPrecision(4)));

/** Models that learned from real and from synthetic rows, and what they lean on. */
export function Models({ card: { learners, importances, question } }: { readonly card: ReportCard }) {
  const total = (side: "real" | "synthetic"): number =>
    importances.reduce((sum, each) => sum + each[side], 0) || 1;
  const [real, made] = [total("real"), total("synthetic")];
  const most = Math.max(1e-9, ...importances.flatMap((each) => [each.real / real, each.synthetic / made]));
  return (
    <>
      <p
        className={css.lead}
      >{t`Each model learns to predict ${question.target} from real and from synthetic rows, and is tested on rows that were held out: real | synthetic.`}</p>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t`Models`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`model`}</th>
              {learners[0]?.figures.map(({ name }) => (
                <th key={name} scope="col" data-number>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {learners.map(({ name, figures }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {figures.map((figure) => (
                  <td key={figure.name} data-number>
                    {compact(figure.real)} | {compact(figure.synthetic)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3 className={css.title}>{t`What a forest leans on, as shares of its skill`}</h3>
      <ul className={css.leans}>
        {importances
          .toSorted((a, b) => b.real - a.real)
          .map(({ column, real: before, synthetic }) => (
            <li key={column}>
              <span>{column}</span>
              <span className={css.twin} aria-hidden="true">
                <i style={{ width: `${(100 * before) / real / most}%` }} />
                <u style={{ width: `${(100 * synthetic) / made / most}%` }} />
              </span>
              <span>
                {decimal((before / real).toFixed(2))} | {decimal((synthetic / made).toFixed(2))}
              </span>
            </li>
          ))}
      </ul>
    </>
  );
}
