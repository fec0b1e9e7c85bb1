/** What is wrong with a model's rows: groups and categories that it leaves out, rows that it knows by heart. */
import { modelCard } from "../catalog/models.ts";
import { numberOf, ranWith, rounded, settled, type Finding, type Remedy, type Seen } from "./finding.ts";

/** A category that should turn up so often among the rows drawn, and does not once, is missing and not unlucky. */
const expectedRows = 8;
/** More of the same, for a model that has no better answer. */
function longer({ training: { startedFrom } }: Seen): Remedy | undefined {
  if (startedFrom === undefined || modelCard(startedFrom.model).instant) return undefined;
  const { unit, amount } = startedFrom.budget;
  return { label: "Train twice as long", budget: { unit, amount: 2 * amount }, live: true };
}

/** What brings back what a model leaves out. */
function wider(seen: Seen): Remedy | undefined {
  const settings = ranWith(seen);
  const again = { live: false };
  switch (seen.training.startedFrom?.model) {
    case "gan": {
      if (settings["loss"] === "non-saturating")
        return { ...again, label: "Use the Wasserstein loss", settings: { loss: "wgan-gp" } };
      const steps = numberOf(seen, "criticSteps") ?? 10;
      return steps < 5
        ? { ...again, label: "Take 5 discriminator steps", settings: { criticSteps: 5 } }
        : longer(seen);
    }
    case "ctgan": {
      const pac = numberOf(seen, "pac") ?? 32;
      return pac < 8 ? { ...again, label: "Judge 8 rows at once", settings: { pac: 8 } } : longer(seen);
    }
    case "ddgan": {
      const steps = numberOf(seen, "steps") ?? 16;
      return steps < 4 ? { ...again, label: "Take 4 denoising steps", settings: { steps: 4 } } : longer(seen);
    }
    case "vae": {
      const beta = numberOf(seen, "beta") ?? 0;
      return beta > 0.2
        ? { ...again, label: "Lower β", settings: { beta: rounded(beta / 5) } }
        : longer(seen);
    }
    default:
      return longer(seen);
  }
}

/** Groups of real rows that the generator does not hit (I. Goodfellow, NIPS 2016 Tutorial: Generative Adversarial Networks, section 5.1). */
export function modeCollapse(seen: Seen): Finding | undefined {
  const look = seen.training.inspected?.clusters;
  if (look === undefined || !settled(seen)) return undefined;
  const missed = seen.phase === "finished" ? look.missed : look.lasting;
  // What lasts is what is shown: other clusters may be empty in this look alone.
  if (missed === 0) return undefined;
  const what = look.clear ? "clusters" : "regions";
  const one = missed === 1;
  const remedy = wider(seen);
  return {
    id: "mode-collapse",
    title: `${missed} of ${look.of} ${what} ${one ? "is" : "are"} all but empty`,
    evidence: `Of the ${look.rows} synthetic rows that lie near real ones, ${Math.round(look.expected)} should lie there; ${look.found === 0 ? "none does" : look.found === 1 ? "one does" : `${look.found} do`}. The model leaves that part of the data out (mode collapse).`,
    shown: { kind: "missed" },
    ...(remedy && { remedy }),
  };
}

export function droppedCategory(seen: Seen): Finding | undefined {
  const { scenes, frames } = seen.stage;
  if (seen.training.startedFrom !== undefined && !settled(seen)) return undefined;
  const dropped = (scenes.columns?.columns ?? []).flatMap(({ name, histogram }, c) => {
    const made = frames.columns?.columns[c];
    if (histogram.kind !== "category" || made === undefined) return [];
    const real = histogram.counts.reduce((sum, count) => sum + count, histogram.others);
    const drawn = made.counts.reduce((sum, count) => sum + count, made.others);
    return histogram.labels.flatMap((label, k) => {
      const share = histogram.counts[k]! / Math.max(1, real);
      return share * drawn >= expectedRows && made.counts[k] === 0 ? [{ name, label, share, drawn }] : [];
    });
  });
  const worst = dropped.toSorted((a, b) => b.share - a.share)[0];
  if (worst === undefined) return undefined;
  const more = dropped.length > 1 ? ` ${dropped.length - 1} more like it.` : "";
  const remedy: Remedy | undefined =
    seen.training.startedFrom?.model === "gan"
      ? { label: "Take CTGAN, which is told categories,", model: "ctgan", live: false }
      : wider(seen);
  return {
    id: "dropped-category",
    title: `${worst.name}: ${worst.label} is never drawn`,
    evidence: `${(100 * worst.share).toFixed(worst.share < 0.1 ? 1 : 0)} % of the real rows have it, and none of ${worst.drawn} synthetic ones.${more}`,
    shown: { kind: "category", column: worst.name, label: worst.label },
    ...(remedy && { remedy }),
  };
}

/** Rows learned by heart: nearer to training rows than rows that nobody learned from are. See `quality/memorisation`. */
export function memorisation(seen: Seen): Finding | undefined {
  const { inspected, startedFrom, best, step } = seen.training;
  const look = inspected?.memory;
  if (look === undefined || startedFrom === undefined) return undefined;
  if (!(seen.phase === "finished" ? look.remembers : look.lasting)) return undefined;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const numbers = `${percent(look.nearer)} of the synthetic rows lie nearer to a training row than to any held-out one; rows that owe nothing to the training rows would in ${percent(look.neutral)} (± ${percent(2 * look.error)}). ${look.copies} of ${look.rows} equal a training row${look.copiesExpected >= 0.5 ? `, where held-out rows would in ${Math.round(look.copiesExpected)}` : ""}.`;
  const shown = { kind: "remembered" } as const;
  const byDesign = { copy: "It repeats real rows", smote: "It draws between two real rows" }[
    startedFrom.model as string
  ];
  if (byDesign !== undefined)
    return {
      id: "memorisation",
      title: `${byDesign}, by design`,
      evidence: `${numbers} That is what it does, not a fault of this run: treat its rows like the table itself.`,
      shown,
    };
  const remedy = forgetful(seen);
  return {
    id: "memorisation",
    title: "Rows are learned by heart",
    evidence: numbers,
    shown,
    ...(remedy
      ? { remedy }
      : best !== undefined &&
        best.step < step && { remedy: { label: `Go back to step ${best.step}`, goBack: true, live: true } }),
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
      label: "Raise the weight decay",
      settings: { weightDecay: Math.min(10, decay === 0 ? 0.75 : rounded(4 * decay)) },
    };
  if (seen.training.startedFrom?.kind === "images")
    return numberOf(seen, "shift") === 0
      ? { ...again, label: "Shift images by up to 2 pixels", settings: { shift: 2 } }
      : undefined;
  const jitter = numberOf(seen, "jitter");
  return jitter !== undefined && jitter < 0.1
    ? { ...again, label: "Add jitter of 0.1", settings: { jitter: 0.1 } }
    : undefined;
}
