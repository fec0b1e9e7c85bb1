/** The drawings of a report on its own: gauges, distributions, matrices, all plain SVG and CSS. */
import { decimal, t } from "../../language/words.ts";
import type { Beside, ColumnCard, MatrixCard, PairCells } from "../../protocol/report.ts";
import { isValue, type Measured } from "../../quality/measured.ts";
import { html, type Markup } from "./markup.ts";

const percent = (value: number): string => `${(100 * Math.min(1, Math.max(0, value))).toFixed(2)}%`;

/** 0.934 -> "0.93", and a dash where there is none. */
export const two = (measured: Measured): string =>
  isValue(measured) ? decimal(measured.value.toFixed(2)) : "–";
export const three = (measured: Measured): string =>
  isValue(measured) ? decimal(measured.value.toFixed(3)) : "–";
/** Why there is no figure. */
export const whyOf = (measured: Measured): string | undefined =>
  isValue(measured) ? undefined : measured.why;

/** A line from 0 to 1 with the figure on it, its spread, and the marks of its references. */
export function track({ measured, spread = 0, holdout, independent, copy }: Beside): Markup {
  const mark = (of: Measured, name: string): Markup | undefined =>
    isValue(of) ? html`<i class="${name}" style="left:${percent(of.value)}"></i>` : undefined;
  return html`<span class="track" aria-hidden="true"
    ><i class="rail"></i>${
      isValue(measured) && [
        html`<i class="fill" style="width:${percent(measured.value)}"></i>`,
        html`<i
          class="spread"
          style="left:${percent(measured.value - 2 * spread)};right:${percent(1 - Math.min(1, measured.value + 2 * spread))}"
        ></i>`,
      ]
    }${[mark(independent, "independent"), mark(copy, "copy"), mark(holdout, "holdout")]}</span
  >`;
}

export const trackLegend: Markup = html`<p class="legend">
  <span
    ><span class="track"><i class="fill" style="width:100%"></i></span
    >${t`synthetic rows, ± 2 standard deviations`}</span
  >
  <span
    ><span class="track"><i class="holdout" style="left:50%"></i></span>${t`real holdout`}</span
  >
  <span
    ><span class="track"><i class="independent" style="left:50%"></i></span>${t`independent columns`}</span
  >
  <span
    ><span class="track"><i class="copy" style="left:50%"></i></span>${t`copy of the training rows`}</span
  >
</p>`;

/** An error with the holdout's mark, drawn against the largest in its list. */
export function errorBar(error: Measured, holdout: Measured, most: number): Markup {
  return html`<span class="bar" aria-hidden="true"
    >${isValue(error) && html`<i style="width:${percent(error.value / most)}"></i>`}${isValue(holdout) && html`<u style="left:${percent(holdout.value / most)}"></u>`}</span
  >`;
}

// ---- columns --------------------------------------------------------------

const [width, height] = [560, 120];

/** Real as a filled area, synthetic as a line over it; categories as bars side by side. */
export function distribution({ histogram, counts, others, name }: ColumnCard): Markup {
  const shares = (all: readonly number[], rest = 0): readonly number[] => {
    const total = all.reduce((sum, n) => sum + n, rest) || 1;
    return all.map((n) => n / total);
  };
  if (histogram.kind === "category") {
    const [real, made] = [shares(histogram.counts, histogram.others), shares(counts, others)];
    const most = Math.max(1e-9, ...real, ...made);
    const rows = histogram.labels.map(
      (label, i) =>
        html`<li>
          <span title="${label}">${label === "" ? "(empty)" : label}</span
          ><span
            ><i style="width:${percent(real[i]! / most)}"></i
            ><u style="width:${percent(made[i]! / most)}"></u></span
          ><small>${(100 * real[i]!).toFixed(1)} | ${(100 * made[i]!).toFixed(1)} %</small>
        </li>`,
    );
    return html`<ul class="cats">
      ${rows}
    </ul>`;
  }
  const [real, made] = [shares(histogram.counts), shares(counts)];
  const most = Math.max(1e-9, ...real, ...made);
  const steps = (of: readonly number[], closed: boolean): string => {
    const at = (i: number): string => ((i * width) / of.length).toFixed(1);
    const up = (share: number): string => (height - (share / most) * height).toFixed(1);
    const points = of.map((share, i) => `L${at(i)} ${up(share)}L${at(i + 1)} ${up(share)}`).join("");
    return closed ? `M0 ${height}${points}L${width} ${height}Z` : `M${points.slice(1)}`;
  };
  const [low, high] = [histogram.edges[0]!, histogram.edges.at(-1)!];
  return html`<svg
    viewBox="0 0 ${width} ${height + 18}"
    width="${width}"
    role="img"
    aria-label="${t`Distribution of ${name}: real rows as an area, synthetic ones as a line`}"
  >
    <path d="${steps(real, true)}" fill="var(--real)" fill-opacity=".28" />
    <path d="${steps(made, false)}" fill="none" stroke="var(--synthetic)" stroke-width="2" />
    <text x="0" y="${height + 14}">${shortNumber(low)}</text>
    <text x="${width}" y="${height + 14}" text-anchor="end">${shortNumber(high)}</text>
  </svg>`;
}

