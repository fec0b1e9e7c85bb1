import { learnerWords, measureWords } from "../../catalog/experiments.ts";
import { count, ofMany, t } from "../../language/words.ts";
import type { SharedExperiment } from "../../share/experiment.ts";
import { short } from "../kit/format.ts";
import css from "./ResultPage.module.css";

/** Whether such rows helped what learned from them, as far as it was tried: the verdict and the mean scores. */
export function SharedOutcome({ experiment }: { readonly experiment: SharedExperiment }) {
  const { words, maker, seeds, tested, target, positive, charts } = experiment;
  return (
    <section className={css.section} aria-labelledby="helps-heading">
      <h2 id="helps-heading">{t`Do they help?`}</h2>
      <p>
        <b>{words}.</b>
        {t` ${
          target !== undefined &&
          t`To be predicted: ${target}${positive === undefined ? "" : t`, ${positive} above all`}. `
        }Rows from ${maker}, ${count(seeds)} ${ofMany(seeds, "seed")}, tested on ${count(tested)} held-out rows.`}
      </p>
      {charts.map(({ learner, measure, arms }) => {
        const title = t`${measureWords[measure]} of ${learnerWords[learner]}`;
        return (
          <div
            key={`${learner} ${measure}`}
            className={css.scroll}
            tabIndex={0}
            role="region"
            aria-label={title}
          >
            <table>
              <caption>{t`${title.charAt(0).toUpperCase() + title.slice(1)}, mean of the seeds`}</caption>
              <tbody>
                {arms.flatMap(({ label, points }) =>
                  points.map(({ real, made, mean }) => (
                    <tr key={`${label} ${real} ${made}`}>
                      <th scope="row">
                        {label}: {count(real)}
                        {made > 0 && ` + ${count(made)}`}
                      </th>
                      <td>{short(mean, 3)}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </div>
        );
      })}
    </section>
  );
}
