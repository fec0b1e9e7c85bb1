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
import type { Given, Span } from "../encode/span.ts";
import type { SettingValue } from "../catalog/setting.ts";
import { average } from "../engine/average.ts";
import { embeddingBag } from "../engine/fused/embeddingBag.ts";
import { mlp } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { div, maximum, step, sub, sum } from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { discretisation, fitCuts, readCuts, type Cut } from "./discretisation.ts";
import { filling, maskedPlaces } from "./filling.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel, Source } from "./model.ts";
import { placed } from "./places.ts";

export interface MaskedDiffusionOptions {
  readonly hidden: readonly number[];
  /** Most bins of a number column. */
  readonly bins: number;
  /** Where in its bin a number is drawn: anywhere, or where a training row has it, which copies single values. */
  readonly within: "evenly" | "resample";
  /** Network passes of the sampler; as many as there are columns fill them in one by one. May change while training. */
  readonly samplingSteps: number;
  /** Decay of the weight average that sampling uses. */
  readonly average: number;
  readonly betas: readonly [number, number];
}

export function maskedDiffusion(
  spans: readonly Span[],
  rowWidth: number,
  from: Source,
  random: TensorRandom,
  options: MaskedDiffusionOptions,
): GenerativeModel {
  const cuts = "rows" in from ? cutsOf(spans, from, options) : readCuts(spans, from.state.fitted);
  const discrete = discretisation(spans, rowWidth, cuts);
  const { width } = discrete;
  const variables = discrete.spans.length;
  const columns = layout(discrete.spans, width);
  let { samplingSteps } = options;

  const net = mlp("denoiser", [width + variables, ...options.hidden, width], random, {
    hidden: "silu",
    outputGain: 0.1,
    residual: true,
  });
  const averaged = average(net.weights, options.average);

  /**
   * Logits of the columns that are `asked` for, from those that are not masked. Of the net's inputs, a place for each
   * value and one a column for "masked", exactly one a column is 1: so what comes in are their places.
   */
  const filled = filling(discrete, columns);
  const network = (codes: Rows, masked: Rows, asked: Rows, weights?: readonly Tensor[]): Rows => {
    return net.forward(filled.seen(codes, masked), weights, {
      first: embeddingBag,
      last: columns.logitsOf(asked),
    });
  };

  const fill = (n: number, noise: TensorRandom, given?: Given): Rows => {
    const weights = averaged.held();
    const passes = Math.min(samplingSteps, variables);
    const rows = filled.fill(
      n,
      passes,
      noise,
      (codes, masked, now) => network(codes, masked, now, weights),
      given,
    );
    for (const tensor of weights) tensor.dispose();
    return rows;
  };

  return {
    nets: [net],
    placed: placed(net, [...discrete.places, ...maskedPlaces(discrete)], discrete.places, "masked"),
    learns: (rows) => discrete.codes(rows),
    fitted: cuts,
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
          const logits = network(codes, masked, masked);
          // Eq. 11: the mean over what is masked, so that every count of masked columns weighs the same.
          const weights = div(masked, maximum(sum(masked, 1, true), 1)) as Rows;
          return div(sum(columns.crossEntropy(codes, logits, weights)), n) as Scalar;
        },
      },
    ],

    heeds: "all",
    sample: (n, noise) => fill(n, noise),
    complete: (given, noise) => fill(given.rows.rows, noise, given),
    tune(key: string, value: SettingValue) {
      if (key === "samplingSteps" && typeof value === "number")
        samplingSteps = Math.max(1, Math.round(value));
    },
    dispose() {
      for (const part of [net, averaged, columns, filled]) part.dispose();
    },
  };
}

/**
 * A number that weights are carried for keeps the bins that they were learned with, unless this table has rows for finer
 * ones: few rows, whose own bins would be few and wide, so get by with a fine scale.
 */
export function cutsOf(
  spans: readonly Span[],
  { rows, prior }: Extract<Source, { rows: unknown }>,
  { bins, within }: Pick<MaskedDiffusionOptions, "bins" | "within">,
): readonly Cut[] {
  const fitted = fitCuts(spans, rows, bins, within === "resample");
  // Another process of the kind keeps no bins; and what is copied are values of these rows, never of the others.
  if (prior === undefined || prior.fitted === null || within === "resample") return fitted;
  const learned = readCuts(prior.spans, prior.fitted);
  const numbers = prior.spans.filter(({ kind }) => kind === "numeric");
  return spans
    .filter(({ kind }) => kind === "numeric")
    .map(({ start }, i) => {
      const from = numbers.findIndex((span) => span.start === prior.matching.positions[start]);
      const [before, now] = [learned[from], fitted[i]!];
      if (before === undefined || before.bins.length < now.bins.length) return now;
      const { edges } = before;
      return { edges, bins: before.bins.map(({ low, high, mean }) => ({ low, high, mean })) };
    });
}
