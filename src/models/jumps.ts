/**
 * The few large steps of a denoising diffusion GAN that adds Gaussian noise: how much of a row each leaves, and what is known of
 * the step before once the clean row is guessed. Z. Xiao, K. Kreis, A. Vahdat, 2022. https://arxiv.org/abs/2112.07804
 */

/** "vp" is the paper's; "geometric" spreads its steps over all scales. */
export type Schedule = "vp" | "geometric";

// The variance-preserving schedule of Song et al. 2021, as the paper takes it over (its appendix C).
const betaMin = 0.1;
const betaMax = 20;
const first = 1e-3;
/** Deviations of noise for one of data after the first step and after the last, of the geometric schedule. */
const noiseMin = 0.1;
const noiseMax = 20;

/** By step t = 0 … T − 1, what takes x₀ to x_t and x_t to x_{t+1}, and the posterior of x_t. */
export interface Jump {
  /** √ᾱ_t and √(1 − ᾱ_t). */
  readonly kept: number;
  readonly noise: number;
  /** √(1 − β_{t+1}) and √β_{t+1}. */
  readonly stepKept: number;
  readonly stepNoise: number;
  /** q(x_t | x_{t+1}, x₀) = N(`fromClean` x₀ + `fromNoisy` x_{t+1}, `spread`²), eq. 4; exactly x₀ at t = 0. */
  readonly fromClean: number;
  readonly fromNoisy: number;
  readonly spread: number;
}

/** What of x₀'s variance is left at time i of T. */
const kept: Readonly<Record<Schedule, (i: number, steps: number) => number>> = {
  vp(i, steps) {
    const t = (i / steps) * (1 - first) + first;
    return Math.exp(-0.5 * t * t * (betaMax - betaMin) - t * betaMin);
  },
  /** Each step multiplies the ratio of noise to data alike: no detail is too fine for the last of them. */
  geometric(i, steps) {
    const ratio = noiseMax * (noiseMin / noiseMax) ** ((steps - i) / Math.max(1, steps - 1));
    return 1 / (1 + ratio ** 2);
  },
};

/** @param steps T, at least 1. */
export function jumps(steps: number, schedule: Schedule = "vp"): readonly Jump[] {
  const alphaBar = Array.from({ length: steps + 1 }, (_, i) => (i === 0 ? 1 : kept[schedule](i, steps)));
  return Array.from({ length: steps }, (_, t): Jump => {
    const [now, next] = [alphaBar[t]!, alphaBar[t + 1]!];
    const beta = 1 - next / now;
    return {
      kept: Math.sqrt(now),
      noise: Math.sqrt(1 - now),
      stepKept: Math.sqrt(1 - beta),
      stepNoise: Math.sqrt(beta),
      fromClean: (beta * Math.sqrt(now)) / (1 - next),
      fromNoisy: ((1 - now) * Math.sqrt(1 - beta)) / (1 - next),
      spread: Math.sqrt((beta * (1 - now)) / (1 - next)),
    };
  });
}
