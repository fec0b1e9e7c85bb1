/** What models learned from the rows, on a report's page. */
import type { ReportCard } from "../../protocol/report.ts";
import { html, type Markup } from "./markup.ts";

export function models({ learners, importances, question: { target } }: ReportCard): Markup | undefined {
  const [first] = learners;
  if (first === undefined) return undefined;
  const total = (side: "real" | "synthetic"): number =>
    importances.reduce((sum, each) => sum + each[side], 0) || 1;
  const [real, made] = [total("real"), total("synthetic")];
  return html`<section aria-labelledby="models">
    <h2 id="models">Trained to predict ${target}</h2>
    <p class="q">
      Each model learns from real and from synthetic rows, and is tested on rows that were held out: real |
      synthetic.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="Models">
      <table>
        <thead>
          <tr>
            <th scope="col">model</th>
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
    <div class="scroll" tabindex="0" role="group" aria-label="Importances">
      <table>
        <caption>
          What a forest leans on, as shares of its skill
        </caption>
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col" class="n">trained on real</th>
            <th scope="col" class="n">on synthetic</th>
          </tr>
        </thead>
        <tbody>
          ${importances
            .toSorted((a, b) => b.real - a.real)
            .map(
              (each) =>
                html`<tr>
                  <th scope="row">${each.column}</th>
                  <td class="n">${(each.real / real).toFixed(2)}</td>
                  <td class="n">${(each.synthetic / made).toFixed(2)}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const compact = (value: number): string =>
  Math.abs(value) < 10 ? value.toFixed(3) : String(Number(value.toPrecision(4)));
