/**
 * Maximum mean discrepancy: A. Gretton et al., A Kernel Two-Sample Test, 2012,
 * eq. 3 (unbiased). https://jmlr.org/papers/v13/gretton12a.html
 *
 *   MMD² = E k(X, X′) + E k(Y, Y′) - 2 E k(X, Y),  k(x, y) = exp(-‖x - y‖² / 2σ²)
 *
 * σ is the median distance between real rows. (synthcity's fixed σ calls almost
 * all wide rows infinitely far apart, and its figure then hardly moves.) About 0,
 * and by chance a little below, where both are draws of one distribution.
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { squaredDistances } from "./euclidean.ts";
import type { Uncomputable } from "./measured.ts";
import { median } from "./statistics.ts";

export interface Mmd {
  /** MMD², at most 2. */
  readonly squared: number;
  /** σ. */
  readonly bandwidth: number;
}

/** @throws RangeError where the rows' widths differ. */
export function* mmd(real: Matrix, synthetic: Matrix): Work<Mmd | Uncomputable> {
  if (real.width !== synthetic.width)
    throw new RangeError(t`Rows of ${real.width} and of ${synthetic.width} numbers can't be compared.`);
  if (real.rows < 2 || synthetic.rows < 2)
    return { why: t`Means over pairs need at least two rows of each kind.` };
  const within = yield* distances(real, real, 0, 0.3);
  yield 0.3;
  const each = Math.ceil(within.length / 50_000);
  const some = Float64Array.from({ length: Math.ceil(within.length / each) }, (_, i) => within[i * each]!);
  const bandwidth = Math.sqrt(median(some));
  if (bandwidth === 0) return { why: t`Most real rows are equal, so their distances give no measure.` };
  yield 0.31;
  const inReal = yield* meanKernel(within, bandwidth, 0.31);
  const made = yield* distances(synthetic, synthetic, 0.33, 0.6);
  const inMade = yield* meanKernel(made, bandwidth, 0.6);
  const between = yield* distances(real, synthetic, 0.62, 0.95);
  const across = yield* meanKernel(between, bandwidth, 0.95);
  return { squared: inReal + inMade - 2 * across, bandwidth };
}

/** A piece of work is some hundred thousand pairs. */
function* meanKernel(squares: Float32Array, bandwidth: number, share: number): Work<number> {
  const scale = -1 / (2 * bandwidth ** 2);
  let sum = 0;
  for (let i = 0; i < squares.length; i++) {
    sum += Math.exp(scale * squares[i]!);
    if (i % 300_000 === 0) yield share;
  }
  return sum / squares.length;
}

/** Squared distances of all pairs, those of a row with itself and the other way round left out. */
function* distances(a: Matrix, b: Matrix, from: number, to: number): Work<Float32Array> {
  const same = a === b;
  const all = new Float32Array(same ? (a.rows * (a.rows - 1)) / 2 : a.rows * b.rows);
  const away = new Float64Array(b.rows);
  let at = 0;
  for (let i = 0; i < a.rows; i++) {
    const first = same ? i + 1 : 0;
    squaredDistances(a, i, b, first, away);
    for (let j = 0; j < b.rows - first; j++) all[at++] = away[j]!;
    if (i % 16 === 0) yield from + ((to - from) * i) / a.rows;
  }
  return all;
}
