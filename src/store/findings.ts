/**
 * What goes wrong with generative models often enough to have a name, seen in
 * what the page knows of a run: its losses and the newest rows by column. Each
 * finding comes with its evidence and, where one setting helps, the remedy.
 */
import type { SettingValue } from "../catalog/setting.ts";
import { settingsOf } from "./setup.ts";
import type { LabState } from "./state.ts";

export interface Finding {
  readonly id: "discriminator-wins" | "posterior-collapse" | "dropped-category";
  readonly title: string;
  readonly evidence: string;
  readonly remedy?: { readonly label: string; readonly key: string; readonly value: SettingValue };
}

type Seen = Pick<LabState, "training" | "stage">;

/** Points of a curve that are looked at: one alone says nothing. */
const looked = 40;
/** A category that should turn up so often among the rows drawn, and does not once, is missing and not unlucky. */
const expected = 8;

export function findings(state: Seen): readonly Finding[] {
  return [discriminatorWins, posteriorCollapse, droppedCategory].flatMap((find) => find(state) ?? []);
}

/** Mean of the newest points of a curve; NaN where there are too few. */
function lately({ training: { losses } }: Seen, curve: string): number {
  const points = (losses.values[curve] ?? []).slice(-looked).filter(Number.isFinite);
  return points.length < looked ? NaN : points.reduce((sum, point) => sum + point, 0) / points.length;
}

/** The settings that the run was started with. */
function settingOf({ training: { startedFrom } }: Seen, key: string): SettingValue | undefined {
  return startedFrom && settingsOf(startedFrom)[key];
}

/**
 * A discriminator that is always right teaches nothing: where D's loss nears 0, the generator's gradient is that of
 * chance. (M. Arjovsky, L. Bottou, Towards Principled Methods for Training GANs, 2017.) At a draw D's loss is 2 ln 2 = 1.39.
 */
function discriminatorWins(state: Seen): Finding | undefined {
  const [d, g] = [lately(state, "discriminator"), lately(state, "generator")];
  const r1 = settingOf(state, "r1");
  // A Wasserstein critic's score is no probability.
  if (settingOf(state, "loss") === "wgan-gp" || !(d < 0.25 && g > 3)) return undefined;
  return {
    id: "discriminator-wins",
    title: "The discriminator wins",
    evidence: `Its loss is ${d.toFixed(2)} (1.39 where it has to guess) and the generator's ${g.toFixed(1)}: it tells every synthetic row, so the generator learns little from it.`,
    ...(typeof r1 === "number" && {
      remedy: { label: "Raise the R1 penalty", key: "r1", value: Math.min(100, r1 === 0 ? 1 : 5 * r1) },
    }),
  };
}

/** A decoder that does without the latents: KL near 0. (S. Bowman et al., Generating Sentences from a Continuous Space, 2016.) */
function posteriorCollapse(state: Seen): Finding | undefined {
  const kl = lately(state, "KL");
  const beta = settingOf(state, "beta");
  if (!(kl < 0.1) || typeof beta !== "number") return undefined;
  return {
    id: "posterior-collapse",
    title: "The latents are empty",
    evidence: `The KL term is ${kl.toFixed(3)}: what the encoder says of a row is noise, so all rows come from one average.`,
    remedy: { label: "Lower β", key: "beta", value: beta / 5 },
  };
}

function droppedCategory({ stage: { scenes, frames } }: Seen): Finding | undefined {
  const dropped = (scenes.columns?.columns ?? []).flatMap(({ name, histogram }, c) => {
    const made = frames.columns?.columns[c];
    if (histogram.kind !== "category" || made === undefined) return [];
    const real = histogram.counts.reduce((sum, count) => sum + count, histogram.others);
    const drawn = made.counts.reduce((sum, count) => sum + count, made.others);
    return histogram.labels.flatMap((label, k) => {
      const share = histogram.counts[k]! / Math.max(1, real);
      return share * drawn >= expected && made.counts[k] === 0 ? [{ name, label, share, drawn }] : [];
    });
  });
  const worst = dropped.toSorted((a, b) => b.share - a.share)[0];
  if (worst === undefined) return undefined;
  const more = dropped.length > 1 ? ` ${dropped.length - 1} more like it.` : "";
  return {
    id: "dropped-category",
    title: `${worst.name}: ${worst.label} is never drawn`,
    evidence: `${(100 * worst.share).toFixed(worst.share < 0.1 ? 1 : 0)} % of the real rows have it, and none of ${worst.drawn} synthetic ones.${more} A model that has just begun may still find it; one that goes on without has dropped it.`,
  };
}