/** Dates are moments in milliseconds here, far beyond what anything else counts to. */
const shortNumber = (value: number): string =>
  Math.abs(value) > 1e11 && Math.abs(value) < 8e15
    ? new Date(value).toISOString().slice(0, 10)
    : String(Number(value.toPrecision(4)));

// ---- matrices -------------------------------------------------------------

const cell = 16;
/** Columns beyond this are left out of a drawing; the list of pairs has them all. */
const MOST_COLUMNS = 30;

/** Squares by size: filled where positive, hollow where negative. */
export function matrixFigure(
  { columns }: MatrixCard,
  values: readonly (number | null)[],
  title: string,
  colour: string,
): Markup {
  const size = Math.min(columns.length, MOST_COLUMNS);
  const room = 8 + 6.4 * Math.max(...columns.slice(0, size).map((name) => Math.min(14, name.length)));
  const squares: Markup[] = [];
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const value = values[i * columns.length + j];
      if (value === null || value === undefined || i === j) continue;
      const side = Math.sqrt(Math.min(1, Math.abs(value))) * (cell - 2);
      if (side < 1) continue;
      const at = (k: number): string => (k * cell + (cell - side) / 2).toFixed(1);
      squares.push(
        html`<rect
          x="${at(j)}"
          y="${at(i)}"
          width="${side.toFixed(1)}"
          height="${side.toFixed(1)}"
          ${value < 0 ? html`fill="none" stroke="${colour}"` : html`fill="${colour}"`}
          ><title>${t`${columns[i]!} and ${columns[j]!}: ${decimal(value.toFixed(2))}`}</title></rect
        >`,
      );
    }
  return html`<figure>
    <h3>${title}</h3>
    <svg
      viewBox="${-room} 0 ${room + size * cell} ${size * cell}"
      width="${room + size * cell}"
      role="img"
      aria-label="${t`${title}: how strongly every two columns hang together`}"
    >
      <rect width="${size * cell}" height="${size * cell}" fill="var(--soft)" />
      ${squares}
      ${columns.slice(0, size).map((name, i) => html`<text x="-6" y="${i * cell + 12}" text-anchor="end">${cut(name)}</text>`)}
    </svg>
  </figure>`;
}

const cut = (name: string): string => (name.length > 14 ? `${name.slice(0, 13)}…` : name);

/** Where rows lie: real ones as filled squares, synthetic ones as hollow ones over them, by area. */
export function cellsFigure(
  { rows, columns, real, synthetic }: PairCells,
  names: readonly [string, string],
): Markup {
  const [w, h] = [44, 24];
  const most = Math.max(1e-9, ...real, ...synthetic);
  const box = (value: number, i: number, j: number, attributes: Markup): Markup => {
    const scale = Math.sqrt(value / most);
    const [bw, bh] = [scale * (w - 4), scale * (h - 4)];
    return html`<rect
      x="${(j * w + (w - bw) / 2).toFixed(1)}"
      y="${(i * h + (h - bh) / 2).toFixed(1)}"
      width="${bw.toFixed(1)}"
      height="${bh.toFixed(1)}"
      ${attributes}
    />`;
  };
  const room = 108;
  const grid = rows.flatMap((_, i) =>
    columns.map((__, j) => {
      const k = i * columns.length + j;
      return [
        box(real[k]!, i, j, html`fill="var(--real)" fill-opacity=".35"`),
        box(synthetic[k]!, i, j, html`fill="none" stroke="var(--synthetic)" stroke-width="1.5"`),
      ];
    }),
  );
  const foot = rows.length * h;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t`${names[0]} by ${names[1]}`}">
    <svg
      viewBox="${-room} 0 ${room + columns.length * w} ${foot + 70}"
      width="${room + columns.length * w}"
      style="max-width:none"
      role="img"
      aria-label="${t`Where rows lie by ${names[0]} and ${names[1]}: real rows filled, synthetic ones hollow`}"
    >
      <rect width="${columns.length * w}" height="${foot}" fill="var(--soft)" />
      ${grid}
      ${rows.map((name, i) => html`<text x="-6" y="${i * h + 16}" text-anchor="end">${cut18(name)}</text>`)}
      ${columns.map((name, j) => html`<text transform="translate(${j * w + w / 2} ${foot + 12}) rotate(30)">${cut18(name).slice(0, 14)}</text>`)}
    </svg>
  </div>`;
}

const cut18 = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);
