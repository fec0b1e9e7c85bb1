/** Where synthetic rows are off, on a report's page: columns, pairs of columns, and how all of them hang together. */
import { count, decimal, t } from "../../language/words.ts";
import type { ColumnCard, PairCard, ReportCard } from "../../protocol/report.ts";
import { isValue, type Measured } from "../../quality/measured.ts";
import { cellsFigure, distribution, errorBar, matrixFigure, three, two, whyOf } from "./figures.ts";
import { html, type Markup } from "./markup.ts";

export function columns(all: readonly ColumnCard[]): Markup {
  const most = largest(all);
  return html`<section aria-labelledby="columns">
    <h2 id="columns">${t`Columns, worst first`}</h2>
    <p class="q">
      ${t`How far each column's values are from the real ones: Kolmogorov–Smirnov of numbers and dates, total variation of categories, 0 alike to 1. The grey square is the holdout's. Open one to see both distributions.`}
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
              ${whyOf(column.error) !== undefined && html`<p>${t`Not computable, because: ${whyOf(column.error)}`}</p>`}
              ${distribution(column)}
              <small
                >${t`Holdout ${three(column.holdout)} · covered ${two(column.coverage)} · valid ${two(column.validity)} · missing ${decimal((100 * column.missing.real).toFixed(1))} % of real, ${decimal((100 * column.missing.synthetic).toFixed(1))} % of synthetic cells`}</small
              >
            </div>
          </details>`,
      )}
    </div>
  </section>`;
}

export function pairs(all: readonly PairCard[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const most = largest(all);
  const shown = all.slice(0, 60);
  return html`<section aria-labelledby="pairs">
    <h2 id="pairs">${t`Pairs of columns, worst first`}</h2>
    <p class="q">
      ${t`How differently two columns go together: half the difference of correlations of two numbers, else total variation of the joint cells.${all.length > shown.length && t` The worst ${shown.length} of ${count(all.length)}.`}`}
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
              ${whyOf(pair.error) !== undefined && html`<p>${t`Not computable, because: ${whyOf(pair.error)}`}</p>`}
              <small
                >${t`${pair.measure === "correlation" ? t`Correlation` : t`Cramér's V`} ${signed(pair.real)} in real rows, ${signed(pair.synthetic)} in synthetic ones · holdout ${three(pair.holdout)}`}</small
              >
              ${pair.cells && cellsFigure(pair.cells, pair.columns)}
            </div>
          </details>`,
      )}
    </div>
  </section>`;
}

export function matrices({ matrix }: ReportCard): Markup | undefined {
  if (matrix.columns.length < 2) return undefined;
  const difference = matrix.real.map((value, i) => {
    const made = matrix.synthetic[i];
    return value === null || made === null || made === undefined ? null : made - value;
  });
  return html`<section aria-labelledby="matrix">
    <h2 id="matrix">${t`How columns hang together`}</h2>
    <p class="q">
      ${t`Correlation of numbers, Cramér's V of other pairs, by the area of a square; hollow is negative.`}
    </p>
    <div class="three">
      ${[
        matrixFigure(matrix, matrix.real, t`Real`, "var(--real)"),
        matrixFigure(matrix, matrix.synthetic, t`Synthetic`, "var(--synthetic)"),
        matrixFigure(matrix, difference, t`Synthetic minus real`, "var(--ink)"),
      ]}
    </div>
  </section>`;
}

const largest = (all: readonly { readonly error: Measured; readonly holdout: Measured }[]): number =>
  Math.max(
    0.05,
    ...all.flatMap(({ error, holdout }) => [error, holdout].filter(isValue).map(({ value }) => value)),
  );

const signed = (value: number | null): string =>
  value === null ? "–" : decimal(value.toFixed(2)).replace("-", "−");
