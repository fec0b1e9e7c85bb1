/** Plots as files: what a canvas shows, drawn anew at twice its size or as SVG; what plotly shows, by plotly itself. */
import { t } from "../../language/words.ts";
import { paintingIn, type Painting } from "./paintings.ts";
import { saveFile } from "./saveFile.ts";
import { svgPen } from "./svgPen.ts";

export type PictureFormat = "png" | "svg";

/** Pixels of a file for each on screen. */
const scale = 2;

/** The plot within an element; rejects in words where there is none to save. */
export async function savePicture(element: Element, name: string, format: PictureFormat): Promise<void> {
  saveFile(await pictureOf(element, format), `${name}.${format}`);
}

async function pictureOf(element: Element, format: PictureFormat): Promise<Blob> {
  const painting = paintingIn(element);
  if (painting !== undefined) return format === "svg" ? drawing(painting) : pixels(painting);
  const chart = element.querySelector<HTMLElement>(".js-plotly-plot");
  if (chart !== null) return (await import("./plot.ts")).chartPicture(chart, format);
  const canvases = [...element.querySelectorAll("canvas")].filter(({ width }) => width > 1);
  if (canvases.length > 0 && format === "png") return sideBySide(canvases);
  throw new Error(t`There is no plot here to save yet.`);
}

function drawing({ size, colours, paint }: Painting): Blob {
  const measure = document.createElement("canvas").getContext("2d");
  if (!measure) throw new Error(t`The browser has no canvas to measure text with.`);
  const { pen, text } = svgPen(size, measure, colours.stage);
  paint(pen);
  return new Blob([text()], { type: "image/svg+xml" });
}

function pixels({ size, colours, paint }: Painting): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error(t`The browser has no canvas to draw on.`);
  context.fillStyle = colours.stage;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  paint(context);
  return toBlob(canvas);
}

function sideBySide(canvases: readonly HTMLCanvasElement[]): Promise<Blob> {
  const gap = 16;
  const canvas = document.createElement("canvas");
  canvas.width = canvases.reduce((sum, { width }) => sum + width + gap, -gap);
  canvas.height = Math.max(...canvases.map(({ height }) => height));
  const context = canvas.getContext("2d");
  let left = 0;
  for (const each of canvases) {
    context?.drawImage(each, left, 0);
    left += each.width + gap;
  }
  return toBlob(canvas);
}

const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error(t`The browser could not make the picture.`)) : resolve(blob),
    ),
  );
