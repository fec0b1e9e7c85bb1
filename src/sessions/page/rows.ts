/** What a report's page says of rows: which cells of them are missing, and which are nearest to a training row. */
import { decimal, t } from "../../language/words.ts";
import type { ReportCard } from "../../protocol/report.ts";
import { html, type Markup } from "./markup.ts";

export function missing({ missing: { columns: all, patterns } }: ReportCard): Markup {
  if (all.length === 0)
    return html`<section aria-labelledby="gaps">
      <h2 id="gaps">${t`Gaps`}</h2>
      <p>${t`No cell is missing, in real or in synthetic rows.`}</p>
    </section>`;
  const share = (value: number): string => `${decimal((100 * value).toFixed(1))} %`;
  return html`<section aria-labelledby="gaps">
    <h2 id="gaps">${t`Gaps`}</h2>
    <p class="q">${t`Which cells are missing together. ● missing, · present.`}</p>
    <div class="scroll" tabindex="0" role="group" aria-label="${t`Patterns of gaps`}">
      <table>
        <thead>
          <tr>
            ${all.map(({ name }) => html`<th scope="col">${name}</th>`)}
            <th scope="col" class="n">${t`real`}</th>
            <th scope="col" class="n">${t`synthetic`}</th>
          </tr>
        </thead>
        <tbody>
          ${patterns.map(
            ({ gaps, real, synthetic }) =>
              html`<tr>
                ${gaps.map((gap) => html`<td>${gap ? "●" : "·"}</td>`)}
                <td class="n">${share(real)}</td>
                <td class="n">${share(synthetic)}</td>
              </tr>`,
          )}
          <tr>
            ${all.map(({ real, synthetic }) => html`<td><small>${share(real)} | ${share(synthetic)}</small></td>`)}
            <td class="n"><small>${t`by column,`}</small></td>
            <td class="n"><small>${t`real | synthetic`}</small></td>
          </tr>
        </tbody>
      </table>
    </div>
  </section>`;
}

export function closest({ closest: { columns: names, pairs: all } }: ReportCard): Markup | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="closest">
    <h2 id="closest">${t`Closest pairs`}</h2>
    <p class="q">
      ${t`The synthetic rows nearest to a training row, each above that row. Where the distance to held-out rows is as small, a pair is nothing special.`}
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="${t`Closest pairs`}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t`row`}</th>
            <th scope="col" class="n">${t`to training`}</th>
            <th scope="col" class="n">${t`to holdout`}</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ synthetic, train, distance, toHoldout }) =>
              html`<tr>
                  <td>${t`synthetic`}</td>
                  <td class="n">${decimal(distance.toFixed(3))}</td>
                  <td class="n">${decimal(toHoldout.toFixed(3))}</td>
                  ${synthetic.map((cell, i) => html`<td class="${cell === train[i] ? "same" : "off"}">${cell}</td>`)}
                </tr>
                <tr>
                  <td>${t`training`}</td>
                  <td></td>
                  <td></td>
                  ${train.map((cell) => html`<td class="same">${cell}</td>`)}
                </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
