/**
 * A report as a page of its own: one file that asks for nothing, runs nothing
 * and says the same figures as the lab and the terminal.
 */
import { count, spoken, t } from "../language/words.ts";
import type { ExperimentCard } from "../protocol/experiment.ts";
import type { ReportCard } from "../protocol/report.ts";
import { axis } from "./page/axes.ts";
import { columns, matrices, pairs } from "./page/differences.ts";
import { experiment } from "./page/experiment.ts";
import { trackLegend } from "./page/figures.ts";
import { groups } from "./page/groups.ts";
import { limits } from "./page/limits.ts";
import { html } from "./page/markup.ts";
import { models } from "./page/models.ts";
import { otherFigures } from "./page/otherFigures.ts";
import { closest, missing } from "./page/rows.ts";
import { style } from "./page/style.ts";

export interface PageOptions {
  /** Whether rows of the table are on it: the closest pairs, side by side. */
  readonly rows: boolean;
  /** What an experiment on the same rows found; its verdict joins the limits. */
  readonly experiment?: ExperimentCard;
}

/** @returns the page's text, HTML 5. */
export function reportPage(card: ReportCard, { rows, experiment: tried }: PageOptions): string {
  const { table, made, question } = card;
  const known =
    tried === undefined
      ? card.limits
      : [...card.limits.filter(({ topic }) => topic !== "generalisation"), ...tried.limits];
  const page = html`<!doctype html>
    <html lang="${spoken?.language ?? "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${t`${table}: quality of synthetic rows`}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="q">${t`Likeness report`}</p>
            <h1>${table}</h1>
            <p>
              ${t`${made !== undefined && `${made}. `}${count(card.rows.synthetic)} synthetic rows, held against ${count(card.rows.train)} training rows and ${count(card.rows.holdout)} that were held out.`}
            </p>
            <p class="q">${questionWords(question)}</p>
          </header>
          <section aria-labelledby="axes">
            <h2 id="axes">${t`How good`}</h2>
            ${trackLegend}
            <div class="axes">${card.axes.map(axis)}</div>
          </section>
          ${limits(known)} ${tried && experiment(tried)} ${columns(card.columns)} ${pairs(card.pairs)}
          ${matrices(card)} ${missing(card)} ${rows && closest(card)} ${models(card)} ${groups(card.groups)}
          ${otherFigures(card)}
          <p class="q">
            ${t`Made by Likeness, on the machine of whoever made it. ${rows ? t`This page holds rows of the table: handle it as you do the table.` : t`This page holds no row of the table, but values, ranges and shares of its columns.`}`}
          </p>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** "To predict: income. Known to an attacker: age, sex. Sensitive: race." */
function questionWords({ target, key, sensitive }: ReportCard["question"]): string {
  return [
    target === undefined ? t`No column was to be predicted.` : t`To be predicted: ${target}.`,
    key.length > 0 ? t`Known to an attacker: ${key.join(", ")}.` : "",
    sensitive.length > 0 ? t`Sensitive: ${sensitive.join(", ")}.` : "",
  ]
    .filter((words) => words !== "")
    .join(" ");
}
