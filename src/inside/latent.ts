/** A VAE's latents: where rows lie in the plane of the two dimensions that say most, what each dimension says, and what becomes of that plane. */
import type { Matrix } from "../encode/span.ts";
import { readAll } from "../engine/stored.ts";
import { tensor2d, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { LatentInside } from "../models/inside.ts";
import type { LatentSeen } from "../protocol/inside.ts";
import { grid, lattice, rowsOf } from "./plane.ts";

const side = 21;
const reach = 2.5;
/** Points drawn of each leg of a path. */
const perLeg = 12;

/** @param path through the plane of latents; see `InsideLook`. */
export async function seeLatent(
  { latent, prior, encode, decode }: LatentInside,
  rows: Matrix,
  path: readonly number[] = [],
): Promise<LatentSeen> {
  const coded = tidy(() => encode(rowsOf(rows)));
  const [mu, logVariance] = await readAll(coded);
  for (const tensor of coded) tensor.dispose();
  const kl = (prior === "normal" ? divergences : capacities)(mu!, logVariance!, latent);
  const byWeight = kl.map((_, i) => i).toSorted((a, b) => kl[b]! - kl[a]!);
  const dimensions = [byWeight[0]!, byWeight[1] ?? byWeight[0]!] as const;
  const pick = (of: Float32Array, change: (value: number) => number): Float32Array =>
    Float32Array.from({ length: 2 * rows.rows }, (_, i) => {
      const alone = latent === 1 && i % 2 === 1;
      return alone ? change(-Infinity) : change(of[Math.floor(i / 2) * latent + dimensions[i % 2]!]!);
    });
  const deep = (points: Float32Array): Rows => {
    const values = new Float32Array((points.length / 2) * latent);
    for (let i = 0; i < points.length; i++)
      if (latent > 1 || i % 2 === 0) values[Math.floor(i / 2) * latent + dimensions[i % 2]!] = points[i]!;
    return tensor2d(values, [points.length / 2, latent]);
  };
  let drawn: readonly Float32Array[] = [];
  if (rows.width === 2) {
    const wanted = [grid(side, [-reach, reach], [-reach, reach]), legs(path)].filter((points) => points.length > 0); // prettier-ignore
    const tensors = tidy(() => wanted.map((points) => decode(deep(points))));
    drawn = await readAll(tensors);
    for (const tensor of tensors) tensor.dispose();
  }
  return {
    kind: "latent",
    prior,
    kl,
    dimensions,
    means: pick(mu!, (value) => (Number.isFinite(value) ? value : 0)),
    spreads: pick(logVariance!, (value) => Math.exp(value / 2)),
    decoded: drawn[0] && { across: side, points: lattice(drawn[0], side) },
    path: drawn[1],
  };
}

/** Mean KL(q(z|x) ‖ N(0, 1)) of each dimension, nats (Kingma & Welling 2014, appendix B). */
function divergences(mu: Float32Array, logVariance: Float32Array, latent: number): number[] {
  const sums = Array.from({ length: latent }, () => 0);
  for (let i = 0; i < mu.length; i++)
    sums[i % latent]! += 0.5 * (mu[i]! ** 2 + Math.exp(logVariance[i]!) - logVariance[i]! - 1);
  return sums.map((sum) => sum / (mu.length / latent));
}

/** ½ ln(1 + spread² / noise²) of each dimension, nats: what a Gaussian channel can carry, for under a mixture KL has no terms by dimension. */
function capacities(mu: Float32Array, logVariance: Float32Array, latent: number): number[] {
  const rows = mu.length / latent;
  return Array.from({ length: latent }, (_, j) => {
    let [sum, squares, variance, logs] = [0, 0, 0, 0];
    for (let i = j; i < mu.length; i += latent) {
      sum += mu[i]!;
      squares += mu[i]! ** 2;
      variance += Math.exp(logVariance[i]!);
      logs += logVariance[i]!;
    }
    return 0.5 * (Math.log(squares / rows - (sum / rows) ** 2 + variance / rows) - logs / rows);
  });
}

/** Points along the straight lines from one point to the next. */
function legs(path: readonly number[]): Float32Array {
  if (path.length < 4) return new Float32Array(0);
  const count = (path.length / 2 - 1) * perLeg + 1;
  return Float32Array.from({ length: 2 * count }, (_, i) => {
    const along = Math.floor(i / 2) / perLeg;
    const leg = Math.min(Math.floor(along), path.length / 2 - 2);
    const [from, to] = [path[2 * leg + (i % 2)]!, path[2 * leg + 2 + (i % 2)]!];
    return from + (to - from) * (along - leg);
  });
}
