/**
 * Tackling the Generative Learning Trilemma with Denoising Diffusion GANs.
 * Z. Xiao, K. Kreis, A. Vahdat, 2022. https://arxiv.org/abs/2112.07804
 *
 * Diffusion needs many steps because each must be small enough to be Gaussian.
 * Here a step may be large: a generator conditioned on the noisier row draws
 * it, and a discriminator that sees both rows says whether it could be true.
 * With T = 1 the noisier row is noise alone, and what is left is a GAN.
 *
 * Categories are diffused as numbers, −1 and +1, and leave the generator as
 * relaxed one-hot draws.
 */
import type { Given, Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { noised } from "../engine/fused/noised.ts";
import type { Source, TensorRandom } from "../engine/noise.ts";
import { add, concat, keep, matMul, mul, slice, split, step, sub, tensor2d, tidy } from "../engine/tf.ts";
import type { Rows, Tensor } from "../engine/tf.ts";
import { minusLog, nonSaturatingLoss } from "./adversarial.ts";
import { jumps, type Schedule } from "./jumps.ts";
import { layout } from "./layout.ts";
import type { GenerativeModel } from "./model.ts";
import { netFor } from "./picture.ts";
import type { Convolutions } from "./picture.ts";
import { own, placed, rowPlaces, seenAs, wavePlaces } from "./places.ts";
import { replacement, type Replacement } from "./replacement.ts";
import { waves } from "./waves.ts";

export interface DdganOptions {
  /** T: steps from noise to rows, in training as in sampling. */
  readonly steps: number;
  /** "vp" is the paper's; "geometric" spreads its steps over all scales. */
  readonly schedule: Schedule;
  /** Width of the noise z that the generator draws from at each step. */
  readonly latent: number;
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  /** What convolutions go over; or why they can't, in words; absent where plain units are wanted. */
  readonly convolutions?: Convolutions | string | undefined;
  /** γ of the R1 penalty. */
  readonly r1: number;
  /** Temperature of the relaxed one-hot draws. */
  readonly tau: number;
  /** Octaves of sine and cosine features of each number, for both networks. */
  readonly octaves: number;
  readonly average: number;
  readonly betas: readonly [number, number];
}

/** How often a step is taken where something of the row is given. */
const retaken = 5;

export function ddgan(
  spans: readonly Span[],
  width: number,
  random: TensorRandom,
  options: DdganOptions,
): GenerativeModel {
  const { steps, latent, tau, betas, convolutions } = options;
  const columns = layout(spans, width);
  const features = waves(spans, width, options.octaves);
  const { width: seen } = features;
  const G = netFor(
    convolutions,
    "generator",
    { inputs: seen + steps + latent, hidden: options.generator, outputs: width, sees: [0], makes: true },
    random,
    { hidden: "silu", residual: true },
  );
  const D = netFor(
    convolutions,
    "discriminator",
    { inputs: 2 * seen + steps, hidden: options.discriminator, outputs: 1, sees: [0, seen], makes: false },
    random,
    { hidden: "leakyRelu", residual: true },
  );
  const averaged = average(G.weights, options.average);

  const schedule = jumps(steps, options.schedule);
  /** [T, 7], in the order of `Jump`. */
  const table = tensor2d(
    Float32Array.from(
      schedule.flatMap((jump) => [
        jump.kept,
        jump.noise,
        jump.stepKept,
        jump.stepNoise,
        jump.fromClean,
        jump.fromNoisy,
        jump.spread,
      ]),
    ),
    [steps, 7],
  );
  /** [1, T]: t / T, where u of a row must lie for its step to be t. */
  const bounds = tensor2d(
    Float32Array.from({ length: steps }, (_, t) => t / steps),
    [1, steps],
  );

  /** Data as it is diffused: categories at −1 and +1. */
  const centred = (x: Rows): Rows =>
    columns.categories === 0 ? x : (sub(mul(x, add(columns.categoryMask, 1)), columns.categoryMask) as Rows);

  /** A relaxed draw of each category, through which gradients flow, beside the numbers. */
  const relaxed = (raw: Rows, noise: TensorRandom): Rows => columns.gumbelSoftmax(raw, tau, noise, "stated");
  const exact = (raw: Rows, noise: TensorRandom): Rows => add(columns.numbers(raw), columns.draw(raw, noise));

  /** G(x_{t+1}, t, z), the guess at x₀. */
  const generate = (
    noisier: Rows,
    when: Rows,
    noise: TensorRandom,
    emit = relaxed,
    weights?: readonly Tensor[],
    told?: Replacement,
  ): Rows => {
    const z = noise.normal(noisier.shape[0], latent);
    const made = G.forward(concat([features.of(noisier), when, z], 1) as Rows, weights);
    const raw = told === undefined ? made : told.allowed(made);
    return columns.categories === 0 ? columns.numbers(raw) : centred(emit(raw, noise));
  };

  /** D(x_t, x_{t+1}, t) as logits. */
  const judge = (x: Rows, noisier: Rows, when: Rows): Rows =>
    D.forward(concat([features.of(x), features.of(noisier), when], 1) as Rows);

  interface Pair {
    /** [n, T], one-hot. */
    readonly when: Rows;
    readonly x: Rows;
    readonly noisier: Rows;
    /** What G makes of `noisier`. */
    readonly fake: Rows;
  }

  /** Real rows at a random step each, the noisier rows they lead to, and what G leads those back to. */
  const draw = (rows: Rows, noise: TensorRandom): Pair => {
    const n = rows.shape[0];
    const u = noise.uniform(n, 1);
    const reached = step(add(sub(u, bounds), 1e-9)) as Rows;
    const when = (
      steps === 1 ? reached : sub(reached, concat([slice(reached, [0, 1], [n, steps - 1]), mul(u, 0)], 1))
    ) as Rows;
    const [kept, lost, stepKept, stepLost, fromClean, fromNoisy, spread] = split(
      matMul(when, table),
      7,
      1,
    ) as Rows[];
    const epsilon = (): Source => noise.source("normal", n, width);
    const x = noised(centred(rows), kept!, lost!, epsilon());
    const noisier = noised(x, stepKept!, stepLost!, epsilon());
    const clean = generate(noisier, when, noise);
    const fake = add(mul(clean, fromClean!), noised(noisier, fromNoisy!, spread!, epsilon())) as Rows;
    return { when, x, noisier, fake };
  };

  const rowSeen = wavePlaces(spans, width, options.octaves);
  const times = own("step", steps);

  /** `n` rows that stand at step t. */
  const at = (t: number, n: number): Rows =>
    tensor2d(
      Float32Array.from({ length: n * steps }, (_, i) => (i % steps === t ? 1 : 0)),
      [n, steps],
    );

  /**
   * From noise to rows in T steps. Of what is given each guess at x₀ is told the truth, so that x_t is drawn from it;
   * and each step is gone back over and taken again, as `replacement` says why.
   */
  function descend(n: number, noise: TensorRandom, given?: Given): Rows {
    const told = given && replacement(spans, width, given);
    const truth = told && tidy(() => keep(centred(told.rows)));
    const step = (x: Rows, t: number): Rows => {
      const { fromClean, fromNoisy, spread } = schedule[t]!;
      const when = at(t, n);
      // The last draw is of categories themselves, no longer of something between them.
      const guess = generate(x, when, noise, t === 0 ? exact : relaxed, averaged.weights(), told);
      const clean = told === undefined ? guess : told.put(guess, truth!);
      if (t === 0) return clean.clone();
      return add(add(mul(clean, fromClean), mul(x, fromNoisy)), mul(noise.normal(n, width), spread)) as Rows;
    };
    const back = (x: Rows, t: number): Rows => {
      const { stepKept, stepNoise } = schedule[t]!;
      return add(mul(x, stepKept), mul(noise.normal(n, width), stepNoise)) as Rows;
    };
    let x = tidy(() => keep(noise.normal(n, width)));
    for (let t = steps - 1; t >= 0; t--)
      for (let again = told === undefined ? 1 : retaken; again > 0; again--) {
        const next = tidy(() => (again > 1 ? back(step(x, t), t) : step(x, t)));
        x.dispose();
        x = next;
      }
    told?.dispose();
    truth?.dispose();
    return tidy(() => {
      if (columns.categories === 0) return x;
      const half = mul(columns.categoryMask, 0.5);
      const rows = add(mul(x, sub(1, half)), half) as Rows;
      x.dispose();
      return rows;
    });
  }

  return {
    nets: [G, D],
    placed: [
      ...placed(G, [...rowSeen, ...times, ...own("noise", latent)], rowPlaces(width), options.schedule),
      ...placed(
        D,
        [...rowSeen, ...seenAs("noisier", rowSeen), ...times],
        own("verdict", 1),
        options.schedule,
      ),
    ],
    objectives: [
      {
        name: "discriminator",
        trains: D.weights,
        betas,
        repeats: 1,
        parts: [],
        /** Eq. 6, with the R1 penalty on x_t of the paper's appendix. */
        loss(rows, noise) {
          const { when, x, noisier, fake } = draw(rows, noise);
          return nonSaturatingLoss(judge, { real: x, fake, told: [noisier, when] }, options.r1, 4);
        },
      },
      {
        name: "generator",
        trains: G.weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: [],
        /** Eq. 7. */
        loss(rows, noise) {
          const { when, noisier, fake } = draw(rows, noise);
          return minusLog(judge(fake, noisier, when));
        },
      },
    ],
    heeds: "all",
    sample: (n, noise) => descend(n, noise),
    complete: (given, noise) => descend(given.rows.rows, noise, given),
    ...(columns.categories === 0 && {
      inside: {
        kind: "steps",
        steps,
        jump: (t) => schedule[t]!,
        guess: (noisier, t, noise) =>
          tidy(() => generate(noisier, at(t, noisier.shape[0]), noise, exact, averaged.weights())),
      },
    }),
    tune() {},
    dispose() {
      for (const part of [G, D, averaged, columns, features, table, bounds]) part.dispose();
    },
  };
}
