/** A report's figures that are on no axis, each beside its references. */
import { t } from "../../language/words.ts";
import type { ReportCard } from "../../protocol/report.ts";
import { three, whyOf } from "./figures.ts";
import { html, type Markup } from "./markup.ts";

export function otherFigures({ figures }: ReportCard): Markup {
  return html`<section aria-labelledby="figures">
    <h2 id="figures">${t`Other figures`}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="${t`Other figures`}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t`figure`}</th>
            <th scope="col" class="n">${t`synthetic`}</th>
            <th scope="col" class="n">${t`holdout`}</th>
            <th scope="col" class="n">${t`independent`}</th>
            <th scope="col" class="n">${t`copy`}</th>
          </tr>
        </thead>
        <tbody>
          ${figures.map(
            (each) =>
              html`<tr>
                <th scope="row">
                  ${each.label}<br /><small>${whyOf(each.measured) ?? each.sentence}</small>
                </th>
                <td class="n">${three(each.measured)}</td>
                <td class="n">${three(each.holdout)}</td>
                <td class="n">${three(each.independent)}</td>
                <td class="n">${three(each.copy)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
