/**
 * What is drawn on canvases, to be drawn once more: larger for a file, or as SVG.
 * Whoever draws hangs its painting on its element; whoever saves asks the element.
 */
import type { Colours } from "./colours.ts";
import type { Pen } from "./scatter.ts";
import type { Size } from "./useSize.ts";

export interface Painting {
  readonly size: Size;
  readonly colours: Colours;
  paint(pen: Pen): void;
}

const hung = new WeakMap<Element, Painting>();

export const hang = (element: Element, painting: Painting): void => void hung.set(element, painting);

/** The painting of the element or of the first one within it that has one. */
export function paintingIn(element: Element): Painting | undefined {
  for (const each of [element, ...element.querySelectorAll("[data-painting]")]) {
    const found = hung.get(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
