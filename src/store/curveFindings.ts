/** What a run's losses, and its distance to the holdout, say of it. */
import { decimal, t } from "../language/words.ts";
import { numberOf, ranWith, rounded, settled, type Finding, type Remedy, type Seen } from "./finding.ts";

/** Points of a curve that are looked at: one alone says nothing. */
const looked = 40;
/** A run that is over has no more to give; a fast device is done before it has told so many. */
const fewest = 10;

/** Mean of the newest points of a curve; NaN where there are too few. */
function lately({ training: { losses }, phase }: Seen, curve: string): number {
  const told = losses.values[curve] ?? [];
  const enough =
    phase === "finished" ? Math.min(looked, Math.max(fewest, Math.floor(told.length / 2))) : looked;
  const points = told.slice(-enough).filter(Number.isFinite);
  return points.length < enough ? NaN : points.reduce((sum, point) => sum + point, 0) / points.length;
}

/** Training ran away and was stopped; the last good weights are back. */
export function divergence(seen: Seen): Finding | undefined {
  const { diverged } = seen.training;
  if (diverged === undefined) return undefined;
  const rate = numberOf(seen, "learningRate");
  return {
    id: "divergence",
    title: t`Training ran away`,
    evidence: diverged.replace(/ Try a lower learning rate\.$/, ""),
    ...(rate !== undefined && {
      remedy: {
        label: t`Lower the learning rate to ${rounded(rate / 5)}`,
        settings: { learningRate: Math.max(1e-6, rounded(rate / 5)) },
        live: true,
      },
    }),
  };
}

/**
 * A discriminator that is always right teaches nothing: where D's loss nears 0, the generator's gradient is that of
 * chance. (M. Arjovsky, L. Bottou, Towards Principled Methods for Training GANs, 2017.) At a draw D's loss is 2 ln 2 = 1.39.
 */
export function discriminatorWins(seen: Seen): Finding | undefined {
  const curve = seen.training.losses.values["critic"] === undefined ? "discriminator" : "critic";
  const [d, g] = [lately(seen, curve), lately(seen, "generator")];
  const r1 = numberOf(seen, "r1");
  // A Wasserstein critic's score is no probability.
  if (ranWith(seen)["loss"] === "wgan-gp" || !(d < 0.25 && g > 3)) return undefined;
  return {
    id: "discriminator-wins",
    title: t`The discriminator wins`,
    evidence: t`Its loss is ${decimal(d.toFixed(2))} (1.39 where it has to guess) and the generator's ${decimal(g.toFixed(1))}: it tells every synthetic row, so the generator learns little from it.`,
    ...(r1 !== undefined && {
      remedy: {
        label: t`Raise the R1 penalty`,
        settings: { r1: Math.min(100, r1 === 0 ? 1 : rounded(5 * r1)) },
        live: false,
      },
    }),
  };
}

/** A dimension of the latents that says less than this, in nats, says nothing (`models/vae`). */
const silent = 0.01;

/** A decoder that does without the latents: KL near 0. (S. Bowman et al., Generating Sentences from a Continuous Space, 2016.) */
export function posteriorCollapse(seen: Seen): Finding | undefined {
  const kl = lately(seen, "KL");
  const beta = numberOf(seen, "beta");
  const latent = numberOf(seen, "latent");
  const used = Math.round(lately(seen, "dimensions in use"));
  if (beta === undefined || latent === undefined || !(kl < 0.1 || used === 0)) return undefined;
  const empty = Number.isFinite(used)
    ? t`${latent - used} of ${latent} latent dimensions carry less than ${silent} nats; together they carry ${decimal(kl.toFixed(3))}.`
    : t`The KL term is ${decimal(kl.toFixed(3))}.`;
  return {
    id: "posterior-collapse",
    title: t`The latents are empty`,
    evidence: t`${empty} What the encoder says of a row is noise, so all rows come from one average (posterior collapse).`,
    ...(beta > 0.001 && {
      remedy: {
        label: t`Lower β to ${rounded(beta / 5)}`,
        settings: { beta: rounded(beta / 5) },
        live: false,
      },
    }),
  };
}

/** Looks at the holdout, a second apart, and reports of losses, ten a second, in which a swing must show. */
const window = 20;
const fewestScores = 8;
const fewestLosses = 60;

