/**
 * What was seen of a run, to be seen again: the synthetic points of its first map
 * with the losses and figures of that moment, from the first look to the last.
 * Points are held in 16 bits a number, and looks are evenly thinned, so that hours
 * take no more room than minutes. The page draws these frames anyway; here it only
 * lets some lie.
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
  readonly dials?: readonly { readonly label: string; readonly value: number }[];
}

export interface Look extends Figures {
  readonly step: number;
  readonly cloud: Cloud;
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

/** The map whose frames are held: one that stands still for all steps and shows no two columns of choice. */
export const replayedView = (views: readonly StageView[]): "plane" | "pca" | undefined =>
  views.find((view) => view === "plane" || view === "pca");

export function seen(
  replay: Replay,
  { step, points }: Pick<Extract<Frame, { points: unknown }>, "step" | "points">,
  figures: Figures = noFigures,
): Replay {
  const look: Look = { step, cloud: quantised(points), ...figures };
  // A view that comes on screen anew draws the same step once more.
  const before = replay.looks.filter((each) => each.step < step);
  const looks = [...before, look];
  return { looks: looks.length > mostLooks ? without(looks, crowded(looks)) : looks };
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

/** [x0, y0, …] in the scene's own coordinates, to a 65,000th of what the look spans; NaN where a point had no place. */
export function pointsOf({ cloud: { codes, low, high } }: Look): Float32Array {
  return Float32Array.from(codes, (code, i) => {
    const axis = i % 2 === 0 ? 0 : 1;
    return code === gap ? NaN : low[axis] + (code / top) * (high[axis] - low[axis]);
  });
}

/** The place of the look nearest to a step, which may be none of theirs; -1 where there are none. */
export function placeOf({ looks }: Replay, step: number): number {
  let best = looks.length - 1;
  looks.forEach((look, i) => {
    if (Math.abs(look.step - step) < Math.abs(looks[best]!.step - step)) best = i;
  });
  return best;
}

/** Bytes that a replay takes: what its numbers take, not what an engine adds to them. */
export const bytesOf = ({ looks }: Replay): number =>
  looks.reduce(
    (sum, { cloud, losses, dials = [] }) =>
      sum + cloud.codes.byteLength + 8 * (6 + Object.keys(losses).length + dials.length),
    0,
  );

/** What the dials showed, for a look. */
export const dialsOf = (look: DialsLook): NonNullable<Figures["dials"]> =>
  look.dials.flatMap(({ label, measured }) =>
    "value" in measured ? [{ label, value: measured.value }] : [],
  );
