/**
 * The only door to plotly, and loaded only when a curve is to be drawn. Its core
 * brings the one trace used here (scatter) along; nothing else is bundled.
 */
import plotly from "plotly.js/lib/core";
import { locale } from "../../language/words.ts";
import type { Colours } from "./colours.ts";
import { plainText } from "./escape.ts";
import { decimate, type Series } from "./series.ts";

/** As the language writes it: "1,000.5" or "1.000,5". */
const thousand = (1000.5).toLocaleString(locale);

/** More points than pixels help nobody and cost a frame. */
const mostPoints = 1_000;

export interface Curve extends Series {
  readonly name: string;
}

export interface LineChart {
  /** None: the axes alone, which is most of the work of a first draw. */
  readonly curves: readonly Curve[];
  readonly logScale: boolean;
}

/** Pixels for the longest number on the y axis, seven characters: −0.0025, 0.00125, 2.5e−5. */
const labelWidth = 48;

const dashes = ["solid", "solid", "dot", "dash"] as const;

/** Draws or redraws; the reader's zoom and hidden curves stay until there are no curves. */
export function drawLines(element: HTMLElement, chart: LineChart, colours: Colours): void {
  const inks = [colours.ink2, colours.accent, colours.ink, colours.ink3];
  const traces = chart.curves.map((curve, i) => ({
    type: "scatter" as const,
    mode: "lines" as const,
    name: plainText(curve.name),
    ...decimate(curve.x, curve.y, mostPoints),
    line: { color: inks[i % inks.length]!, width: 1.5, dash: dashes[i % dashes.length]! },
    hovertemplate: "%{y:.4g}",
    connectgaps: false,
  }));
  // A finger on the curves means to scroll the page, and would not find the way back from a zoom.
  const touched = matchMedia("(pointer: coarse)").matches;
  const axis = {
    gridcolor: colours.line,
    linecolor: colours.lineStrong,
    tickcolor: colours.lineStrong,
    zeroline: false,
    automargin: false,
    fixedrange: touched,
    tickfont: { color: colours.ink2, size: 11 },
  };
  const lastStep = Math.max(0, ...traces.map(({ x }) => x.at(-1) ?? 0));
  const layout = {
    autosize: true,
    uirevision: traces.length === 0 ? "none" : "kept",
    // Margins that plotly finds by itself cost it a second drawing of the axes, and the curves would shift with them.
    margin: { l: labelWidth, r: 20, t: 8, b: 24 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 11, color: colours.ink2 },
    separators: `${thousand.at(-2)}${thousand.at(1)}`,
    showlegend: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: colours.stage, bordercolor: colours.lineStrong, font: { color: colours.ink } },
    dragmode: touched ? false : "zoom",
    xaxis: {
      ...axis,
      showgrid: false,
      ticks: "outside",
      ticklen: 4,
      nticks: 5,
      rangemode: "tozero",
      // There is no half of a step to be named.
      ...(lastStep < 5 && { dtick: 1 }),
      tickformat: ",d",
      hoverformat: ",d",
    },
    yaxis: { ...axis, type: chart.logScale ? "log" : "linear", nticks: 5, exponentformat: "e" },
  };
  void plotly.react(element, traces, layout, {
    displayModeBar: false,
    responsive: true,
    doubleClick: "reset",
    showTips: false,
  });
}

/** A chart as a file, twice as many pixels as on screen. */
export async function chartPicture(element: HTMLElement, format: "png" | "svg"): Promise<Blob> {
  const { width, height } = element.getBoundingClientRect();
  const address = await plotly.toImage(element, { format, width, height, scale: format === "png" ? 2 : 1 });
  const [, encoding = "", body = ""] = /^data:image\/[a-z+]+(;base64)?,(.*)$/su.exec(address) ?? [];
  const type = format === "png" ? "image/png" : "image/svg+xml";
  if (encoding === "") return new Blob([decodeURIComponent(body)], { type });
  return new Blob([Uint8Array.from(atob(body), (character) => character.charCodeAt(0))], { type });
}

export const removeChart = (element: HTMLElement): void => plotly.purge(element);
