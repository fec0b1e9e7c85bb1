/**
 * Autoregressive Diffusion Models. E. Hoogeboom, A. Gritsenko, J. Bastings,
 * B. Poole, R. van den Berg, T. Salimans, 2022. https://arxiv.org/abs/2110.02037
 *
 * Absorbing ("masked") diffusion over columns: forwards, a row loses its
 * columns one by one, in any order; backwards, the network guesses a lost
 * column from those that are left. Numbers are cut into bins first
 * (`discretisation.ts`), so one loss and one network serve every column, as in
 * P. Tiwald et al., TabularARGN, 2025 (https://arxiv.org/abs/2501.12012).
 *
 * Any column may be given and any other asked for, so the same network fills
 * gaps and answers to conditions.
 */
import type { Matrix, Span } from "../encode/span.ts";
import type { SettingValue } from "../catalog/setting.ts";
import { average } from "../engine/average.ts";
import { mlp } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  abs,
  add,
  concat,
  div,
  exp,
  keep,
  log,
  matMul,
  maximum,
  mean,
  mul,
  step,
  sub,
  sum,
  tensor2d,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { discretisation } from "./discretisation.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";

export interface MaskedDiffusionOptions {
  readonly hidden: readonly number[];
  /** Most bins of a number column. */
  readonly bins: number;
  /** Network passes of the sampler; as many as there are columns fill them in one by one. May change while training. */
  readonly samplingSteps: number;
  /** Decay of the weight average that sampling uses. */
  readonly average: number;
  readonly betas: readonly [number, number];
}

export function maskedDiffusion(
  spans: readonly Span[],
  rows: Matrix,
  random: TensorRandom,
  options: MaskedDiffusionOptions,
): GenerativeModel {
  const discrete = discretisation(spans, rows, options.bins);
  const { width, decoding } = discrete;
  const variables = discrete.spans.length;
  const columns = layout(discrete.spans, width);
  let { samplingSteps } = options;

  const net = mlp("denoiser", [width + variables, ...options.hidden, width], random, {
    hidden: "silu",
    outputGain: 0.1,
    residual: true,
  });
  const averaged = average(net.weights, options.average);

  const decoder = (matrix: Float32Array): Rows => tensor2d(matrix, [width, rows.width]);
  const toCategories = decoder(decoding.categories);
  const toLow = decoder(decoding.low);
  const toRange = decoder(decoding.range);
  const toPower = decoder(decoding.power);

  /** Logits of all columns, from those that are seen: one-hot, zero where masked; and which are masked. */
  const network = (seen: Rows, masked: Rows, weights?: readonly Tensor[]): Rows =>
    net.forward(concat([seen, masked], 1) as Rows, weights);

  return {
    nets: [net],
    learns: discrete.codes(rows),
    objectives: [
      {
        name: "loss",
        trains: net.weights,
        betas: options.betas,
        repeats: 1,
        average: averaged,
        parts: [],
        loss(codes, noise) {
          const n = codes.shape[0];
          // Each column masked with probability t, t uniform: how many are masked is then uniform on 0 … columns,
          // as algorithm 2 draws it, and which ones as well.
          const masked = step(sub(noise.uniform(n, 1), noise.uniform(n, variables))) as Rows;
          const logits = network(columns.oneHot(codes, sub(1, masked) as Rows), masked);
          const missed = sum(columns.crossEntropy(codes, logits, masked), 1, true);
          // Eq. 11: the mean over what is masked, so that every count of masked columns weighs the same.
          return mean(div(missed, maximum(sum(masked, 1, true), 1))) as Scalar;
        },
      },
    ],

    /** Algorithm 1, several columns at a pass where there are more columns than passes. */
    sample(n, noise) {
      const weights = tidy(() => averaged.weights().map((weight) => keep(weight.clone())));
      const passes = Math.min(samplingSteps, variables);
      const passOf = tensor2d(
        ranks(noise.uniforms(n * variables), n, variables).map((rank) =>
          Math.floor((rank * passes) / variables),
        ),
        [n, variables],
      );
      let x = tidy(() => keep(mul(matMul(passOf, columns.spread), 0))) as Rows;
      for (let pass = 0; pass < passes; pass++) {
        const next = tidy(() => {
          const masked = step(sub(passOf, pass - 0.5)) as Rows;
          const now = step(sub(0.5, abs(sub(passOf, pass)))) as Rows;
          const drawn = columns.drawCodes(network(x, masked, weights), noise);
          return add(x, columns.oneHot(drawn, now)) as Rows;
        });
        x.dispose();
        x = next;
      }
      for (const weight of weights) weight.dispose();
      return tidy(() => {
        const u = noise.uniform(n, rows.width);
        passOf.dispose();
        const within = exp(mul(log(maximum(u, 1e-7)), matMul(x, toPower)));
        const decoded = add(
          add(matMul(x, toCategories), matMul(x, toLow)),
          mul(matMul(x, toRange), within),
        ) as Rows;
        x.dispose();
        return decoded;
      });
    },
    tune(key: string, value: SettingValue) {
      if (key === "samplingSteps" && typeof value === "number")
        samplingSteps = Math.max(1, Math.round(value));
    },
    dispose() {
      for (const part of [net, averaged, columns, toCategories, toLow, toRange, toPower]) part.dispose();
    },
  };
}

/** The place of each number among those of its row, smallest first: a random order of the columns by row. */
function ranks(numbers: Float32Array, rows: number, width: number): Float32Array {
  const out = new Float32Array(numbers.length);
  const order = new Int32Array(width);
  for (let row = 0; row < rows; row++) {
    const own = numbers.subarray(row * width, (row + 1) * width);
    for (let i = 0; i < width; i++) order[i] = i;
    order.sort((a, b) => own[a]! - own[b]! || a - b);
    order.forEach((column, rank) => (out[row * width + column] = rank));
  }
  return out;
}
