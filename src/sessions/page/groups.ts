/** How the groups of a column fare, on a report's page. */
import { t } from "../../language/words.ts";
import type { GroupsCard } from "../../protocol/report.ts";
import { percentOf } from "../../table/said.ts";
import { three, two } from "./figures.ts";
import { html, type Markup } from "./markup.ts";

export function groups(all: readonly GroupsCard[]): Markup | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="groups">
    <h2 id="groups">${t`Groups`}</h2>
    <p class="q">
      ${t`Averages hide what happens to a few rows: each group's share, how far its columns are off (held-out rows beside it), and how often boosted trees err on its held-out rows.`}
    </p>
    <div>${all.map(group)}</div>
  </section>`;
}

function group({ column, groups: all, unit, odds: { real, synthetic } }: GroupsCard): Markup {
  return html`<details>
    <summary>${column}</summary>
    <div>
      <div class="scroll" tabindex="0" role="group" aria-label="${t`Groups of ${column}`}">
        <table>
          <thead>
            <tr>
              <th scope="col">${column}</th>
              <th scope="col" class="n">${t`of real rows`}</th>
              <th scope="col" class="n">${t`of synthetic`}</th>
              <th scope="col">${t`standing`}</th>
              <th scope="col" class="n">${t`columns off by`}</th>
              <th scope="col" class="n">${t`holdout's`}</th>
              <th scope="col" class="n">
                ${t`${unit === "share" ? t`wrong` : t`mean error`}, trained on real`}
              </th>
              <th scope="col" class="n">${t`on synthetic`}</th>
            </tr>
          </thead>
          <tbody>
            ${all.map(
              (each) =>
                html`<tr>
                  <th scope="row">${each.name}</th>
                  <td class="n">${percentOf(each.shares.train)}</td>
                  <td class="n">${percentOf(each.shares.synthetic)}</td>
                  <td>${each.standing === "kept" ? "" : t(each.standing)}</td>
                  <td class="n">${three(each.shapeError.synthetic)}</td>
                  <td class="n">${three(each.shapeError.holdout)}</td>
                  <td class="n">${three(each.wrong.real)}</td>
                  <td class="n">${three(each.wrong.synthetic)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <small
        >${"why" in real ? t`No equalised odds: ${real.why}` : "why" in synthetic ? t`No equalised odds: ${synthetic.why}` : t`Equalised-odds difference ${two({ value: real.difference })} trained on real rows, ${two({ value: synthetic.difference })} on synthetic ones (0: errors fall on all groups alike; shuffled groups get ${two({ value: real.chance })} and ${two({ value: synthetic.chance })}).`}</small
      >
    </div>
  </details>`;
}
