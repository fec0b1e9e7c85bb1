/**
 * What was seen of a run, to be seen again: the synthetic points of its first map,
 * from the first look to the last, evenly thinned so that hours take no more room
 * than minutes. The page draws these frames anyway; here it only lets some lie.
 */
import type { Frame, StageView } from "../protocol/analysis.ts";

/** Looks that are held at most: twice what a link carries. */
const most = 64;

export interface Look {
  readonly step: number;
  /** [x0, y0, …] in the scene's own coordinates. */
  readonly points: Float32Array;
}

export interface Replay {
  readonly looks: readonly Look[];
  /** The newest look; it may stand too near to the last that is held to be held itself. */
  readonly latest: Look | undefined;
  /** Steps between two looks that are held. */
  readonly apart: number;
}

export const noReplay: Replay = { looks: [], latest: undefined, apart: 0 };

/** The map whose frames are held: one that stands still for all steps and shows no two columns of choice. */
export const replayedView = (views: readonly StageView[]): "plane" | "pca" | undefined =>
  views.find((view) => view === "plane" || view === "pca");

export function seen(replay: Replay, frame: Extract<Frame, { points: unknown }>): Replay {
  const { step, points } = frame;
  const latest: Look = { step, points };
  const last = replay.looks.at(-1);
  // A view that comes on screen anew draws the same step once more.
  if (last !== undefined && step < last.step + Math.max(1, replay.apart)) return { ...replay, latest };
  const looks = [...replay.looks, latest];
  if (looks.length < most) return { ...replay, looks, latest };
  const kept = looks.filter((_, i) => i % 2 === 0);
  return { looks: kept, latest, apart: Math.max(1, (2 * (step - looks[0]!.step)) / (most - 1)) };
}

/** The run went back to a step: what came after it is no part of it any more. */
export function rewound(replay: Replay, step: number): Replay {
  const looks = replay.looks.filter((look) => look.step <= step);
  const { latest } = replay;
  return { ...replay, looks, latest: latest && latest.step <= step ? latest : looks.at(-1) };
}

/** All looks that are held, the newest among them. */
export const allLooks = ({ looks, latest }: Replay): readonly Look[] =>
  latest === undefined || looks.at(-1)?.step === latest.step ? looks : [...looks, latest];
