/** A pen that writes what a canvas would show as SVG: the strokes that `scatter` knows, and no more. */
import type { Pen } from "./scatter.ts";
import type { Size } from "./useSize.ts";

export interface SvgPen {
  readonly pen: Pen;
  /** The drawing so far, as a file's text. */
  text(): string;
}

/** What `save` keeps and `restore` brings back. */
interface Ink {
  fillStyle: Pen["fillStyle"];
  strokeStyle: Pen["strokeStyle"];
  globalAlpha: number;
  lineWidth: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  /** The clipping path that is in force, by number. */
  within: number | undefined;
}

const anchors: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end" };
const baselines: Partial<Record<CanvasTextBaseline, string>> = { top: "hanging", middle: "central" };

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
/** Patterns and gradients are not drawn with here. */
const colourOf = (style: Pen["fillStyle"]): string => (typeof style === "string" ? escaped(style) : "#000");
/** A pixel's hundredth is as fine as anybody prints. */
const at = (value: number): string => String(Math.round(value * 100) / 100);

/** @param measure knows how wide text is; @param background fills the page. */
export function svgPen(size: Size, measure: Pick<Pen, "measureText" | "font">, background: string): SvgPen {
  const marks: string[] = [];
  const clips: string[] = [];
  const kept: Ink[] = [];
  let path = "";
  let box: readonly number[] | undefined;
  const ink: Ink = {
    fillStyle: "#000",
    strokeStyle: "#000",
    globalAlpha: 1,
    lineWidth: 1,
    font: "11px sans-serif",
    textAlign: "left",
    textBaseline: "alphabetic",
    within: undefined,
  };
  const draw = (element: string): void => {
    const within = ink.within === undefined ? "" : ` clip-path="url(#clip${ink.within})"`;
    const opacity = ink.globalAlpha === 1 ? "" : ` opacity="${at(ink.globalAlpha)}"`;
    marks.push(element.replace(/\/?>|>/u, (end) => `${opacity}${within}${end}`));
  };
  const pen: Pen & Ink = Object.assign(ink, {
    save: () => void kept.push({ ...ink }),
    restore: () => {
      const before = kept.pop();
      if (before === undefined) return;
      const { fillStyle, strokeStyle, globalAlpha, lineWidth, font, textAlign, textBaseline, within } =
        before;
      Object.assign(ink, {
        fillStyle,
        strokeStyle,
        globalAlpha,
        lineWidth,
        font,
        textAlign,
        textBaseline,
        within,
      });
    },
    beginPath: () => {
      path = "";
      box = undefined;
    },
    closePath: () => void (path += "Z"),
    moveTo: (x: number, y: number) => void (path += `M${at(x)} ${at(y)}`),
    lineTo: (x: number, y: number) => void (path += `L${at(x)} ${at(y)}`),
    rect: (x: number, y: number, width: number, height: number) => {
      box = [x, y, width, height];
      path += `M${at(x)} ${at(y)}h${at(width)}v${at(height)}h${at(-width)}Z`;
    },
    /** Whole circles, which is all that is drawn here. */
    arc: (x: number, y: number, radius: number) => {
      const r = at(radius);
      path += `M${at(x - radius)} ${at(y)}a${r} ${r} 0 1 0 ${at(2 * radius)} 0a${r} ${r} 0 1 0 ${at(-2 * radius)} 0`;
    },
    clip: () => {
      if (box === undefined) return;
      ink.within = clips.length;
      const [x, y, width, height] = box.map(at);
      clips.push(
        `<clipPath id="clip${ink.within}"><rect x="${x}" y="${y}" width="${width}" height="${height}"/></clipPath>`,
      );
    },
    fill: () => draw(`<path d="${path}" fill="${colourOf(ink.fillStyle)}"/>`),
    stroke: () =>
      draw(
        `<path d="${path}" fill="none" stroke="${colourOf(ink.strokeStyle)}" stroke-width="${at(ink.lineWidth)}"/>`,
      ),
    fillRect: (x: number, y: number, width: number, height: number) =>
      draw(
        `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(Math.max(0, height))}" fill="${colourOf(ink.fillStyle)}"/>`,
      ),
    fillText: (text: string, x: number, y: number) => {
      const [, points = "11", family = "sans-serif"] = /^([\d.]+)px (.*)$/u.exec(ink.font) ?? [];
      draw(
        `<text x="${at(x)}" y="${at(y)}" font-size="${points}" font-family="${escaped(family)}" fill="${colourOf(ink.fillStyle)}" text-anchor="${anchors[ink.textAlign] ?? "start"}" dominant-baseline="${baselines[ink.textBaseline] ?? "auto"}">${escaped(text)}</text>`,
      );
    },
    measureText: (text: string) => {
      measure.font = ink.font;
      return measure.measureText(text);
    },
  });
  return {
    pen,
    text: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${at(size.width)}" height="${at(size.height)}" viewBox="0 0 ${at(size.width)} ${at(size.height)}"><defs>${clips.join("")}</defs><rect width="100%" height="100%" fill="${escaped(background)}"/>${marks.join("")}</svg>\n`,
  };
}
