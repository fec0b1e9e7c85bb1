/**
 * A number column as a mixture of Gaussians: which mode a value belongs to, and
 * where in that mode it lies. One mode is enough where the encoder has already
 * made the column normal; a column of several peaks gets several.
 *
 * Modes are fitted by expectation-maximisation, their number chosen by the
 * Bayesian information criterion (G. Schwarz, 1978), where the CTGAN paper
 * takes a variational mixture that empties the modes it doesn't need.
 */

export type Mode = { readonly weight: number; readonly mean: number; readonly deviation: number };

/** Values looked at: more would tell the modes hardly better. */
const enough = 4_000;
const rounds = 60;
/** A mode is no narrower than this share of the column's deviation, or it would fall onto a single value. */
const narrowest = 0.02;
/** Nor does it hold less than this share of the values. */
const lightest = 0.005;

/**
 * @param values at least one, finite. @param most modes.
 * @returns the modes, by mean.
 */
export function fitModes(values: Float64Array, most: number): readonly Mode[] {
  const stride = Math.max(1, Math.floor(values.length / enough));
  const sample = values.filter((_, i) => i % stride === 0).sort();
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
  const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length;
  const deviation = Math.sqrt(variance);
  if (!(deviation > 0)) return [{ weight: 1, mean, deviation: 1 }];
  let best: { readonly modes: readonly Mode[]; readonly score: number } | undefined;
  for (let k = 1; k <= most; k++) {
    const modes = maximise(sample, k, deviation);
    const score = -2 * logLikelihood(sample, modes) + (3 * k - 1) * Math.log(sample.length);
    if (best !== undefined && score >= best.score) break;
    best = { modes, score };
  }
  return best!.modes;
}

/** Which mode each value most likely belongs to. */
export function modeOf(value: number, modes: readonly Mode[]): number {
  let best = 0;
  for (let m = 1; m < modes.length; m++)
    if (density(value, modes[m]!) > density(value, modes[best]!)) best = m;
  return best;
}

/** Weight times density, up to the same constant for all. */
const density = (x: number, { weight, mean, deviation }: Mode): number =>
  (weight / deviation) * Math.exp(-0.5 * ((x - mean) / deviation) ** 2);

/** Expectation-maximisation from modes at evenly spread quantiles. */
function maximise(sample: Float64Array, k: number, spread: number): readonly Mode[] {
  const least = narrowest * spread;
  let modes: Mode[] = Array.from({ length: k }, (_, m) => ({
    weight: 1 / k,
    mean: sample[Math.floor(((m + 0.5) / k) * sample.length)]!,
    deviation: Math.max(least, spread / k),
  }));
  for (let round = 0; round < rounds && k > 1; round++) {
    const sums = modes.map(() => ({ weight: 0, x: 0, xx: 0 }));
    for (const x of sample) {
      const shares = modes.map((mode) => density(x, mode));
      const total = shares.reduce((sum, share) => sum + share, 0);
      if (!(total > 0)) continue;
      for (let m = 0; m < modes.length; m++) {
        const share = shares[m]! / total;
        sums[m]!.weight += share;
        sums[m]!.x += share * x;
        sums[m]!.xx += share * x * x;
      }
    }
    modes = sums.flatMap(({ weight, x, xx }) => {
      if (weight < lightest * sample.length) return [];
      const mean = x / weight;
      const deviation = Math.max(least, Math.sqrt(Math.max(0, xx / weight - mean * mean)));
      return [{ weight: weight / sample.length, mean, deviation }];
    });
  }
  if (k === 1) {
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    return [{ weight: 1, mean, deviation: spread }];
  }
  return modes.toSorted((a, b) => a.mean - b.mean);
}

function logLikelihood(sample: Float64Array, modes: readonly Mode[]): number {
  let sum = 0;
  for (const x of sample) {
    const total = modes.reduce((all, mode) => all + density(x, mode), 0);
    sum += Math.log(Math.max(total, 1e-300));
  }
  return sum;
}
