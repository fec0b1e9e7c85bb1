/** What the rows are not good for, on a report's page. */
import { t } from "../../language/words.ts";
import type { LimitCard } from "../../protocol/report.ts";
import { html, type Markup } from "./markup.ts";

export function limits(all: readonly LimitCard[]): Markup {
  return html`<section aria-labelledby="limits">
    <h2 id="limits">${t`Limits`}</h2>
    <ul class="limits">
      ${all.map(({ weight, sentence }) => html`<li class="${weight}">${sentence}</li>`)}
    </ul>
  </section>`;
}
