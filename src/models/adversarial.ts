/**
 * What a discriminator D and its opponent minimise.
 *
 * - "non-saturating": I. Goodfellow et al., Generative Adversarial Networks, 2014, section 3, on logits; with the R1
 *   penalty of L. Mescheder et al., Which Training Methods for GANs do actually Converge?, 2018.
 * - "wgan-gp": I. Gulrajani et al., Improved Training of Wasserstein GANs, 2017. https://arxiv.org/abs/1704.00028
 */
import type { Net } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  concat,
  grad,
  mean,
  mul,
  neg,
  slice,
  softplus,
  split,
  sqrt,
  square,
  sub,
  sum,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";

export type AdversarialLoss = "non-saturating" | "wgan-gp";

/** −log σ(logits), averaged: how surprised D is by "real". */
export const minusLog = (logits: Tensor): Scalar => mean(softplus(neg(logits)));

/** What D says of rows, [n, 1], given what it is `told` of each. */
export type Judge = (x: Rows, ...told: readonly Rows[]) => Rows;

/** The first rows of a batch, one in `of`, rounded up. */
export const partOf = (batch: Rows, of: number): Rows =>
  slice(batch, [0, 0], [Math.ceil(batch.shape[0] / of), batch.shape[1]]) as Rows;

/** ‖∇ₓ D(x)‖² for each row, shape [n]. */
const squaredSlope = (judge: Judge, x: Rows, told: readonly Rows[]): Tensor =>
  sum(square(grad((at: Tensor) => sum(judge(at as Rows, ...told)))(x)), 1);

/**
 * Eq. 1 of the GAN paper, as a loss, plus R1 = γ/2 E‖∇D(x)‖² on real rows.
 * @param told of a real row and of the made one that stands for it alike.
 * @param penalised R1 is of one real row in so many: a gradient's gradient costs as much as all else together.
 */
export function nonSaturatingLoss(
  judge: Judge,
  { real, fake, told = [] }: { readonly real: Rows; readonly fake: Rows; readonly told?: readonly Rows[] },
  r1: number,
  penalised = 1,
): Scalar {
  const both = told.map((each) => concat([each, each], 0) as Rows);
  const [onReal, onFake] = split(judge(concat([real, fake], 0) as Rows, ...both), 2, 0) as [Rows, Rows];
  const loss = add(minusLog(onReal), minusLog(neg(onFake))) as Scalar;
  if (r1 === 0) return loss;
  const some = (of: Rows): Rows => (penalised === 1 ? of : partOf(of, penalised));
  return add(loss, mul(mean(squaredSlope(judge, some(real), told.map(some))), r1 / 2)) as Scalar;
}

/**
 * @param real, fake what D judges, [n, its input] each.
 * @param penalties weights of R1 and of the gradient penalty, γ and λ.
 */
export function discriminatorLoss(
  kind: AdversarialLoss,
  D: Net,
  { real, fake }: { readonly real: Rows; readonly fake: Rows },
  noise: TensorRandom,
  { r1, lambda }: { readonly r1: number; readonly lambda: number },
): Scalar {
  const judge: Judge = (x) => D.forward(x);
  switch (kind) {
    case "non-saturating":
      return nonSaturatingLoss(judge, { real, fake }, r1);
    case "wgan-gp": {
      // Eq. 3 of the WGAN-GP paper: E D(x̃) − E D(x) + λ E(‖∇D(x̂)‖ − 1)², x̂ on the line between x and x̃.
      const [onReal, onFake] = split(judge(concat([real, fake], 0) as Rows), 2, 0) as [Rows, Rows];
      const mixed = add(real, mul(sub(fake, real), noise.uniform(real.shape[0], 1))) as Rows;
      const slope = sqrt(add(squaredSlope(judge, mixed, []), 1e-12));
      return add(sub(mean(onFake), mean(onReal)), mul(mean(square(sub(slope, 1))), lambda)) as Scalar;
    }
    default:
      kind satisfies never;
      throw new Error("no such loss");
  }
}

/** @param verdict D of made rows. */
export const generatorLoss = (kind: AdversarialLoss, verdict: Rows): Scalar =>
  kind === "wgan-gp" ? (neg(mean(verdict)) as Scalar) : minusLog(verdict);
