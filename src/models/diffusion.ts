/**
 * Elucidating the Design Space of Diffusion-Based Generative Models. T. Karras,
 * M. Aittala, T. Aila, S. Laine, 2022 (EDM). https://arxiv.org/abs/2206.00364
 *
 * Numbers are noised and denoised as in that paper, categories are masked and
 * filled in as in S. Sahoo et al., Simple and Effective Masked Diffusion
 * Language Models, 2024; both share one clock t and one network, as in J. Shi
 * et al., TabDiff, 2025 (with its schedules fixed: ρ = 7, k = 1).
 *
 * t runs from 0 (data) to 1 (nothing left of it):
 *   a number carries noise of deviation σ(t), and
 *   each category is masked (all zeros) with probability t.
 */
import type { Given, Span } from "../encode/span.ts";
import type { SettingValue } from "../catalog/setting.ts";
import { average } from "../engine/average.ts";
import { noised } from "../engine/fused/noised.ts";
import { meanSquaredError } from "../engine/fused/squares.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  concat,
  cos,
  div,
  exp,
  fill,
  log,
  matMul,
  maximum,
  mean,
  mul,
  neg,
  sin,
  sqrt,
  square,
  step,
  sub,
  sum,
  tensor2d,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";
import { netFor } from "./picture.ts";
import type { Convolutions } from "./picture.ts";
import { own, placed, rowPlaces, wavePlaces } from "./places.ts";
import { replacement, resamplings, showing } from "./replacement.ts";
import { times } from "./times.ts";
import { waves } from "./waves.ts";

export interface DiffusionOptions {
  readonly hidden: readonly number[];
  /** What convolutions go over; or why they can't, in words; absent where plain units are wanted. */
  readonly convolutions?: Convolutions | string | undefined;
  /** Steps of the sampler; each asks the network twice. May change while training. */
  readonly samplingSteps: number;
  /**
   * "mixture": the network's answer is the paper's F, part row and part noise; "clean": it is the row itself (T. Li,
   * K. He, Back to Basics, 2025, https://arxiv.org/abs/2511.13720). Noise fills every direction, so a network narrower
   * than the row can't tell it; rows such as images lie in few directions, so it can tell those.
   */
  readonly predicts: "mixture" | "clean";
  /** Octaves of sine and cosine features of each number: sharpens shapes in few dimensions. */
  readonly octaves: number;
  /** Decay of the weight average that sampling uses. */
  readonly average: number;
  readonly betas: readonly [number, number];
}

// Table 1 of the EDM paper, for data of unit deviation.
const sigmaMin = 0.002;
export const sigmaMax = 80;
const rho = 7;
const root = (sigma: number): number => sigma ** (1 / rho);

/** Eq. 5: the noise level at time t. */
export function sigmaAt(t: number): number {
  return (root(sigmaMin) + t * (root(sigmaMax) - root(sigmaMin))) ** rho;
}

/** The network is told the noise level by the paper's c_noise = ln(σ)/4, its sines and its cosines. */
const noiseOctaves = 4;
const noiseFeatures = 1 + 2 * noiseOctaves;

/** Those features of one c_noise, as many. */
export function describeLevel(level: number): readonly number[] {
  const phases = Array.from({ length: noiseOctaves }, (_, k) => 2 ** k * level);
  return [level, ...phases.map(Math.sin), ...phases.map(Math.cos)];
}

/** By row, [n, 1]: the time t, c_in = 1/√(σ² + 1), σ c_in; and [n, noiseFeatures]. */
interface Levels {
  readonly t: Rows;
  readonly cosine: Rows;
  readonly sine: Rows;
  readonly features: Rows;
}

/** The same as the model's `drawLevels` in one loop, which beats twenty operations on a column. */
function levelsOnHost(u: Float32Array): Levels {
  const n = u.length;
  const columns = { t: new Float32Array(n), cosine: new Float32Array(n), sine: new Float32Array(n) };
  const features = new Float32Array(n * noiseFeatures);
  for (let i = 0; i < n; i++) {
    const t = (i + u[i]!) / n;
    const sigma = sigmaAt(t);
    columns.t[i] = t;
    columns.cosine[i] = 1 / Math.sqrt(sigma * sigma + 1);
    columns.sine[i] = sigma * columns.cosine[i]!;
    const level = Math.log(sigma) / 4;
    const at = i * noiseFeatures;
    features[at] = level;
    for (let k = 0; k < noiseOctaves; k++) {
      features[at + 1 + k] = Math.sin(2 ** k * level);
      features[at + 1 + noiseOctaves + k] = Math.cos(2 ** k * level);
    }
  }
  const column = (values: Float32Array): Rows => tensor2d(values, [n, 1]);
  return {
    t: column(columns.t),
    cosine: column(columns.cosine),
    sine: column(columns.sine),
    features: tensor2d(features, [n, noiseFeatures]),
  };
}

