/** What a report's page says of rows: which cells of them are missing, and which are nearest to a training row. */
import type { ReportCard } from "../../protocol/report.ts";
import { html, type Markup } from "./markup.ts";

export function missing({ missing: { columns: all, patterns } }: ReportCard): Markup {
  if (all.length === 0)
    return html`<section aria-labelledby="gaps">
      <h2 id="gaps">Gaps</h2>
      <p>No cell is missing, in real or in synthetic rows.</p>
    </section>`;
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  return html`<section aria-labelledby="gaps">
    <h2 id="gaps">Gaps</h2>
    <p class="q">Which cells are missing together. ● missing, · present.</p>
    <div class="scroll" tabindex="0" role="group" aria-label="Patterns of gaps">
      <table>
        <thead>
          <tr>
            ${all.map(({ name }) => html`<th scope="col">${name}</th>`)}
            <th scope="col" class="n">real</th>
            <th scope="col" class="n">synthetic</th>
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
            <td class="n"><small>by column,</small></td>
            <td class="n"><small>real | synthetic</small></td>
          </tr>
        </tbody>
      </table>
    </div>
  </section>`;
}

export function closest({ closest: { columns: names, pairs: all } }: ReportCard): Markup | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="closest">
    <h2 id="closest">Closest pairs</h2>
    <p class="q">
      The synthetic rows nearest to a training row, each above that row. Where the distance to held-out rows
      is as small, a pair is nothing special.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="Closest pairs">
      <table>
        <thead>
          <tr>
            <th scope="col">row</th>
            <th scope="col" class="n">to training</th>
            <th scope="col" class="n">to holdout</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ synthetic, train, distance, toHoldout }) =>
              html`<tr>
                  <td>synthetic</td>
                  <td class="n">${distance.toFixed(3)}</td>
                  <td class="n">${toHoldout.toFixed(3)}</td>
                  ${synthetic.map((cell, i) => html`<td class="${cell === train[i] ? "same" : "off"}">${cell}</td>`)}
                </tr>
                <tr>
                  <td>training</td>
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
