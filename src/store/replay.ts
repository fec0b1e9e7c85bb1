/**
 * What was seen of a run, to be seen again: the synthetic points of its first map,
 * or its images, or the bars of its one column, with the losses and figures of that
 * moment, from the first look to the last. Points are held in 16 bits a number and
 * pixels in 4, and looks are evenly thinned, so that hours take no more room than
 * minutes. The page draws these frames anyway; here it only lets some lie.
 */
import type { Frame, StageView } from "../protocol/analysis.ts";
import type { DialsLook } from "../protocol/report.ts";

/** Looks that are held at most. */
export const mostLooks = 120;

/** What was known of the run when it was looked at. */
export interface Figures {
  /** By curve, as they were last reported. */
  readonly losses: Readonly<Record<string, number>>;
  /** To the held-out rows, about 0 to 1. */
  readonly distance?: number;
  /** The step whose rows gave the distance: measuring takes time, so a look may have the figure of an earlier one. */
  readonly distanceAt?: number;
  readonly dials?: readonly { readonly label: string; readonly value: number }[];
  /** As `distanceAt`. */
  readonly dialsAt?: number;
}

/** Of a step, what was on screen of it: one picture at least. */
export interface Look extends Figures, Pictures {
  readonly step: number;
}

interface Pictures {
  readonly cloud?: Cloud;
  readonly mosaic?: Mosaic;
  readonly columns?: ColumnsFrame["columns"];
}

/** Images, two pixels a byte, the first in the high bits: image after image, each from a whole byte on. */
interface Mosaic {
  readonly codes: Uint8Array;
  /** Pixels of one image. */
  readonly size: number;
}

/** Points in the plane, each number in 16 bits of the range of its axis; what is no number is `gap`. */
interface Cloud {
  readonly codes: Uint16Array;
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
}

const gap = 0xffff;
const top = gap - 1;

export interface Replay {
  /** In the order of their steps; the last is the newest. */
  readonly looks: readonly Look[];
}

export const noReplay: Replay = { looks: [] };
export const noFigures: Figures = { losses: {} };

type PointFrame = Extract<Frame, { points: unknown }>;
type ColumnsFrame = Extract<Frame, { view: "columns" }>;
type ImagesFrame = Extract<Frame, { view: "images" }>;

/** The map of points that may be shared: one that stands still for all steps and shows no two columns of choice. */
export const mapOf = (views: readonly StageView[]): "plane" | "pca" | undefined =>
  views.find((view) => view === "plane" || view === "pca");

export type ReplayedView = "plane" | "pca" | "images" | "columns";

/** The views whose frames are held, the one that a moment is looked at in first. All columns are too many; one is not. */
export function replayedViews(views: readonly StageView[]): readonly ReplayedView[] {
  const map = mapOf(views);
  return views.includes("images")
    ? ["images", ...(map ? [map] : [])]
    : map
      ? [map]
      : views.includes("columns")
        ? ["columns"]
        : [];
}

/** A frame of one of these views; of images with the pixels that one of them has. */
export type Seen = { readonly step: number } & (
  | Pick<PointFrame, "points">
  | Pick<ColumnsFrame, "columns">
  | (Pick<ImagesFrame, "pixels"> & { readonly size: number })
);

export function seen(replay: Replay, frame: Seen, figures: Figures = noFigures): Replay {
  const { step } = frame;
  // A view that comes on screen anew draws the same step once more, and one step may be seen in two.
  const before = replay.looks.filter((each) => each.step < step);
  const { cloud, mosaic, columns } = replay.looks.find((each) => each.step === step) ?? {};
  const look: Look = {
    step,
    ...(cloud && { cloud }),
    ...(mosaic && { mosaic }),
    ...(columns && { columns }),
    ...pictured(frame),
    ...figures,
  };
  const looks = [...before, look];
  return { looks: looks.length > mostLooks ? without(looks, crowded(looks)) : looks };
}

/** What was measured of a step's rows after they were seen goes to that step's look, if it is held. */
export function measured(replay: Replay, step: number, figures: Partial<Figures>): Replay {
  const { looks } = replay;
  if (!looks.some((look) => look.step === step)) return replay;
  return { looks: looks.map((look) => (look.step === step ? { ...look, ...figures } : look)) };
}

/** The run went back to a step: what came after it is no part of it any more. */
export function rewound({ looks }: Replay, step: number): Replay {
  return { looks: looks.filter((look) => look.step <= step) };
}