/** How a series moves around its straight trend. */
interface Swing {
  readonly mean: number;
  /** Standard deviation around the trend, and the share of all variance that the trend explains. */
  readonly deviation: number;
  readonly trend: number;
  /** How often the series crosses the trend. */
  readonly crossings: number;
}

function swingOf(series: readonly number[]): Swing {
  const n = series.length;
  const mean = series.reduce((sum, y) => sum + y, 0) / n;
  const middle = (n - 1) / 2;
  let [along, across] = [0, 0];
  series.forEach((y, i) => {
    along += (i - middle) ** 2;
    across += (i - middle) * (y - mean);
  });
  const off = series.map((y, i) => y - mean - (across / along) * (i - middle));
  const left = off.reduce((sum, y) => sum + y * y, 0) / n;
  const all = series.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n;
  return {
    mean,
    deviation: Math.sqrt(left),
    trend: all === 0 ? 0 : 1 - left / all,
    crossings: off.filter((y, i) => i > 0 && y * off[i - 1]! < 0).length,
  };
}

/** Distances below this are as good as none, and swings of theirs of no interest. */
const farFromHoldout = 0.03;

/**
 * Two networks that chase each other and get nowhere (L. Mescheder et al., Which Training Methods for GANs do actually
 * Converge?, 2018): rows come near the holdout and go away again, and the losses swing with them. Losses of opponents
 * are never still, so what counts is the distance to rows that nobody learned from.
 */
export function oscillation(seen: Seen): Finding | undefined {
  const { losses, scores } = seen.training;
  if (losses.values["generator"] === undefined || !settled(seen)) return undefined;
  const distances = scores.slice(-window).map(({ distance }) => distance);
  if (distances.length < fewestScores) return undefined;
  const swing = swingOf(distances);
  const wasserstein = ranWith(seen)["loss"] === "wgan-gp";
  const swings =
    swing.mean > farFromHoldout &&
    swing.deviation > 0.25 * swing.mean &&
    swing.trend < (wasserstein ? 0.25 : 0.5) &&
    swing.crossings >= (wasserstein ? 4 : 2);
  const recent = -Math.ceil(distances.length / 4);
  // What chased once, and has come nearer since than it ever was, got better.
  if (Math.max(...distances.slice(recent)) < Math.min(...distances.slice(0, recent))) return undefined;
  // A Wasserstein critic's loss has no scale that it could swing by.
  if (!swings || (!wasserstein && !["discriminator", "generator"].every((curve) => unsteady(seen, curve))))
    return undefined;
  const [least, most] = [Math.min(...distances), Math.max(...distances)];
  const remedy = calmer(seen);
  return {
    id: "oscillation",
    title: t`The two networks chase each other`,
    evidence: t`In the last ${distances.length} looks the distance to held-out rows swung between ${decimal(least.toFixed(2))} and ${decimal(most.toFixed(2))} and got no better, and the losses swing with it (oscillation).`,
    ...(remedy && { remedy }),
  };
}

/** Whether a loss strays from its trend by more than a third of its size, chance of single batches left out. */
function unsteady({ training: { losses } }: Seen, name: string): boolean {
  const curve = (losses.values[name] ?? losses.values["critic"] ?? []).slice(-120).filter(Number.isFinite);
  if (curve.length < fewestLosses) return false;
  const means = Array.from({ length: Math.floor(curve.length / 4) }, (_, i) =>
    curve.slice(4 * i, 4 * i + 4).reduce((sum, y) => sum + y / 4, 0),
  );
  const { deviation, mean } = swingOf(means);
  return deviation > 0.3 * Math.abs(mean);
}

function calmer(seen: Seen): Remedy | undefined {
  const [r1, rate, momentum] = ["r1", "learningRate", "momentum"].map((key) => numberOf(seen, key));
  if (r1 === 0 && ranWith(seen)["loss"] !== "wgan-gp")
    return { label: t`Set the R1 penalty to 1`, settings: { r1: 1 }, live: false };
  if (momentum !== undefined && momentum > 0.5)
    return { label: t`Lower the momentum to 0.5`, settings: { momentum: 0.5 }, live: false };
  if (rate === undefined) return undefined;
  return {
    label: t`Lower the learning rate to ${rounded(rate / 5)}`,
    settings: { learningRate: Math.max(1e-6, rounded(rate / 5)) },
    live: true,
  };
}
