/**
 * Fidelity and diversity by neighbourhoods. A ball around each row reaches to
 * its k-th nearest row of the same kind; what lies in a ball of the other kind
 * counts as covered.
 *
 * Precision and recall: T. Kynkäänniemi et al., Improved Precision and Recall
 * Metric for Assessing Generative Models, 2019, eq. 1 and 2.
 * https://arxiv.org/abs/1904.06991
 * Density and coverage: M. F. Naeem et al., Reliable Fidelity and Diversity
 * Metrics for Generative Models, 2020, section 3. https://arxiv.org/abs/2002.09797
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { apartOf, type Apart, type Squares } from "./apart.ts";
import type { Uncomputable } from "./measured.ts";

export interface Coverage {
  /** Share of synthetic rows within the ball of a real row. */
  readonly precision: number;
  /** Share of real rows within the ball of a synthetic row. */
  readonly recall: number;
  /** Balls of real rows that a synthetic row lies in, as a multiple of k; about 1 for real rows, may exceed it. */
  readonly density: number;
  /** Share of real rows with a synthetic row in their ball; about 1 - 2^-k for as many fresh real rows. */
  readonly coverage: number;
}

/**
 * @param k neighbours that a ball reaches to; 5 in Naeem's experiments.
 * @param apart the rows' distances, where they are known.
 * @throws RangeError where the rows' widths differ.
 */
export function* coverage(
  real: Matrix,
  synthetic: Matrix,
  apart?: Apart,
  k = 5,
): Work<Coverage | Uncomputable> {
  if (real.width !== synthetic.width)
    throw new RangeError(t`Rows of ${real.width} and of ${synthetic.width} numbers can't be compared.`);
  if (Math.min(real.rows, synthetic.rows) <= k)
    return { why: t`Neighbourhoods need more than ${k} rows of each kind.` };
  const squares = apart ?? (yield* apartOf(real, synthetic));
  // Three rounds over the same number of pairs, about.
  const all = real.rows + 2 * synthetic.rows;
  const realReach = new Float64Array(real.rows);
  for (let i = 0; i < real.rows; i++) {
    realReach[i] = reach(squares.real, i, k);
    if (i % 16 === 0) yield i / all;
  }
  const syntheticReach = new Float64Array(synthetic.rows);
  for (let j = 0; j < synthetic.rows; j++) {
    syntheticReach[j] = reach(squares.synthetic, j, k);
    if (j % 16 === 0) yield (real.rows + j) / all;
  }
  const recalled = new Uint8Array(real.rows);
  const covered = new Uint8Array(real.rows);
  let precise = 0;
  let balls = 0;
  for (let j = 0; j < synthetic.rows; j++) {
    let within = 0;
    for (let i = 0; i < real.rows; i++) {
      const distance = squares.across.values[i * synthetic.rows + j]!;
      if (distance <= realReach[i]!) {
        within++;
        covered[i] = 1;
      }
      if (distance <= syntheticReach[j]!) recalled[i] = 1;
    }
    balls += within;
    if (within > 0) precise++;
    if (j % 16 === 0) yield (real.rows + synthetic.rows + j) / all;
  }
  const share = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
  return {
    precision: precise / synthetic.rows,
    recall: share(recalled),
    density: balls / (k * synthetic.rows),
    coverage: share(covered),
  };
}

/** Squared distance of row i to its k-th nearest other row. */
function reach({ values, width }: Squares, i: number, k: number): number {
  const nearest = new Float64Array(k).fill(Infinity); // ascending
  for (let other = 0; other < width; other++) {
    if (other === i) continue;
    const distance = values[i * width + other]!;
    if (distance >= nearest[k - 1]!) continue;
    let at = k - 1;
    while (at > 0 && nearest[at - 1]! > distance) {
      nearest[at] = nearest[at - 1]!;
      at--;
    }
    nearest[at] = distance;
  }
  return nearest[k - 1]!;
}
