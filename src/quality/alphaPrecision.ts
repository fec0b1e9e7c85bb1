/**
 * Alpha-precision, beta-recall and authenticity: A. Alaa et al., How Faithful Is
 * Your Synthetic Data?, 2022, section 3 and 4. https://arxiv.org/abs/2102.08921
 *
 * Around the centre of the real rows, the ball that holds a share alpha of them
 * should hold the same share of synthetic rows (precision: do they stay among
 * typical real rows, neither outside nor all in the middle?). Each real row
 * should find a synthetic one as near as its next real one, and these among
 * the inner beta of the synthetic rows (recall: are all kinds of row made?). A
 * synthetic row is authentic unless it is nearer to its nearest real row than that row's
 * own nearest neighbour.
 *
 * The centre is the mean, as in the authors' "naive" variant, which published
 * tables use; their learned hypersphere is not here. In one ball around one
 * centre, rows of two far clusters have no typical place. Fresh real rows get
 * about 1 for precision and about ½ for recall and authenticity, not 1.
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { apartOf, type Apart } from "./apart.ts";
import type { Uncomputable } from "./measured.ts";

export interface AlphaPrecision {
  /** 1 - 2 ∫ |α - P(α)| dα, 0 to 1. */
  readonly precision: number;
  /** The same of the share of covered real rows; about ½ for fresh real rows. */
  readonly recall: number;
  /** Share of synthetic rows that are no nearer copies; about ½ for fresh real rows, 0 for copies. */
  readonly authenticity: number;
  /** By synthetic row, the share of real rows that lie as near to their centre. */
  readonly positions: Float64Array;
}

/** Steps of the integral, as in the authors' code. */
const STEPS = 30;

/** @param apart the rows' distances, where they are known. @throws RangeError where the rows' widths differ. */
export function* alphaPrecision(
  real: Matrix,
  synthetic: Matrix,
  apart?: Apart,
): Work<AlphaPrecision | Uncomputable> {
  if (real.width !== synthetic.width)
    throw new RangeError(t`Rows of ${real.width} and of ${synthetic.width} numbers can't be compared.`);
  if (real.rows < 2 || synthetic.rows < 2)
    return { why: t`Typical rows need at least two rows of each kind.` };
  const radii = fromCentre(real, centreOf(real)).sort();
  const positions = fromCentre(synthetic, centreOf(real)).map((radius) => shareUpTo(radii, radius));
  const own = fromCentre(synthetic, centreOf(synthetic));
  const toReal = new Float64Array(real.rows).fill(Infinity);
  const toMade = new Float64Array(real.rows).fill(Infinity);
  const closest = new Int32Array(real.rows);
  const nearestReal = new Int32Array(synthetic.rows);
  const nearestDistance = new Float64Array(synthetic.rows).fill(Infinity);
  const { real: within, across } = apart ?? (yield* apartOf(real, synthetic));
  for (let i = 0; i < real.rows; i++) {
    for (let j = i + 1; j < real.rows; j++) {
      const distance = within.values[i * real.rows + j]!;
      if (distance < toReal[i]!) toReal[i] = distance;
      if (distance < toReal[j]!) toReal[j] = distance;
    }
    for (let j = 0; j < synthetic.rows; j++) {
      const distance = across.values[i * synthetic.rows + j]!;
      if (distance < toMade[i]!) {
        toMade[i] = distance;
        closest[i] = j;
      }
      if (distance < nearestDistance[j]!) {
        nearestDistance[j] = distance;
        nearestReal[j] = i;
      }
    }
    if (i % 16 === 0) yield i / real.rows;
  }
  // By real row, the radius of its nearest synthetic row among those of all such; infinite where that is too far to cover it.
  const inner = Float64Array.from(closest, (row) => own[row]!).sort();
  const covered = Float64Array.from(closest, (row, i) =>
    toMade[i]! <= toReal[i]! ? shareUpTo(inner, own[row]!) : Infinity,
  );
  let authentic = 0;
  for (let j = 0; j < synthetic.rows; j++) if (nearestDistance[j]! > toReal[nearestReal[j]!]!) authentic++;
  return {
    precision: agreement(positions),
    recall: agreement(covered),
    authenticity: authentic / synthetic.rows,
    positions,
  };
}

/** How near the curve "share of positions up to α" lies to α itself: 1 where they agree, 0 at worst. */
export function agreement(positions: ArrayLike<number>): number {
  const sorted = Float64Array.from(positions).sort();
  let off = 0;
  let all = 0;
  for (let step = 0; step < STEPS; step++) {
    const alpha = step / (STEPS - 1);
    off += Math.abs(alpha - shareUpTo(sorted, alpha));
    all += alpha;
  }
  return Math.max(0, 1 - off / all);
}

/** Share of the sorted values that are at most `most`. */
function shareUpTo(sorted: Float64Array, most: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! <= most) from = middle + 1;
    else to = middle;
  }
  return from / sorted.length;
}

function centreOf({ values, rows, width }: Matrix): Float64Array {
  const centre = new Float64Array(width);
  for (let i = 0; i < rows; i++) for (let k = 0; k < width; k++) centre[k]! += values[i * width + k]! / rows;
  return centre;
}

function fromCentre({ values, rows, width }: Matrix, centre: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (values[i * width + k]! - centre[k]!) ** 2;
    return Math.sqrt(sum);
  });
}
