import { t } from "../../language/words.ts";
import { figuresOf, markdownOf } from "../../share/markdown.ts";
import { runNames, type SharedResult } from "../../share/result.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import css from "./ResultPage.module.css";

/** What was measured, a column a run. */
export function Scoreboard({ result }: { readonly result: SharedResult }) {
  const { runs } = result;
  return (
    <section className={css.section} aria-labelledby="figures-heading">
      <div className={css.sectionHead}>
        <h2 id="figures-heading">{t`Figures`}</h2>
        <CopyButton look="link" text={markdownOf(result)}>{t`Copy as Markdown`}</CopyButton>
      </div>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Figures of the run`}>
        <table>
          {runs.length > 1 && (
            <thead>
              <tr>
                <th scope="col">
                  <span className="visuallyHidden">{t`Figure`}</span>
                </th>
                {runNames(result).map((name, i) => (
                  <th key={i} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {figuresOf(result).map(([label, cells]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map(({ text, spread }, i) => (
                  <td key={i}>
                    {text}
                    {spread !== undefined && <small> {spread}</small>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
