/** A race as a result to be shared: each racer as the run that it would have been alone, and the trilemma's figures. */
import { defaultsFor } from "../catalog/models.ts";
import { noExperiment } from "../store/experiment.ts";
import { emptyStage, untrained } from "../store/fold.ts";
import { overSeeds, type Racer, type RaceState } from "../store/race.ts";
import type { Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { spreadFigures, type SharedResult, type SharedRun, type SpreadFigure } from "./result.ts";
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
  const { seeds = 1, most } = config;
  return (
    first && {
      ...first,
      runs: results.flatMap(({ runs }) => runs),
      race: { seeds, ...(most && { most: { unit: most.unit, amount: most.amount } }) },
    }
  );
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

/** Of a race over seeds, means and what they vary by. */
function figuresOf(racer: Racer): Pick<SharedRun, "trilemma" | "distance" | "raced" | "spread"> {
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const found = spreadFigures.flatMap((name) => {
    const over = overSeeds(racer, ({ figures, rowsPerSecond }) =>
      name === "rowsPerSecond" ? rowsPerSecond : name === "modes" ? figures?.modes?.hit : figures?.[name],
    );
    return over === undefined ? [] : [[name, over] as const];
  });
  const means: { readonly [F in SpreadFigure]?: number } = Object.fromEntries(
    found.map(([name, { mean }]) => [name, rounded(mean)]),
  );
  const spread = found.flatMap(([name, { deviation }]) =>
    deviation === undefined ? [] : [[name, Number(deviation.toPrecision(2))] as const],
  );
  const { distance, quality, coverage, rowsPerSecond, shape, precision, recall, modes } = means;
  const centres = racer.figures?.modes?.of;
  return {
    trilemma: {
      ...(quality !== undefined && { quality }),
      ...(coverage !== undefined && { coverage }),
      ...(rowsPerSecond !== undefined && { rowsPerSecond }),
    },
    raced: {
      ...(shape !== undefined && { shape }),
      ...(precision !== undefined && { precision }),
      ...(recall !== undefined && { recall }),
      ...(modes !== undefined && centres !== undefined && { modes: { hit: modes, of: centres } }),
    },
    ...(distance !== undefined && { distance }),
    ...(spread.length > 0 && { spread: Object.fromEntries(spread) }),
  };
}
