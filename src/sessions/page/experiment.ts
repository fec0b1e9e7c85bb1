/** What an experiment on the same rows found, on a report's page: the verdict, the scores and every comparison. */
import { outcomeWords } from "../../catalog/experiments.ts";
import { count, decimal, ofMany, t } from "../../language/words.ts";
import type { ChartCard, ExperimentCard } from "../../protocol/experiment.ts";
import { html, type Markup } from "./markup.ts";

export function experiment(card: ExperimentCard): Markup {
  const { headline, maker, rows, charts, contests, notes, choice } = card;
  return html`<section aria-labelledby="experiment">
    <h2 id="experiment">${t`Does it help?`}</h2>
    <p><b>${headline.words}.</b></p>
    <p class="q">
      ${t`Synthetic rows from ${maker}, ${count(choice.seeds)} ${ofMany(choice.seeds, "seed")}; tested on ${count(rows.test)} held-out rows of ${count(rows.train + rows.test)}.`}
    </p>
    ${charts.map(chart)}
    <details>
      <summary>${count(contests.length)} ${ofMany(contests.length, "comparison")}</summary>
      <div>
        <ul class="limits">
          ${contests.map(({ outcome, words }) => html`<li class="found"><b>${outcomeWords[outcome]}</b> ${words}</li>`)}
        </ul>
        ${notes.map((note) => html`<small>${note}</small>`)}
      </div>
    </details>
  </section>`;
}

function chart({ title, arms }: ChartCard): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}">
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t`learned from`}</th>
          <th scope="col" class="n">${t`real rows`}</th>
          <th scope="col" class="n">${t`synthetic`}</th>
          <th scope="col" class="n">${t`mean`}</th>
          <th scope="col" class="n">${t`lowest to highest seed`}</th>
        </tr>
      </thead>
      <tbody>
        ${arms.flatMap(({ label, points }) =>
          points.map(({ real, made, scores }) => {
            const known = scores.filter((score) => score !== null);
            const mean = known.reduce((sum, score) => sum + score, 0) / known.length;
            return html`<tr>
              <th scope="row">${label}</th>
              <td class="n">${count(real)}</td>
              <td class="n">${made === 0 ? "–" : count(made)}</td>
              <td class="n">${known.length === 0 ? "–" : figure(mean)}</td>
              <td class="n">
                ${known.length === 0 ? "–" : t`${figure(Math.min(...known))} to ${figure(Math.max(...known))}`}
              </td>
            </tr>`;
          }),
        )}
      </tbody>
    </table>
  </div>`;
}

const figure = (value: number): string =>
  Math.abs(value) < 10 ? decimal(value.toFixed(3)) : String(Number(value.toPrecision(4)));
