/** A race as the page shows it: a fold over what its worker says, apart from the lab's state, for it lives apart. */
import type { StoreApi } from "zustand/vanilla";
import type { ModelSpec } from "../catalog/spec.ts";
import type { RaceConfig, RaceEvent, RaceFigures, RacePointScene } from "../protocol/race.ts";
import type { BackendName } from "../protocol/run.ts";
import { append, noLosses, type Losses } from "./losses.ts";
import { noReplay, seen, type Replay } from "./replay.ts";

export interface Racer {
  readonly spec: ModelSpec;
  readonly step: number;
  /** Seconds of the worker's time that it has trained for. */
  readonly spent: number;
  readonly objectives: readonly string[];
  readonly losses: Losses;
  readonly scores: readonly { readonly step: number; readonly spent: number; readonly distance: number }[];
  /** Its points on the map, from look to look. */
  readonly replay: Replay;
  /** Why it is out. */
  readonly out: string | undefined;
  readonly figures: RaceFigures | undefined;
  /** Drawn from it, once it is judged. */
  readonly rowsPerSecond: number | undefined;
  /** The same with further seeds. */
  readonly more: readonly Heat[];
}

/** What one seed has come to. */
export interface Heat {
  readonly step: number;
  readonly spent: number;
  readonly figures: RaceFigures;
  readonly rowsPerSecond: number;
}

export interface RaceState {
  readonly status: "idle" | "starting" | "racing" | "judging" | "over" | "cancelled" | "failed";
  /** What the race that is shown was asked to do. */
  readonly config: RaceConfig | undefined;
  /** Which of the seeds races, from 0. */
  readonly turn: number;
  readonly backend: BackendName | undefined;
  readonly scene: RacePointScene | undefined;
  readonly racers: readonly Racer[];
  /** What held-out rows get. */
  readonly reference: RaceFigures | undefined;
  /** Why it failed. */
  readonly message: string;
}

export type RaceWish = Pick<RaceConfig, "racers" | "budget" | "most" | "seeds">;

/** What a person can do with a race. */
export interface Race {
  readonly store: StoreApi<RaceState>;
  /** Takes the place of the one before; the lab's own training pauses. Seed and data are those of the prepared table. */
  start(wanted: RaceWish): void;
  /** Training ends now, and what was learned is judged. */
  enough(): void;
  cancel(): void;
}

export const noRace: RaceState = {
  status: "idle",
  config: undefined,
  turn: 0,
  backend: undefined,
  scene: undefined,
  racers: [],
  reference: undefined,
  message: "",
};

export const starting = (config: RaceConfig): RaceState => ({
  ...noRace,
  status: "starting",
  config,
  racers: config.racers.map((spec) => ({
    spec,
    step: 0,
    spent: 0,
    objectives: [],
    losses: noLosses(),
    scores: [],
    replay: noReplay,
    out: undefined,
    figures: undefined,
    rowsPerSecond: undefined,
    more: [],
  })),
});

/** A figure over the seeds that have one: their mean, and from two on their standard deviation. */
export function overSeeds(
  racer: Pick<Racer, "step" | "spent" | "figures" | "rowsPerSecond" | "more">,
  of: (heat: Pick<Racer, "step" | "spent" | "figures" | "rowsPerSecond">) => number | undefined,
): { readonly mean: number; readonly deviation: number | undefined; readonly seeds: number } | undefined {
  const values = [racer, ...racer.more].flatMap((heat) => of(heat) ?? []);
  const seeds = values.length;
  if (seeds === 0) return undefined;
  // What doesn't vary must not be said to by what adding up leaves over.
  const same = values.every((value) => value === values[0]);
  const mean = same ? values[0]! : values.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: seeds > 1 ? Math.sqrt(squares / (seeds - 1)) : undefined, seeds };
}

export const underWay = ({ status }: Pick<RaceState, "status">): boolean =>
  status === "starting" || status === "racing" || status === "judging";

export function foldRace(state: RaceState, event: RaceEvent): RaceState {
  const change = (place: number, made: (racer: Racer) => Partial<Racer>): RaceState => ({
    ...state,
    racers: state.racers.map((racer, i) => (i === place ? { ...racer, ...made(racer) } : racer)),
  });
  switch (event.type) {
    case "ready": {
      const { backend, scene, objectives } = event;
      const racers = state.racers.map((racer, i) => ({ ...racer, objectives: objectives[i] ?? [] }));
      return { ...state, status: "racing", backend, scene, racers };
    }
    case "look": {
      const { step, spent, losses, distance, points } = event;
      const values = Object.fromEntries(Object.entries(losses).map(([name, value]) => [name, [value]]));
      return change(event.racer, (racer) => ({
        step,
        spent,
        losses:
          Object.keys(losses).length > 0 ? append(racer.losses, { steps: [step], values }) : racer.losses,
        scores: distance === undefined ? racer.scores : [...racer.scores, { step, spent, distance }],
        replay: seen(racer.replay, { step, points }, { losses, ...(distance !== undefined && { distance }) }),
      }));
    }
    case "out":
      return change(event.racer, () => ({ out: event.message }));
    case "again":
      return { ...state, status: "racing", turn: event.turn };
    case "judging":
      return { ...state, status: "judging" };
    case "reference":
      return { ...state, reference: event.figures };
    case "judged": {
      const { step, spent, figures, rowsPerSecond } = event;
      const heat = { step, spent, figures, rowsPerSecond };
      return change(event.racer, ({ more }) => (event.turn === 0 ? heat : { more: [...more, heat] }));
    }
    case "over":
      return { ...state, status: "over" };
    case "failed":
      return event.fatal ? { ...state, status: "failed", message: event.message } : state;
    case "alive":
      return state;
    default:
      return event satisfies never;
  }
}
