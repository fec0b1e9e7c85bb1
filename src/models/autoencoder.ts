/**
 * Extracting and Composing Robust Features with Denoising Autoencoders.
 * P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, 2008. https://dl.acm.org/doi/10.1145/1390156.1390294
 *
 * The "simple diffusion model" of many tutorials: rows are noised once, and the
 * loss compares what the net took away with the noise that was added,
 *   x̃ = x + σ ε,   L = mean ((x̃ − r(x̃)) − σ ε)².
 * There is one noise level, so there is no chain to sample along: a "sample" is
 * the net's answer to pure noise, and one step is all there is.
 */
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { meanSquaredError } from "../engine/fused/squares.ts";
import { mlp } from "../engine/net.ts";
import type { Activation } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import { add, mul, sub, tidy } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";
import { placed, rowPlaces } from "./places.ts";

export interface AutoencoderOptions {
  readonly hidden: readonly number[];
  /** Standard deviation σ of the noise. */
  readonly noise: number;
  readonly output: Activation;
  readonly average: number;
  readonly betas: readonly [number, number];
}

export function denoisingAutoencoder(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: AutoencoderOptions,
): GenerativeModel {
  const columns = layout(spans, width);
  const { hidden, output, noise: sigma } = options;
  const net = mlp("autoencoder", [width, ...hidden, width], random, { hidden: "relu", output });
  const averaged = average(net.weights, options.average);
  return {
    nets: [net],
    placed: placed(net, rowPlaces(width), rowPlaces(width)),
    objectives: [
      {
        name: "loss",
        trains: net.weights,
        betas: options.betas,
        repeats: 1,
        average: averaged,
        parts: [],
        loss(x, noise) {
          const added = mul(noise.normal(x.shape[0], width), sigma);
          const noisy = add(x, added) as Rows;
          return meanSquaredError(sub(noisy, net.forward(noisy)), added);
        },
      },
    ],
    sample: (n, noise) =>
      tidy(() => {
        const answer = net.forward(noise.normal(n, width), averaged.weights());
        if (columns.categories === 0) return answer;
        return add(mul(answer, columns.numericMask), columns.probabilities(answer)) as Rows;
      }),
    tune() {},
    dispose() {
      for (const part of [net, averaged, columns]) part.dispose();
    },
  };
}
