/** What models learned from the rows, on a report's page. */
import { decimal, t } from "../../language/words.ts";
import type { ReportCard } from "../../protocol/report.ts";
import { html, type Markup } from "./markup.ts";

export function models({ learners, importances, question: { target } }: ReportCard): Markup | undefined {
  const [first] = learners;
  if (first === undefined) return undefined;
  const total = (side: "real" | "synthetic"): number =>
    importances.reduce((sum, each) => sum + each[side], 0) || 1;
  const [real, made] = [total("real"), total("synthetic")];
  return html`<section aria-labelledby="models">
    <h2 id="models">${t`Trained to predict ${target}`}</h2>
    <p class="q">
      ${t`Each model learns from real and from synthetic rows, and is tested on rows that were held out: real | synthetic.`}
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="${t`Models`}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t`model`}</th>
            ${first.figures.map(({ name }) => html`<th scope="col" class="n">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${learners.map(
            ({ name, figures }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${figures.map((figure) => html`<td class="n">${compact(figure.real)} | ${compact(figure.synthetic)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label="${t`Importances`}">
      <table>
        <caption>
          ${t`What a forest leans on, as shares of its skill`}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t`column`}</th>
            <th scope="col" class="n">${t`trained on real`}</th>
            <th scope="col" class="n">${t`on synthetic`}</th>
          </tr>
        </thead>
        <tbody>
          ${importances
            .toSorted((a, b) => b.real - a.real)
            .map(
              (each) =>
                html`<tr>
                  <th scope="row">${each.column}</th>
                  <td class="n">${decimal((each.real / real).toFixed(2))}</td>
                  <td class="n">${decimal((each.synthetic / made).toFixed(2))}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const compact = (value: number): string =>
  Math.abs(value) < 10 ? decimal(value.toFixed(3)) : String(Number(value.toPrecision(4)));
