/**
 * A mixture of Gaussians as a VAE's prior, learned with it: with one Gaussian the decoder is asked for rows at places that
 * no row of the table was ever put. J. Tomczak, M. Welling, VAE with a VampPrior, 2018 (section 4, "MoG").
 * https://arxiv.org/abs/1705.07120
 */
import * as v from "valibot";
import type { Span } from "../encode/span.ts";
import { owned } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { add, exp, fill, matMul, mul, slice, square, sub, sum, tensor2d } from "../engine/tf.ts";
import type { Rows, Tensor, Variable } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { Source } from "./model.ts";
import { own, type Placed } from "./places.ts";
import { fitting } from "./state.ts";

/** Rows to a Gaussian, at least: with fewer it stands on single rows, and the model draws those again. */
const rowsEach = 20;
const kept = v.nullable(v.object({ components: v.pipe(v.number(), v.integer(), v.minValue(1)) }));

/**
 * How many Gaussians a table bears, of those that are wanted. A run that begins with another's weights has as many as that
 * one, which knew more rows; and a model that was kept, those that it had.
 *
 * @throws Unfit where what was kept is no such number.
 */
export function componentsOf(wanted: number, from: Source): number {
  const had = "rows" in from ? from.prior?.fitted : from.state.fitted;
  if (had !== undefined) return fitting(kept, had)?.components ?? 1;
  return Math.max(1, Math.min(wanted, Math.floor(("rows" in from ? from.rows.rows : 0) / rowsEach)));
}

export interface Mixture {
  /** Means [K, latent], logarithms of deviations [K, latent], and of shares [1, K] but for a constant. */
  readonly weights: readonly [Variable, Variable, Variable];
  readonly placed: readonly Placed[];
  /** ln p(z) of each row of z [n, latent], shape [n], but for (latent / 2) ln 2π. */
  logDensity(z: Rows): Tensor;
  /** [n, latent]. @param of weights of the same shapes, averaged ones. */
  draw(n: number, noise: TensorRandom, of: readonly Tensor[]): Rows;
  dispose(): void;
}

/** The one choice among K. */
export const choiceOf = (components: number): readonly Span[] => [
  { kind: "category", start: 0, width: components, column: 0, label: "component" },
];

/** @param components K, at least 2. */
export function mixture(components: number, latent: number, random: TensorRandom): Mixture {
  const choice = layout(choiceOf(components), components);
  const [component, dimension] = [own("component", components), own("latent", latent)];
  const means = owned(tensor2d(random.normals(components * latent), [components, latent]));
  const scales = owned(tensor2d(new Float32Array(components * latent), [components, latent]));
  const shares = owned(tensor2d(new Float32Array(components), [1, components]));
  return {
    weights: [means, scales, shares],
    placed: [
      { name: "prior means", weight: means, axes: [component, dimension] },
      { name: "prior scales", weight: scales, axes: [component, dimension] },
      { name: "prior shares", weight: shares, axes: [own("shares", 1), component] },
    ],
    logDensity(z) {
      const n = z.shape[0];
      const precision = exp(mul(scales, -2)) as Rows;
      const pulled = mul(means, precision) as Rows;
      /** What does not depend on z, [1, K]. */
      const apart = add(mul(sum(add(mul(square(means), precision), mul(scales, 2)), 1), -0.5), choiceLogs());
      const logs = add(
        sub(matMul(z, pulled, false, true), mul(matMul(square(z), precision, false, true), 0.5)),
        apart,
      ) as Rows;
      // ln Σ eˡ is the cross-entropy of the first component, and its l.
      const first = slice(logs, [0, 0], [n, 1]);
      return sum(add(choice.crossEntropy(fill([n, 1], 0) as Rows, logs), first), 1);
    },
    draw(n, noise, [m, s, w]) {
      const which = choice.draw(add(fill([n, components], 0), w!) as Rows, noise);
      const around = mul(noise.normal(n, latent), matMul(which, exp(s!) as Rows));
      return add(matMul(which, m as Rows), around) as Rows;
    },
    dispose() {
      for (const part of [means, scales, shares, choice]) part.dispose();
    },
  };

  /** ln π, [K]. */
  function choiceLogs(): Tensor {
    const nothing = fill([1, 1], 0) as Rows;
    const first = slice(shares as unknown as Rows, [0, 0], [1, 1]);
    return sub(shares, add(choice.crossEntropy(nothing, shares as unknown as Rows), first));
  }
}
