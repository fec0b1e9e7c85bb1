/** What is wrong with a model's rows: groups that it leaves out, rows that it knows by heart, noise that was not taken away. */
import { decimal, t } from "../language/words.ts";
import { numberOf, ranWith, rounded, settled, type Finding, type Remedy, type Seen } from "./finding.ts";
import { wider } from "./remedies.ts";
import { settingsOf } from "./setup.ts";

/** Groups of real rows that the generator does not hit (I. Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 5.1). */
export function modeCollapse(seen: Seen): Finding | undefined {
  const look = seen.training.inspected?.clusters;
  if (look === undefined || !settled(seen)) return undefined;
  const missed = seen.phase === "finished" ? look.missed : look.lasting;
  // What lasts is what is shown: other clusters may be empty in this look alone.
  if (missed === 0) return undefined;
  const what = look.clear ? t`clusters` : t`regions`;
  const one = missed === 1;
  const remedy = wider(seen);
  return {
    id: "mode-collapse",
    title: t`${missed} of ${look.of} ${what} ${one ? t`is` : t`are`} all but empty`,
    evidence: t`Of the ${look.rows} synthetic rows that lie near real ones, ${Math.round(look.expected)} should lie there; ${look.found === 0 ? t`none does` : look.found === 1 ? t`one does` : t`${look.found} do`}. The model leaves that part of the data out (mode collapse).`,
    shown: { kind: "missed" },
    ...(remedy && { remedy }),
  };
}

/** Rows learned by heart: nearer to training rows than rows that nobody learned from are. See `quality/memorisation`. */
export function memorisation(seen: Seen): Finding | undefined {
  const { inspected, startedFrom, best, step } = seen.training;
  const look = inspected?.memory;
  if (look === undefined || startedFrom === undefined) return undefined;
  if (!(seen.phase === "finished" ? look.remembers : look.lasting)) return undefined;
  const percent = (share: number): string => `${decimal((100 * share).toFixed(0))} %`;
  const numbers = t`${percent(look.nearer)} of the synthetic rows lie nearer to a training row than to any held-out one; rows that owe nothing to the training rows would in ${percent(look.neutral)} (± ${percent(2 * look.error)}). ${look.copies} of ${look.rows} equal a training row${look.copiesExpected >= 0.5 ? t`, where held-out rows would in ${Math.round(look.copiesExpected)}` : ""}.`;
  const shown = { kind: "remembered" } as const;
  const byDesign = { copy: t`It repeats real rows`, smote: t`It draws between two real rows` }[
    startedFrom.model as string
  ];
  if (byDesign !== undefined)
    return {
      id: "memorisation",
      title: t`${byDesign}, by design`,
      evidence: t`${numbers} That is what it does, not a fault of this run: treat its rows like the table itself.`,
      shown,
    };
  const remedy = forgetful(seen);
  return {
    id: "memorisation",
    title: t`Rows are learned by heart`,
    evidence: numbers,
    shown,
    ...(remedy
      ? { remedy }
      : best !== undefined &&
        best.step < step && { remedy: { label: t`Go back to step ${best.step}`, goBack: true, live: true } }),
  };
}

/**
 * What keeps a model from learning rows by heart: weights that are held down, where the model has that (it did more than
 * noise on 200 penguins, docs/models.md), or noise on the rows.
 */
function forgetful(seen: Seen): Remedy | undefined {
  const again = { live: false };
  const decay = numberOf(seen, "weightDecay");
  if (decay !== undefined && decay < 10)
    return {
      ...again,
      label: t`Raise the weight decay`,
      settings: { weightDecay: Math.min(10, decay === 0 ? 0.75 : rounded(4 * decay)) },
    };
  if (seen.training.startedFrom?.kind === "images")
    return numberOf(seen, "shift") === 0
      ? { ...again, label: t`Shift images by up to 2 pixels`, settings: { shift: 2 } }
      : undefined;
  const jitter = numberOf(seen, "jitter");
  return jitter !== undefined && jitter < 0.1
    ? { ...again, label: t`Add jitter of 0.1`, settings: { jitter: 0.1 } }
    : undefined;
}

/** A chain of so few steps may be too short; more have been enough wherever we looked (docs/models.md). */
const shortest = 4;
/** Rows that lie farther from held-out ones are plainly off, and so are those of which fewer than this lie near a cluster. */
const plainlyFar = 0.05;
const nearAtLeast = 0.5;
const enoughSteps = 20;

/**
 * Diffusion that takes too few steps from noise to rows: each has to undo more noise than one guess can. (J. Song et al.,
 * Denoising Diffusion Implicit Models, 2021, table 1.) Few steps that are enough are no fault, so rows must be off as well.
 */
export function shortSchedule(seen: Seen): Finding | undefined {
  const { training, setup, stage, phase } = seen;
  const { startedFrom, scores, inspected } = training;
  if (startedFrom?.model !== "diffusion" || setup.model !== "diffusion" || !settled(seen)) return undefined;
  // It is a live setting: what counts is what it is now.
  const steps = settingsOf(setup)["samplingSteps"];
  const process = ranWith(seen)["process"];
  if (typeof steps !== "number" || steps > shortest || process === "one-step") return undefined;
  const columns = stage.scenes.columns?.columns.length ?? Infinity;
  if (process === "masked" && steps >= columns) return undefined;
  const distance = scores.at(-1)?.distance;
  const { clusters, memory } = inspected ?? {};
  const near = clusters?.clear && memory ? clusters.rows / memory.rows : 1;
  if (distance === undefined || !(distance > plainlyFar || near < nearAtLeast)) return undefined;
  const few = steps === 1 ? t`a single step` : t`${steps} steps`;
  const astray =
    clusters && memory && near < nearAtLeast
      ? t`${clusters.rows} of ${memory.rows} lie near a cluster of real ones. `
      : "";
  const { unit, amount } = startedFrom.budget;
  return {
    id: "short-schedule",
    title: t`Too few steps from noise to rows`,
    evidence: t`Rows are drawn in ${few}. ${astray}Their distance to held-out rows is ${decimal(distance.toFixed(3))}, where 0 is best. Each step has to undo more noise than one guess can (too short a noise schedule).`,
    remedy: {
      label: t`Draw in ${enoughSteps} steps${phase === "finished" ? t` and go on` : ""}`,
      settings: { samplingSteps: enoughSteps },
      // A run that has ended draws again where it goes on.
      ...(phase === "finished" && { budget: { unit, amount: Math.ceil(1.3 * amount) } }),
      live: true,
    },
  };
}
