/**
 * TabDDPM: Modelling Tabular Data with Diffusion Models. A. Kotelnikov,
 * D. Baranchuk, I. Rubachev, A. Babenko, 2023. https://arxiv.org/abs/2209.15421
 *
 * Numbers get Gaussian noise (J. Ho et al., Denoising Diffusion Probabilistic
 * Models, 2020), categories change to any other (E. Hoogeboom et al., Argmax
 * Flows and Multinomial Diffusion, 2021), on one schedule ᾱ and with one network.
 *
 * Where it is not the paper's code: categories enter as one-hot, not as its
 * logarithm; their loss is the mean over levels, not T times that; rows are
 * drawn with averaged weights, with as many of the levels as are asked for.
 */
import type { SettingValue } from "../catalog/setting.ts";
import type { Given, Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { embeddingBag } from "../engine/fused/embeddingBag.ts";
import { mlp } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  clipByValue,
  concat,
  div,
  floor,
  keep,
  log,
  matMul,
  maximum,
  mean,
  mul,
  split,
  square,
  step,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  zeros,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";
import { own, placed, rowPlaces } from "./places.ts";
import { replacement, resamplings, showing } from "./replacement.ts";
import { times } from "./times.ts";

export interface TabDdpmOptions {
  readonly hidden: readonly number[];
  /** T, the noise levels that the network learns. */
  readonly levels: number;
  /** Levels that the sampler visits, at most T. May change while training. */
  readonly samplingSteps: number;
  /** Decay of the weight average that sampling uses. */
  readonly average: number;
  readonly betas: readonly [number, number];
}

/**
 * ᾱ_0 = 1, ᾱ_1, …, ᾱ_T: how much of a row is left at each level. The cosine schedule of A. Nichol, P. Dhariwal,
 * Improved Denoising Diffusion Probabilistic Models, 2021, eq. 17.
 */
export function keptShares(levels: number): Float64Array {
  const f = (t: number): number => Math.cos((((t / levels + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  const kept = new Float64Array(levels + 1).fill(1);
  for (let t = 1; t <= levels; t++) kept[t] = kept[t - 1]! * Math.max(1 - 0.999, f(t) / f(t - 1));
  return kept;
}

/** A number further from the middle is none of a standardised column's: early guesses are cut off there. */
export const furthest = 6;
/** Below any probability that matters, and with a logarithm. */
export const nearlyNever = 1e-20;
const octaves = 4;
const features = 1 + 2 * octaves;

/** What the network is told of level t: its share of T, with sines and cosines of it. */
export function featuresOf(t: number): number[] {
  const waves = Array.from({ length: octaves }, (_, k) => 2 ** k * Math.PI * t);
  return [2 * t - 1, ...waves.map(Math.sin), ...waves.map(Math.cos)];
}

export function tabDdpm(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: TabDdpmOptions,
): GenerativeModel {
  const { levels: T } = options;
  const columns = layout(spans, width);
  const { numericMask, numeric, categories } = columns;
  let samplingSteps = options.samplingSteps;
  const net = mlp("denoiser", [width + features, ...options.hidden, width], random, {
    hidden: "silu",
    residual: true,
  });
  const averaged = average(net.weights, options.average);
  const evenTimes = times();

  const kept = keptShares(T);
  // By level t = 1 … T: ᾱ_t, √ᾱ_t, √(1 − ᾱ_t), α_t, ᾱ_(t−1), then the network's features of t.
  const schedule = tensor2d(
    Array.from({ length: T }, (_, i) => {
      const [before, now] = [kept[i]!, kept[i + 1]!];
      return [now, Math.sqrt(now), Math.sqrt(1 - now), now / before, before, ...featuresOf((i + 1) / T)];
    }),
  );
  const nothing = tensor1d(new Float32Array(5 + features));
  /** [1, width]: 1/K over a category of K values, 0 at numbers. */
  const evenly = tidy(() => {
    const sizes = sum(columns.spread, 1, true);
    const share = matMul(div(1, maximum(sizes, 1)), columns.spread, true) as Rows;
    return keep(categories === 0 ? mul(share, 0) : share) as Rows;
  });

  const network = (x: Rows, level: Rows, weights?: readonly Tensor[]): Rows =>
    net.forward(concat([x, level], 1) as Rows, weights);
  /** Each category's sum over its positions, [n, categories]. */
  const perCategory = (y: Tensor): Rows => matMul(y as Rows, columns.spread, false, true);
  const anyCategory = (n: number, noise: TensorRandom): Rows => columns.draw(zeros([n, width]), noise);
  /** q(x_s | x_t, x_0) before it is scaled to 1 (eq. 8): α is ᾱ_t/ᾱ_s. `start` is x_0 or what the network takes it for. */
  const posterior = (now: Rows, start: Rows, alpha: Rows | number, before: Rows | number): Rows =>
    mul(
      add(mul(alpha, now), mul(sub(1, alpha), evenly)),
      add(mul(before, start), mul(sub(1, before), evenly)),
    ) as Rows;

  /** Ancestral sampling over some of the levels, the last one included; what is given is put back all along. */
  function denoised(n: number, noise: TensorRandom, given?: Given): Rows {
    const weights = averaged.held();
    const told = given && replacement(spans, width, given);
    let x = tidy(() => {
      const numbers = mul(noise.normal(n, width), numericMask) as Rows;
      return categories === 0 ? numbers : (add(numbers, anyCategory(n, noise)) as Rows);
    });
    /** A category that is known stays itself, which is no stranger to the network than any other. */
    const put = (at: Rows, share: number): Rows => {
      if (told === undefined) return at;
      const numbers = add(
        mul(told.rows, Math.sqrt(share)),
        mul(noise.normal(n, width), Math.sqrt(1 - share)),
      );
      return told.put(at, add(mul(numbers, numericMask), mul(told.rows, columns.categoryMask)));
    };
    const pass = (t: number, s: number, back: boolean): Rows => {
      const [now, before] = [kept[t]!, kept[s]!];
      const alpha = now / before;
      const at = put(x, now);
      const level = add(zeros([n, 1]), tensor2d([featuresOf(t / T)])) as Rows;
      const f = network(at, level, weights);
      // x̂_0 by eq. 15 of Ho et al., then their eq. 7.
      const guess = div(sub(at, mul(f, Math.sqrt(1 - now))), Math.sqrt(now));
      const start = clipByValue(guess, -furthest, furthest);
      const middle = add(
        mul(start, (Math.sqrt(before) * (1 - alpha)) / (1 - now)),
        mul(at, (Math.sqrt(alpha) * (1 - before)) / (1 - now)),
      );
      const spread = Math.sqrt(((1 - alpha) * (1 - before)) / (1 - now));
      const fresh = s === 0 ? middle : add(middle, mul(noise.normal(n, width), spread));
      const numbers = mul(fresh, numericMask) as Rows;
      /** q(x_t | x_s), where this level is to be gone through again. */
      const spoilt = (): Rows =>
        mul(
          add(mul(numbers, Math.sqrt(alpha)), mul(noise.normal(n, width), Math.sqrt(1 - alpha))),
          numericMask,
        ) as Rows;
      if (categories === 0) return back ? spoilt() : numbers;
      const logits = told === undefined ? f : told.allowed(f);
      const p = posterior(mul(at, columns.categoryMask), columns.probabilities(logits), alpha, before);
      // A category's draw can't be "not a number", and rows of diverged weights should say that they are.
      const doubt = mul(sum(f, 1, true), 0);
      const drawn = add(columns.draw(log(maximum(p, nearlyNever)), noise), doubt);
      if (!back) return add(numbers, drawn) as Rows;
      const stays = matMul(step(sub(alpha, noise.uniform(n, categories))) as Rows, columns.spread);
      return add(spoilt(), add(mul(drawn, stays), mul(anyCategory(n, noise), sub(1, stays)))) as Rows;
    };
    const visits = Math.min(samplingSteps, T);
    for (let i = 0; i < visits; i++) {
      const [t, s] = [0, 1].map((k) => Math.round((T * (visits - i - k)) / visits)) as [number, number];
      const again = told !== undefined && s > 0 && showing(Math.sqrt(1 / kept[t]! - 1)) ? resamplings : 1;
      for (let k = 1; k <= again; k++) {
        const next = tidy(() => pass(t, s, k < again));
        x.dispose();
        x = next;
      }
    }
    for (const weight of weights) weight.dispose();
    if (told === undefined) return x;
    const rows = tidy(() => told.put(x, told.rows));
    x.dispose();
    told.dispose();
    return rows;
  }

  return {
    nets: [net],
    placed: placed(net, [...rowPlaces(width), ...own("level", features)], rowPlaces(width)),
    objectives: [
      {
        name: "loss",
        trains: net.weights,
        betas: options.betas,
        repeats: 1,
        average: averaged,
        parts: numeric > 0 && categories > 0 ? ["numbers", "categories"] : [],
        loss(x, noise, note) {
          const n = x.shape[0];
          const t = evenTimes.draw(n, noise);
          const level = clipByValue(floor(mul(t, T)), 0, T - 1) as Rows;
          const [share, signal, spoil, alpha, before, told] = split(
            embeddingBag(level, schedule, nothing),
            [1, 1, 1, 1, 1, features],
            1,
          ) as Rows[];

          const epsilon = mul(noise.normal(n, width), numericMask) as Rows;
          const numbers = add(mul(mul(x, numericMask), signal!), mul(epsilon, spoil!)) as Rows;
          if (categories === 0) {
            const error = square(sub(mul(network(numbers, told!), numericMask), epsilon));
            return div(mean(sum(error, 1)), numeric) as Scalar;
          }

          const origin = mul(x, columns.categoryMask) as Rows;
          const stays = matMul(step(sub(share!, noise.uniform(n, categories))) as Rows, columns.spread);
          const changed = add(mul(origin, stays), mul(anyCategory(n, noise), sub(1, stays))) as Rows;
          const f = network(add(numbers, changed), told!);

          // KL(q(x_(t−1) | x_t, x_0) ‖ q(x_(t−1) | x_t, x̂_0)); at t = 1 it is −ln of x_0's probability.
          const q = posterior(changed, origin, alpha!, before!);
          const p = posterior(changed, columns.probabilities(f), alpha!, before!);
          const ratio = sub(log(maximum(q, nearlyNever)), log(maximum(p, nearlyNever)));
          const [allQ, allP] = [perCategory(q), perCategory(p)];
          const kl = add(div(perCategory(mul(q, ratio)), allQ), log(div(allP, allQ)));
          const unlike = div(mean(sum(kl, 1)), categories) as Scalar;
          if (numeric === 0) return unlike;

          const error = square(sub(mul(f, numericMask), epsilon));
          const noisy = div(mean(sum(error, 1)), numeric) as Scalar;
          note("numbers", noisy);
          note("categories", unlike);
          return add(noisy, unlike) as Scalar;
        },
      },
    ],

    heeds: "all",
    sample: (n, noise) => denoised(n, noise),
    complete: (given, noise) => denoised(given.rows.rows, noise, given),
    tune(key: string, value: SettingValue) {
      if (key === "samplingSteps" && typeof value === "number")
        samplingSteps = Math.max(1, Math.round(value));
    },
    dispose() {
      for (const part of [net, averaged, columns, schedule, nothing, evenly, evenTimes]) part.dispose();
    },
  };
}
