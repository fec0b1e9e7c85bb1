/** One large denoising step in the plane: the many rows that the generator may draw, beside the one bell that a Gaussian step is. */
import type { TensorRandom } from "../engine/noise.ts";
import { readAll } from "../engine/stored.ts";
import { add, mul, tensor2d, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { StepsInside } from "../models/inside.ts";
import type { InsideLook, PlaneSeen, StepsSeen } from "../protocol/inside.ts";
import { pointsOf } from "./plane.ts";

const draws = 200;

export async function seeSteps(
  { steps, jump, guess }: StepsInside,
  { real }: PlaneSeen,
  { back, at }: Pick<InsideLook, "back" | "at">,
  noise: TensorRandom,
): Promise<StepsSeen> {
  const t = Math.min(steps, Math.max(1, back)) - 1;
  const { kept, noise: lost, stepKept, stepNoise, fromClean, fromNoisy, spread } = jump(t);
  const epsilon = noise.normals(4);
  const from =
    at ??
    ([0, 1].map(
      (i) => stepKept * (kept * real[i]! + lost * epsilon[i]!) + stepNoise * epsilon[2 + i]!,
    ) as unknown as readonly [number, number]);
  const tensors = tidy(() => {
    const noisier = tensor2d(
      Float32Array.from({ length: 2 * draws }, (_, i) => from[i % 2]!),
      [draws, 2],
    ) as Rows;
    const clean = guess(noisier, t, noise);
    const middle = add(mul(clean, fromClean), mul(noisier, fromNoisy)) as Rows;
    return [
      middle,
      add(middle, mul(noise.normal(draws, 2), spread)),
      add(mul(pointsOf(real), kept), mul(noise.normal(real.length / 2, 2), lost)),
    ];
  });
  const [middles, drawn, noised] = await readAll(tensors);
  for (const tensor of tensors) tensor.dispose();
  const mean = [0, 1].map((axis) => {
    let sum = 0;
    for (let i = axis; i < middles!.length; i += 2) sum += middles![i]!;
    return sum / draws;
  }) as unknown as readonly [number, number];
  return {
    kind: "steps",
    step: t + 1,
    of: steps,
    at: from,
    draws: drawn!,
    mean,
    // The last step of diffusion has no noise of its own: what a bell could be there is the one of the step before.
    spread: spread === 0 ? stepNoise : spread,
    noised: noised!,
  };
}
