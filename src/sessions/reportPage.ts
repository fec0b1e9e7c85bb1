/**
 * A report as a page of its own: one file that asks for nothing, runs nothing
 * and says the same figures as the lab and the terminal.
 */
import type { AxisCard, ColumnCard, GroupsCard, PairCard, ReportCard } from "../protocol/report.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import { count } from "../table/said.ts";
import { cellsFigure, distribution, errorBar, matrixFigure, three, track, trackLegend, two } from "./page/figures.ts"; // prettier-ignore
import { html, type Markup } from "./page/markup.ts";
import { style } from "./page/style.ts";

export interface PageOptions {
  /** Whether rows of the table are on it: the closest pairs, side by side. */
  readonly rows: boolean;
}

/** @returns the page's text, HTML 5. */
export function reportPage(card: ReportCard, { rows }: PageOptions): string {
  const { table, made, question } = card;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${table}: quality of synthetic rows</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="q">Likeness report</p>
            <h1>${table}</h1>
            <p>
              ${made !== undefined && `${made}. `}${count(card.rows.synthetic)} synthetic rows, held against
              ${count(card.rows.train)} training rows and ${count(card.rows.holdout)} that were held out.
            </p>
            <p class="q">${questionWords(question)}</p>
          </header>
          <section aria-labelledby="axes">
            <h2 id="axes">How good</h2>
            ${trackLegend}
            <div class="axes">${card.axes.map(axis)}</div>
          </section>
          <section aria-labelledby="limits">
            <h2 id="limits">Limits</h2>
            <ul class="limits">
              ${card.limits.map((line) => html`<li>${line}</li>`)}
            </ul>
          </section>
          ${columns(card.columns)} ${pairs(card.pairs)} ${matrices(card)} ${missing(card)}
          ${rows && closest(card)} ${models(card)}
          ${
            card.groups.length > 0 &&
            html`<section aria-labelledby="groups">
              <h2 id="groups">Groups</h2>
              ${card.groups.map(group)}
            </section>`
          }
          ${others(card)}
          <p class="q">
            Made by Likeness, on the machine of whoever made it.
            ${rows ? "This page holds rows of the table: handle it as you do the table." : "This page holds no row of the table, but values, ranges and shares of its columns."}
          </p>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** "To predict: income. Known to an attacker: age, sex. Sensitive: race." */
function questionWords({ target, key, sensitive }: ReportCard["question"]): string {
  return [
    target === undefined ? "No column was to be predicted." : `To be predicted: ${target}.`,
    key.length > 0 ? `Known to an attacker: ${key.join(", ")}.` : "",
    sensitive.length > 0 ? `Sensitive: ${sensitive.join(", ")}.` : "",
  ]
    .filter((words) => words !== "")
    .join(" ");
}

const whyOf = (measured: Measured): string | undefined => (isValue(measured) ? undefined : measured.why);

function axis(card: AxisCard): Markup {
  const { measured, spread, label, sentence, verdict, standing } = card;
  return html`<div class="axis ${standing ?? ""}" id="axis-${card.name}">
    <div class="top">
      <h3>${label}</h3>
      <b
        >${two(measured)}${spread !== undefined && html`<small> ${spread < 0.005 ? "± <0.01" : `± ${spread.toFixed(2)}`}</small>`}</b
      >
    </div>
    ${track(card)}
    ${isValue(measured) ? html`<p class="verdict">${verdict}</p>` : html`<p class="verdict">Not computable, because: ${whyOf(measured)}</p>`}
    <small>${sentence}${card.combined === "minimum" ? "" : " It is the mean of its parts."}</small>
    <details>
      <summary>${count(card.parts.length)} parts</summary>
      <div>
        ${card.parts.map(
          (part) =>
            html`<div>
              <div class="top" style="display:flex;justify-content:space-between;gap:12px">
                <span>${part.label}</span
                ><span
                  >${three(part.measured)}${part.spread !== undefined && ` ± ${part.spread.toFixed(3)}`}</span
                >
              </div>
              ${isValue(part.measured) ? track(part) : html`<p>Not computable, because: ${whyOf(part.measured)}</p>`}
              <small
                >${part.sentence}${isValue(part.holdout) && ` Holdout ${three(part.holdout)}, independent columns ${three(part.independent)}, copy ${three(part.copy)}.`}</small
              >
            </div>`,
        )}
      </div>
    </details>
  </div>`;
}

const largest = (all: readonly { readonly error: Measured; readonly holdout: Measured }[]): number =>
  Math.max(
    0.05,
    ...all.flatMap(({ error, holdout }) => [error, holdout].filter(isValue).map(({ value }) => value)),
  );

function columns(all: readonly ColumnCard[]): Markup {
  const most = largest(all);
  return html`<section aria-labelledby="columns">
    <h2 id="columns">Columns, worst first</h2>
    <p class="q">
      How far each column's values are from the real ones: Kolmogorov–Smirnov of numbers and dates, total
      variation of categories, 0 alike to 1. The grey square is the holdout's. Open one to see both
      distributions.
    </p>
    <div>
      ${all.map(
        (column) =>
          html`<details>
            <summary>
              <span class="row"
                ><span>${column.name}</span>${errorBar(column.error, column.holdout, most)}<span
                  >${three(column.error)}</span
                ></span
              >
            </summary>
            <div>
              ${whyOf(column.error) !== undefined && html`<p>Not computable, because: ${whyOf(column.error)}</p>`}
              ${distribution(column)}
              <small
                >Holdout ${three(column.holdout)} · covered ${two(column.coverage)} · valid
                ${two(column.validity)} · missing ${(100 * column.missing.real).toFixed(1)} % of real,
                ${(100 * column.missing.synthetic).toFixed(1)} % of synthetic cells</small
              >
            </div>
          </details>`,
      )}
    </div>
  </section>`;
}

function pairs(all: readonly PairCard[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const most = largest(all);
  const shown = all.slice(0, 60);
  return html`<section aria-labelledby="pairs">
    <h2 id="pairs">Pairs of columns, worst first</h2>
    <p class="q">
      How differently two columns go together: half the difference of correlations of two numbers, else total
      variation of the joint
      cells.${all.length > shown.length && ` The worst ${shown.length} of ${count(all.length)}.`}
    </p>
    <div>
      ${shown.map(
        (pair) =>
          html`<details>
            <summary>
              <span class="row"
                ><span>${pair.columns[0]} × ${pair.columns[1]}</span
                >${errorBar(pair.error, pair.holdout, most)}<span>${three(pair.error)}</span></span
              >
            </summary>
            <div>
              ${whyOf(pair.error) !== undefined && html`<p>Not computable, because: ${whyOf(pair.error)}</p>`}
              <small
                >${pair.measure === "correlation" ? "Correlation" : "Cramér's V"} ${signed(pair.real)} in real
                rows, ${signed(pair.synthetic)} in synthetic ones · holdout ${three(pair.holdout)}</small
              >
              ${pair.cells && cellsFigure(pair.cells, pair.columns)}
            </div>
          </details>`,
      )}
    </div>
  </section>`;
}

const signed = (value: number | null): string => (value === null ? "–" : value.toFixed(2).replace("-", "−"));

function matrices({ matrix }: ReportCard): Markup | undefined {
  if (matrix.columns.length < 2) return undefined;
  const difference = matrix.real.map((value, i) => {
    const made = matrix.synthetic[i];
    return value === null || made === null || made === undefined ? null : made - value;
  });
  return html`<section aria-labelledby="matrix">
    <h2 id="matrix">How columns hang together</h2>
    <p class="q">
      Correlation of numbers, Cramér's V of other pairs, by the area of a square; hollow is negative.
    </p>
    <div class="three">
      ${[
        matrixFigure(matrix, matrix.real, "Real", "var(--real)"),
        matrixFigure(matrix, matrix.synthetic, "Synthetic", "var(--synthetic)"),
        matrixFigure(matrix, difference, "Synthetic minus real", "var(--ink)"),
      ]}
    </div>
  </section>`;
}

function missing({ missing: { columns: all, patterns } }: ReportCard): Markup {
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

function closest({ closest: { columns: names, pairs: all } }: ReportCard): Markup | undefined {
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

function models({ learners, importances, question: { target } }: ReportCard): Markup | undefined {
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

function group({ column, groups, unit, oddsReal, oddsSynthetic }: GroupsCard): Markup {
  return html`<details>
    <summary>${column}</summary>
    <div>
      <div class="scroll" tabindex="0" role="group" aria-label="Groups of ${column}">
        <table>
          <thead>
            <tr>
              <th scope="col">${column}</th>
              <th scope="col" class="n">of real rows</th>
              <th scope="col" class="n">of synthetic</th>
              <th scope="col" class="n">columns off by</th>
              <th scope="col" class="n">${unit === "share" ? "wrong" : "mean error"}, trained on real</th>
              <th scope="col" class="n">on synthetic</th>
            </tr>
          </thead>
          <tbody>
            ${groups.map(
              (each) =>
                html`<tr>
                  <th scope="row">${each.name}</th>
                  <td class="n">${(100 * each.real).toFixed(1)} %</td>
                  <td class="n">${(100 * each.synthetic).toFixed(1)} %</td>
                  <td class="n">${three(each.error)}</td>
                  <td class="n">${three(each.wrongReal)}</td>
                  <td class="n">${three(each.wrongSynthetic)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <small
        >${isValue(oddsReal) && isValue(oddsSynthetic) ? `Equalised-odds difference ${two(oddsReal)} trained on real rows, ${two(oddsSynthetic)} on synthetic ones (0: errors fall on all groups alike).` : `No equalised odds: ${whyOf(oddsReal) ?? whyOf(oddsSynthetic) ?? ""}`}</small
      >
    </div>
  </details>`;
}

function others({ figures }: ReportCard): Markup {
  return html`<section aria-labelledby="figures">
    <h2 id="figures">Other figures</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="Other figures">
      <table>
        <thead>
          <tr>
            <th scope="col">figure</th>
            <th scope="col" class="n">synthetic</th>
            <th scope="col" class="n">holdout</th>
            <th scope="col" class="n">independent</th>
            <th scope="col" class="n">copy</th>
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
