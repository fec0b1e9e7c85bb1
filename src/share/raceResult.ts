/** A race as a result to be shared: each racer as the run that it would have been alone, and the trilemma's figures. */
import { defaultsFor } from "../catalog/models.ts";
import { noExperiment } from "../store/experiment.ts";
import { emptyStage, untrained } from "../store/fold.ts";
import type { Racer, RaceState } from "../store/race.ts";
import type { Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { SharedResult, SharedRun } from "./result.ts";
import { resultOf } from "./resultOf.ts";

/**
 * Names and categories stay masked where the table is a person's own.
 * @returns undefined where no racer was judged.
 */
export function raceResultOf(
  lab: LabState,
  race: RaceState,
  fingerprint?: Fingerprint,
): SharedResult | undefined {
  const { config, scene, backend, racers } = race;
  if (config === undefined || scene === undefined) return undefined;
  const results = racers.flatMap((racer) => {
    if (racer.figures === undefined) return [];
    const { step, spent, losses, objectives, scores, replay } = racer;
    const state: LabState = {
      ...lab,
      phase: "finished",
      // It was of the model on the page.
      experiment: noExperiment,
      backend: backend && { name: backend, adapter: "", reason: "", laps: [] },
      training: {
        ...untrained(0),
        startedFrom: setupOf(lab.setup, race, racer),
        step,
        elapsed: spent,
        stepsPerSecond: spent > 0 ? step / spent : 0,
        losses,
        objectives,
        scores,
        replay,
      },
      stage: { ...emptyStage, scenes: { [scene.view]: scene } },
    };
    const alone = resultOf(state, { names: false, categories: false }, fingerprint);
    return alone === undefined ? [] : [{ ...alone, runs: [{ ...alone.runs[0]!, ...figuresOf(racer) }] }];
  });
  const [first] = results;
  return first && { ...first, runs: results.flatMap(({ runs }) => runs) };
}

/** With it the lab makes that run. */
function setupOf(lab: Setup, { config }: RaceState, { spec }: Racer): Setup {
  const usual = defaultsFor(spec.id, lab.kind);
  const changed = Object.entries(spec.settings).filter(
    ([key, value]) => String(usual[key]) !== String(value),
  );
  return {
    ...lab,
    model: spec.id,
    settings: Object.fromEntries(changed),
    weights: "fresh",
    seed: config!.seed,
    budget: config!.budget,
    speed: Infinity,
  };
}

function figuresOf({ figures, rowsPerSecond }: Racer): Pick<SharedRun, "trilemma" | "distance"> {
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const { quality, coverage, distance } = figures!;
  return {
    trilemma: {
      ...(quality !== undefined && { quality: rounded(quality) }),
      ...(coverage !== undefined && { coverage: rounded(coverage) }),
      ...(rowsPerSecond !== undefined && { rowsPerSecond: rounded(rowsPerSecond) }),
    },
    ...(distance !== undefined && { distance: rounded(distance) }),
  };
}
