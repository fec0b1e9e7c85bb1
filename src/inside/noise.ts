/** Diffusion in the plane: what noise does to rows, the score field that undoes it, and the way back that follows. */
import type { TensorRandom } from "../engine/noise.ts";
import { readAll, readValues } from "../engine/stored.ts";
import { add, concat, div, mul, sub, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { NoiseInside } from "../models/inside.ts";
import type { InsideLook, NoiseSeen, PlaneSeen } from "../protocol/inside.ts";
import { grid, pointsOf } from "./plane.ts";

const side = 20;
const travellers = 40;
/** Below this the sampler stops: what is left is not seen. */
const floor = 0.002;

export async function seeNoise(
  { sigmaAt, denoise }: NoiseInside,
  { x, y, real }: PlaneSeen,
  { level, steps }: Pick<InsideLook, "level" | "steps">,
  noise: TensorRandom,
): Promise<NoiseSeen> {
  const sigma = sigmaAt(level);
  const tensors = tidy(() => {
    const places = pointsOf(grid(side, x.range, y.range));
    const noisy = (at: Rows): Rows => add(at, mul(noise.normal(at.shape[0], 2), sigma)) as Rows;
    return [div(sub(denoise(places, sigma), places), sigma * sigma) as Rows, noisy(pointsOf(real))];
  });
  const [score, noised] = await readAll(tensors);
  for (const tensor of tensors) tensor.dispose();
  const start = noised!.subarray(0, 2 * travellers);
  const levels = Array.from({ length: steps }, (_, i) => sigmaAt(level * (1 - i / steps)));
  const lines = tidy(() => concat(descend(pointsOf(start), [...levels, 0], denoise), 1) as Rows);
  const paths = await readValues(lines);
  lines.dispose();
  return {
    kind: "noise",
    sigma,
    score: { side, values: score! },
    noised: noised!,
    paths: { across: steps + 1, points: paths },
  };
}

/**
 * Every place on the way from the first level of noise to the last, by Heun's method along dx/dσ = (x − D(x; σ)) / σ
 * (Karras et al. 2022, algorithm 1), without chance.
 */
function descend(from: Rows, sigmas: readonly number[], denoise: NoiseInside["denoise"]): Rows[] {
  const places = [from];
  for (let i = 0; i + 1 < sigmas.length; i++) {
    const [now, next] = [Math.max(floor, sigmas[i]!), sigmas[i + 1]!];
    const at = places.at(-1)!;
    const slope = (x: Rows, sigma: number): Rows => div(sub(x, denoise(x, sigma)), sigma) as Rows;
    const first = slope(at, now);
    const euler = add(at, mul(first, next - now)) as Rows;
    places.push(
      next < floor ? euler : (add(at, mul(add(first, slope(euler, next)), (next - now) / 2)) as Rows),
    );
  }
  return places;
}