/** Where the look goes whose neighbours are nearest to each other; the first and the last two stay. */
function crowded(looks: readonly Look[]): number {
  let [place, least] = [1, Infinity];
  for (let i = 1; i < looks.length - 2; i++) {
    const room = looks[i + 1]!.step - looks[i - 1]!.step;
    if (room < least) [place, least] = [i, room];
  }
  return place;
}

const without = <T>(list: readonly T[], place: number): readonly T[] => list.filter((_, i) => i !== place);

function quantised(points: Float32Array): Cloud {
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  points.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const axis = i % 2 === 0 ? 0 : 1;
    low[axis] = Math.min(low[axis], value);
    high[axis] = Math.max(high[axis], value);
  });
  const codes = Uint16Array.from(points, (value, i) => {
    const axis = i % 2 === 0 ? 0 : 1;
    if (!Number.isFinite(value)) return gap;
    const span = high[axis] - low[axis];
    return span > 0 ? Math.round(((value - low[axis]) / span) * top) : 0;
  });
  return { codes, low, high };
}

/** Greys that a pixel is held in, less one. */
const white = 15;
/** Bytes of images in a look: 25 of 16 by 16 pixels, 8 of 28 by 28. */
const mosaicBytes = 3_200;

function pictured(frame: Seen): Pictures {
  if ("points" in frame) return { cloud: quantised(frame.points) };
  if ("columns" in frame) return { columns: frame.columns };
  const { pixels, size } = frame;
  const each = Math.ceil(size / 2);
  const many = Math.min(Math.floor(pixels.length / size), Math.max(1, Math.floor(mosaicBytes / each)));
  const codes = new Uint8Array(many * each);
  for (let image = 0; image < many; image++)
    for (let i = 0; i < size; i++) {
      const grey = Math.round((pixels[image * size + i]! / 255) * white);
      codes[image * each + (i >> 1)]! |= i % 2 === 0 ? grey << 4 : grey;
    }
  return { mosaic: { codes, size } };
}

/** One byte a pixel, image after image, each of 16 greys; the first images of the frame, as many as are held. */
export function pixelsOf({ codes, size }: Mosaic): Uint8Array<ArrayBuffer> {
  const each = Math.ceil(size / 2);
  const many = codes.length / each;
  const pixels = new Uint8Array(many * size);
  for (let image = 0; image < many; image++)
    for (let i = 0; i < size; i++) {
      const byte = codes[image * each + (i >> 1)]!;
      pixels[image * size + i] = Math.round(((i % 2 === 0 ? byte >> 4 : byte & white) / white) * 255);
    }
  return pixels;
}

/** [x0, y0, …] in the scene's own coordinates, to a 65,000th of what the look spans; NaN where a point had no place. */
export function pointsOf({ codes, low, high }: Cloud): Float32Array {
  return Float32Array.from(codes, (code, i) => {
    const axis = i % 2 === 0 ? 0 : 1;
    return code === gap ? NaN : low[axis] + (code / top) * (high[axis] - low[axis]);
  });
}

/** The place of the look nearest to a step, which may be none of theirs; -1 where there are none. */
export function placeOf({ looks }: Pick<Replay, "looks">, step: number): number {
  let best = looks.length - 1;
  looks.forEach((look, i) => {
    if (Math.abs(look.step - step) < Math.abs(looks[best]!.step - step)) best = i;
  });
  return best;
}

/** The looks that show a view's picture. */
export const picturedIn = ({ looks }: Replay, view: StageView): readonly Look[] =>
  looks.filter(({ cloud, mosaic, columns }) =>
    view === "images" ? mosaic : view === "columns" ? columns : cloud,
  );

/** Bytes that a replay takes: what its numbers take, not what an engine adds to them. */
export const bytesOf = ({ looks }: Replay): number =>
  looks.reduce(
    (sum, { cloud, mosaic, columns = [], losses, dials = [] }) =>
      sum +
      (cloud?.codes.byteLength ?? 0) +
      (mosaic?.codes.byteLength ?? 0) +
      8 * columns.reduce((numbers, { counts }) => numbers + counts.length + 3, 0) +
      8 * (8 + Object.keys(losses).length + dials.length),
    0,
  );

/** What the dials showed, for a look. */
export const dialsOf = (look: DialsLook): NonNullable<Figures["dials"]> =>
  look.dials.flatMap(({ label, measured }) =>
    "value" in measured ? [{ label, value: measured.value }] : [],
  );
