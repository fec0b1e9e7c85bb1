/**
 * Sliced Wasserstein distance: J. Rabin et al., Wasserstein Barycenter and Its
 * Application to Texture Mixing, 2011. Rows are looked at along many random
 * directions; along one, moving one sample onto the other with least effort is
 * a matter of sorting. The root of the mean squared distance over directions.
 *
 * The distance itself (synthcity's is a Sinkhorn approximation) costs the square
 * of the rows many times over; slices cost a sort each and rank the same.
 */
import type { Work } from "../downstream/work.ts";
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Measured } from "./measured.ts";

const DIRECTIONS = 64;

/**
 * @param random turns the directions.
 * @returns 0 (alike) up, in the rows' own unit along one direction.
 * @throws RangeError where the rows' widths differ.
 */
export function* slicedWasserstein(real: Matrix, synthetic: Matrix, random: Random): Work<Measured> {
  if (real.width !== synthetic.width)
    throw new RangeError(t`Rows of ${real.width} and of ${synthetic.width} numbers can't be compared.`);
  if (real.rows === 0 || synthetic.rows === 0) return { why: t`One of the two tables has no rows.` };
  if (real.width === 0) return { why: t`No column varies.` };
  let sum = 0;
  for (let slice = 0; slice < DIRECTIONS; slice++) {
    const raw = Float64Array.from({ length: real.width }, () => random.normal());
    const length = Math.sqrt(raw.reduce((total, x) => total + x * x, 0));
    const direction = raw.map((x) => x / length);
    sum += squaredAlong(along(real, direction), along(synthetic, direction));
    yield (slice + 1) / DIRECTIONS;
  }
  return { value: Math.sqrt(sum / DIRECTIONS) };
}

function along({ values, rows, width }: Matrix, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[i * width + k]! * direction[k]!;
    return sum;
  }).sort();
}

/** Squared Wasserstein-2 distance of two sorted samples, ∫ (F⁻¹ - G⁻¹)², whatever their sizes. */
function squaredAlong(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let done = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [endA, endB] = [(i + 1) / a.length, (j + 1) / b.length];
    const end = Math.min(endA, endB);
    sum += (end - done) * (a[i]! - b[j]!) ** 2;
    done = end;
    if (endA <= end) i++;
    if (endB <= end) j++;
  }
  return sum;
}
