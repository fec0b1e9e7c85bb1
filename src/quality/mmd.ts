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
import { apartOf, type Apart, type Squares } from "./apart.ts";
import type { Uncomputable } from "./measured.ts";
import { median } from "./statistics.ts";

export interface Mmd {
  /** MMD², at most 2. */
  readonly squared: number;
  /** σ. */
  readonly bandwidth: number;
}

/** @param apart the rows' distances, where they are known. @throws RangeError where the rows' widths differ. */
export function* mmd(real: Matrix, synthetic: Matrix, apart?: Apart): Work<Mmd | Uncomputable> {
  if (real.width !== synthetic.width)
    throw new RangeError(t`Rows of ${real.width} and of ${synthetic.width} numbers can't be compared.`);
  if (real.rows < 2 || synthetic.rows < 2)
    return { why: t`Means over pairs need at least two rows of each kind.` };
  const squares = apart ?? (yield* apartOf(real, synthetic));
  const within = pairsOf(squares.real);
  yield 0.3;
  const each = Math.ceil(within.length / 50_000);
  const some = Float64Array.from({ length: Math.ceil(within.length / each) }, (_, i) => within[i * each]!);
  const bandwidth = Math.sqrt(median(some));
  if (bandwidth === 0) return { why: t`Most real rows are equal, so their distances give no measure.` };
  yield 0.31;
  const inReal = yield* meanKernel(within, bandwidth, 0.31);
  const inMade = yield* meanKernel(pairsOf(squares.synthetic), bandwidth, 0.6);
  const across = yield* meanKernel(squares.across.values, bandwidth, 0.95);
  return { squared: inReal + inMade - 2 * across, bandwidth };
}

/** A piece of work is some hundred thousand pairs. */
function* meanKernel(squares: Float64Array, bandwidth: number, share: number): Work<number> {
  const scale = -1 / (2 * bandwidth ** 2);
  let sum = 0;
  for (let i = 0; i < squares.length; i++) {
    sum += Math.exp(scale * squares[i]!);
    if (i % 300_000 === 0) yield share;
  }
  return sum / squares.length;
}

/** Squared distances of all pairs of one sample, those of a row with itself and the other way round left out. */
function pairsOf({ values, width }: Squares): Float64Array {
  const all = new Float64Array((width * (width - 1)) / 2);
  let at = 0;
  for (let i = 0; i < width; i++) {
    all.set(values.subarray(i * width + i + 1, (i + 1) * width), at);
    at += width - i - 1;
  }
  return all;
}