export function diffusion(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: DiffusionOptions,
): GenerativeModel {
  const columns = layout(spans, width);
  const { numericMask, categoryMask } = columns;
  let { samplingSteps } = options;
  const clean = options.predicts === "clean";

  const features = waves(spans, width, options.octaves);
  const inputs = features.width + noiseFeatures;
  const net = netFor(
    options.convolutions,
    "denoiser",
    { inputs, hidden: options.hidden, outputs: width, sees: [0], makes: true },
    random,
    { hidden: "silu", outputGain: 0.1 },
  );
  const averaged = average(net.weights, options.average);

  /** F_θ: numbers already scaled by c_in, categories with masked spans all zero. */
  const network = (x: Rows, noiseLevel: Rows, weights?: readonly Tensor[]): Rows =>
    net.forward(concat([features.of(x), noiseLevel], 1) as Rows, weights);

  const octaveRates = tensor2d(
    Float32Array.from({ length: noiseOctaves }, (_, k) => 2 ** k),
    [1, noiseOctaves],
  );
  /** Features of c_noise, from [n, 1] to [n, noiseFeatures]. */
  const describeNoise = (level: Rows): Rows => {
    const phases = mul(level, octaveRates);
    return concat([level, sin(phases), cos(phases)], 1) as Rows;
  };

  const evenTimes = times();

  /** Noise levels of a batch: eq. 5 again, σ = (a + t b)^ρ, by way of ln(σ)/4, which the network needs too. */
  const drawLevels = (n: number, noise: TensorRandom): Levels => {
    if (noise.onHost) return levelsOnHost(noise.uniforms(n));
    const t = evenTimes.draw(n, noise);
    const level = mul(log(add(mul(t, root(sigmaMax) - root(sigmaMin)), root(sigmaMin))), rho / 4) as Rows;
    const sigma = exp(mul(level, 4));
    const cosine = div(1, sqrt(add(square(sigma), 1))) as Rows;
    return { t, cosine, sine: mul(sigma, cosine), features: describeNoise(level) };
  };

  /** D_θ of eq. 7 for the numbers, and F_θ itself for the categories' logits; `known` are those that are not masked. */
  function denoise(
    at: Rows,
    known: Rows | undefined,
    sigma: number,
    weights: readonly Tensor[],
  ): { f: Rows; d: Rows } {
    const c = 1 / Math.sqrt(sigma * sigma + 1);
    const level = describeNoise(fill([at.shape[0], 1], Math.log(sigma) / 4) as Rows);
    const scaled = mul(at, c) as Rows;
    const f = network(known === undefined ? scaled : add(scaled, known), level, weights);
    const row = clean ? f : add(mul(at, c * c), mul(f, sigma * c));
    return { f, d: mul(row, numericMask) as Rows };
  }

  /** Algorithm 1 of the EDM paper (Heun's method), categories unmasked on the way; what is given is put back all along. */
  function denoised(n: number, noise: TensorRandom, given?: Given): Rows {
    const weights = averaged.held();
    const told = given && replacement(spans, width, given);
    let x = tidy(() => mul(mul(noise.normal(n, width), sigmaMax), numericMask)) as Rows;
    // A category that is known is one that is unmasked already, which is nothing new to the network.
    let categories = tidy(() => (told === undefined ? x.mul(0) : mul(told.rows, categoryMask))) as Rows;
    /** Per category span, 1 where `positions` has one of its places on. */
    const spansOn = (positions: Rows): Rows => matMul(positions, columns.spread, false, true);
    const pass = (t: number, s: number, back: boolean): [x: Rows, categories: Rows] => {
      const sigmaT = sigmaAt(t);
      const sigmaS = s === 0 ? 0 : sigmaAt(s);
      const epsilon = told?.numbers === true ? mul(noise.normal(n, width), numericMask) : undefined;
      const put = (at: Rows, sigma: number): Rows =>
        told === undefined || epsilon === undefined
          ? at
          : told.put(at, add(mul(told.rows, numericMask), mul(epsilon, sigma)));
      const now = put(x, sigmaT);
      const { f, d } = denoise(now, categories, sigmaT, weights);
      let filled = categories;
      if (columns.categories > 0) {
        // Of what is still masked at t, a share (t − s)/t is decided now; at s = 0 all of it.
        const drawn = columns.draw(told === undefined ? f : told.allowed(f), noise);
        const decided = step(sub((t - s) / t, noise.uniform(n, columns.categories))) as Rows;
        const free = sub(categoryMask, matMul(spansOn(categories), columns.spread));
        filled = add(categories, mul(mul(drawn, matMul(decided, columns.spread)), free));
      }
      let next = now;
      if (columns.numeric > 0) {
        const slope = div(sub(now, d), sigmaT);
        const euler = put(add(now, mul(slope, sigmaS - sigmaT)) as Rows, sigmaS);
        next = euler;
        if (sigmaS > 0) {
          const ahead = denoise(euler, filled, sigmaS, weights);
          const slopeAhead = div(sub(euler, ahead.d), sigmaS);
          next = add(now, mul(add(slope, slopeAhead), (sigmaS - sigmaT) / 2)) as Rows;
        }
      }
      if (!back) return [next.clone(), filled.clone()];
      // Back up to t: noise to the numbers, and a mask for a share (t − s)/(1 − s) of the categories that were drawn.
      const spoil = Math.sqrt(sigmaT * sigmaT - sigmaS * sigmaS);
      const noisy = add(next, mul(mul(noise.normal(n, width), spoil), numericMask)) as Rows;
      if (columns.categories === 0) return [noisy, filled.clone()];
      const stays = step(sub(noise.uniform(n, columns.categories), (t - s) / (1 - s))) as Rows;
      return [noisy, mul(filled, maximum(matMul(stays, columns.spread), told!.known)) as Rows];
    };
    for (let i = 0; i < samplingSteps; i++) {
      const [t, s] = [1 - i / samplingSteps, 1 - (i + 1) / samplingSteps];
      // Where no number is known nothing is hidden by noise, and once is enough.
      const again = told?.numbers === true && s > 0 && showing(sigmaAt(t)) ? resamplings : 1;
      for (let k = 1; k <= again; k++) {
        const next = tidy(() => pass(t, s, k < again));
        x.dispose();
        categories.dispose();
        [x, categories] = next;
      }
    }
    const rows = tidy(() => {
      const made = add(x, categories) as Rows;
      return told === undefined ? made : told.put(made, told.rows);
    });
    for (const part of [...weights, x, categories]) part.dispose();
    told?.dispose();
    return rows;
  }

  return {
    nets: [net],
    placed: placed(
      net,
      [...wavePlaces(spans, width, options.octaves), ...own("noise level", noiseFeatures)],
      rowPlaces(width),
      options.predicts,
    ),
    objectives: [
      {
        name: "loss",
        trains: net.weights,
        betas: options.betas,
        repeats: 1,
        average: averaged,
        parts: columns.numeric > 0 && columns.categories > 0 ? ["numbers", "categories"] : [],
        loss(x, noise, note) {
          const n = x.shape[0];
          const { t, cosine, sine, features: level } = drawLevels(n, noise);

          // c_in (x + σ ε) with c_in = 1/√(σ² + 1) turns data into noise along a quarter circle, and the
          // target of F (eq. 8, weighted by λ so that F's errors count alike) is the point a quarter ahead.
          const epsilon = noise.source("normal", n, width);
          const noisy = mul(noised(x, cosine, sine, epsilon), numericMask) as Rows;
          // A clean row that is off by e makes F's mixture off by e / sin; the last steps count no more than five times
          // (T. Hang et al., Efficient Diffusion Training via Min-SNR Weighting Strategy, 2023).
          const weight = clean ? div(1, maximum(sine, Math.sqrt(1 / 5))) : undefined;
          const target = weight === undefined ? noised(x, sine, neg(cosine), epsilon) : mul(x, weight);
          const weighted = (f: Rows): Rows => (weight === undefined ? f : mul(f, weight)) as Rows;

          if (columns.categories === 0) return meanSquaredError(weighted(network(noisy, level)), target);

          const masked = step(sub(t, noise.uniform(n, columns.categories))) as Rows;
          const seen = mul(x, sub(categoryMask, matMul(masked, columns.spread)));
          const f = network(add(noisy, seen), level);
          // Masked diffusion's bound: cross-entropy of what is masked, weighted by 1/t (MDLM, eq. 10).
          const weights = div(masked, maximum(t, 0.02)) as Rows;
          const categories = mean(sum(columns.crossEntropy(x, f, weights), 1)) as Scalar;
          const numbers = mean(sum(mul(square(sub(weighted(f), target)), numericMask), 1)) as Scalar;
          if (columns.numeric > 0) {
            note("numbers", div(numbers, columns.numeric) as Scalar);
            note("categories", div(categories, columns.categories) as Scalar);
          }
          return div(add(numbers, categories), columns.numeric + columns.categories) as Scalar;
        },
      },
    ],

    heeds: "all",
    sample: (n, noise) => denoised(n, noise),
    complete: (given, noise) => denoised(given.rows.rows, noise, given),
    ...(columns.categories === 0 && {
      inside: {
        kind: "noise",
        sigmaAt: (level) => sigmaAt(level),
        denoise: (x, sigma) => tidy(() => denoise(x, undefined, sigma, averaged.weights()).d),
      },
    }),
    tune(key: string, value: SettingValue) {
      if (key === "samplingSteps" && typeof value === "number")
        samplingSteps = Math.max(1, Math.round(value));
    },
    dispose() {
      for (const part of [net, averaged, columns, features, octaveRates]) part.dispose();
      evenTimes.dispose();
    },
  };
}
