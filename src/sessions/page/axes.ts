/** One gauge of a report's page, with what it is the mean or the least of. */
import { count, decimal, t } from "../../language/words.ts";
import type { AxisCard } from "../../protocol/report.ts";
import { isValue } from "../../quality/measured.ts";
import { three, track, two, whyOf } from "./figures.ts";
import { html, type Markup } from "./markup.ts";

export function axis(card: AxisCard): Markup {
  const { measured, spread, label, sentence, verdict, standing } = card;
  return html`<div class="axis ${standing ?? ""}" id="axis-${card.name}">
    <div class="top">
      <h3>${label}</h3>
      <b
        >${two(measured)}${spread !== undefined && html`<small> ${spread < 0.005 ? decimal("± <0.01") : `± ${decimal(spread.toFixed(2))}`}</small>`}</b
      >
    </div>
    ${track(card)}
    ${isValue(measured) ? html`<p class="verdict">${verdict}</p>` : html`<p class="verdict">${t`Not computable, because: ${whyOf(measured)}`}</p>`}
    <small>${sentence}${card.combined === "minimum" ? "" : t` It is the mean of its parts.`}</small>
    <details>
      <summary>${t`${count(card.parts.length)} parts`}</summary>
      <div>
        ${card.parts.map(
          (part) =>
            html`<div>
              <div class="top" style="display:flex;justify-content:space-between;gap:12px">
                <span>${part.label}</span
                ><span
                  >${three(part.measured)}${part.spread !== undefined && ` ± ${decimal(part.spread.toFixed(3))}`}</span
                >
              </div>
              ${isValue(part.measured) ? track(part) : html`<p>${t`Not computable, because: ${whyOf(part.measured)}`}</p>`}
              <small
                >${part.sentence}${isValue(part.holdout) && t` Holdout ${three(part.holdout)}, independent columns ${three(part.independent)}, copy ${three(part.copy)}.`}</small
              >
            </div>`,
        )}
      </div>
    </details>
  </div>`;
}
