/**
 * Metropolis-Hastings Generative Adversarial Networks. R. Turner, J. Hung, E. Frank, Y. Saatchi, J. Yosinski, 2019.
 * https://arxiv.org/abs/1811.11357
 *
 * A generator's rows as proposals of a Markov chain, one chain a row, whose stationary distribution is that of real rows where
 * the ratio of the two densities is known: what looks likelier to be real than the row before takes its place, what
 * looks less likely does so the more rarely. Each chain takes the same number of steps, so that all rows are drawn at
 * once and none depends on which are drawn beside it.
 */
import { add, log, maximum, mul, step, sub, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import type { TensorRandom } from "../engine/noise.ts";

export interface Proposal {
  /** [n, width] */
  readonly rows: Rows;
  /** [n, 1]: ln of how much denser real rows lie there than proposed ones, but for a constant of the chain's. */
  readonly ratio: Rows;
}

/** Where `taken`, [n, 1] of 0 and 1, is 1 the one, elsewhere the other. */
const either = (taken: Rows, one: Rows, other: Rows): Rows =>
  add(mul(taken, one), mul(sub(1, taken), other)) as Rows;

/**
 * Algorithm 1, with α = min(1, r(x') / r(x)): proposals do not depend on where the chain stands.
 * @param first where the chains begin, consumed. @param propose another row for each chain. @param steps how many.
 * @returns where the chains end.
 */
export function metropolis(
  first: Proposal,
  propose: () => Proposal,
  steps: number,
  noise: TensorRandom,
): Proposal {
  let { rows, ratio } = first;
  for (let at = 0; at < steps; at++)
    [rows, ratio] = tidy(() => {
      const next = propose();
      const u = maximum(noise.uniform(rows.shape[0], 1), 1e-7);
      const taken = step(sub(sub(next.ratio, ratio), log(u))) as Rows;
      return [either(taken, next.rows, rows), either(taken, next.ratio, ratio)] as [Rows, Rows];
    });
  return { rows, ratio };
}
