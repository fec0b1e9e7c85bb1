/** A GAN in the plane: what the discriminator believes of every place, where that pulls the made rows, and how the generator bends its noise. */
import type { TensorRandom } from "../engine/noise.ts";
import { readAll } from "../engine/stored.ts";
import { grad, sum, tensor2d, tidy } from "../engine/tf.ts";
import type { Rows, Tensor } from "../engine/tf.ts";
import type { AdversaryInside } from "../models/inside.ts";
import type { AdversarySeen, PlaneSeen } from "../protocol/inside.ts";
import { grid, lattice, pointsOf } from "./plane.ts";

const side = 40;
const warpSide = 17;
const warpReach = 2;
const fakes = 150;

export async function seeAdversary(
  { latent, says, judge, generate }: AdversaryInside,
  { x, y, real }: PlaneSeen,
  noise: TensorRandom,
): Promise<AdversarySeen> {
  const tensors = tidy(() => {
    const made = generate(noise.normal(fakes, latent));
    return [
      judge(pointsOf(grid(side, x.range, y.range))),
      judge(pointsOf(real)),
      judge(made),
      made,
      grad((at: Tensor) => sum(judge(at as Rows)))(made),
      generate(sheet(latent)),
    ];
  });
  const [field, onReal, onFake, points, pulls, warped] = await readAll(tensors);
  for (const tensor of tensors) tensor.dispose();
  const verdict = (scores: Float32Array): Float32Array =>
    says === "chance" ? scores.map((score) => 1 / (1 + Math.exp(-score))) : scores;
  /** −log of the chance that the discriminator gives to "real", or to the contrary. */
  const surprise = (scores: Float32Array, sign: 1 | -1): number =>
    mean(scores.map((score) => (says === "chance" ? Math.log1p(Math.exp(-sign * score)) : -sign * score)));
  return {
    kind: "adversary",
    verdict: { side, values: verdict(field!) },
    says,
    onReal: mean(verdict(onReal!)),
    onFake: mean(verdict(onFake!)),
    terms: { real: surprise(onReal!, 1), fake: surprise(onFake!, -1), fooled: surprise(onFake!, 1) },
    fakes: points!,
    pulls: pulls!,
    warped: { across: warpSide, points: lattice(warped!, warpSide) },
  };
}

/** A square grid over the first two dimensions of the noise; the one line there is, of a single dimension, again and again. */
function sheet(latent: number): Rows {
  const reach = [-warpReach, warpReach] as const;
  const flat = grid(warpSide, reach, reach);
  const values = new Float32Array(warpSide * warpSide * latent);
  for (let i = 0; i < warpSide * warpSide; i++)
    for (let axis = 0; axis < Math.min(2, latent); axis++) values[i * latent + axis] = flat[2 * i + axis]!;
  return tensor2d(values, [warpSide * warpSide, latent]);
}

const mean = (values: Float32Array): number =>
  values.reduce((total, value) => total + value, 0) / values.length;
