/**
 * A denoising diffusion GAN (`ddgan.ts`: Z. Xiao, K. Kreis, A. Vahdat, 2022) whose noise is that of `masked.ts`: forwards, a
 * row loses its columns, a T-th of them at each step; backwards, a generator fills in as many at once, from what is left
 * of the row and a draw of noise, and a discriminator that sees the row before and after says whether that could be true.
 *
 * Filling columns in at once, each by its own probabilities, gets wrong how they hang together; filling them in one by one takes
 * as many steps as there are columns. The noise that the generator shares among them and the discriminator make up for
 * that. The probabilities themselves are anchored by the cross-entropy of the true values, the same as in `masked.ts`, as
 * Y. Xu, M. Gong, S. Xie, W. Wei, M. Grundmann, K. Batmanghelich, T. Hou do it for numbers (Semi-Implicit Denoising
 * Diffusion Models, 2023, https://arxiv.org/abs/2306.12511). With T = 1 there is nothing left of a row to go by, the anchor
 * would only teach one row for all, and what is left without it is a plain GAN.
 */
import * as v from "valibot";
import type { Given, Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { embeddingBag } from "../engine/fused/embeddingBag.ts";
import { mlp } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  concat,
  div,
  floor,
  matMul,
  maximum,
  mul,
  slice,
  step,
  sub,
  sum,
  tensor2d,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import { minusLog, nonSaturatingLoss, partOf } from "./adversarial.ts";
import type { DdganOptions } from "./ddgan.ts";
import { apart, dependences } from "./dependence.ts";
import { discretisation, readCuts, type Cut } from "./discretisation.ts";
import { filling, maskedPlaces, type Groups } from "./filling.ts";
import { layout } from "./layout.ts";
import { cutsOf } from "./masked.ts";
import type { GenerativeModel, Source } from "./model.ts";
import { own, placed, seenAs } from "./places.ts";
import { finite, fitting } from "./state.ts";

export interface MaskedDdganOptions extends Pick<
  DdganOptions,
  "steps" | "latent" | "generator" | "discriminator" | "r1" | "tau" | "average" | "betas"
> {
  /** Most bins of a number column. */
  readonly bins: number;
  /** Weight of the cross-entropy of the true values. */
  readonly anchor: number;
}

/** What is fitted at once: how numbers are cut, and `dependences` of the columns, or null where they are too many. */
interface Fitted {
  readonly cuts: readonly Cut[];
  readonly between: readonly number[] | null;
}

/** Of more columns, which tell about which takes too long to find out. */
const mostCompared = 128;

function fit(
  spans: readonly Span[],
  rowWidth: number,
  from: Extract<Source, { rows: unknown }>,
  bins: number,
): Fitted {
  const { prior } = from;
  const learned = prior && prior.fitted !== null ? { ...prior, fitted: [...fittedOf(prior.spans, prior.fitted).cuts] } : prior; // prettier-ignore
  const cuts = cutsOf(spans, { ...from, ...(learned && { prior: learned }) }, { bins, within: "evenly" });
  const discrete = discretisation(spans, rowWidth, cuts);
  const sizes = discrete.spans.map(({ width }) => width);
  const between = sizes.length > mostCompared ? null : dependences(discrete.codes(from.rows), sizes);
  return { cuts, between };
}

/** @throws Unfit where what was saved is nothing that was fitted to such spans. */
export function fittedOf(spans: readonly Span[], saved: unknown): Fitted {
  // Runs that were saved before columns were compared have nothing but cuts.
  if (Array.isArray(saved)) return { cuts: readCuts(spans, saved), between: null };
  const { cuts, between } = fitting(
    v.object({ cuts: v.unknown(), between: v.nullable(v.array(finite)) }),
    saved,
  );
  return { cuts: readCuts(spans, cuts), between };
}

/** What is filled in at once tells little about each other, where that is known. */
export const groupsBy = (between: readonly number[] | null): Groups | undefined =>
  between === null ? undefined : (unknown, passes) => apart(unknown, passes, between);

interface Turns {
  /** [n, columns]: (rank of the column's group among the row's numbers + ½) / groups, from numbers [n, groups]. */
  of(numbers: Rows): Rows;
  dispose(): void;
}

/** Ranks are counted: of each two groups, [groups · groups], whether the first has the greater number. */
function turnsOf(groups: readonly (readonly number[])[], columns: number): Turns {
  const many = groups.length;
  const pairs = many * many;
  const differences = new Float32Array(many * pairs);
  const counts = new Float32Array(pairs * columns);
  groups.forEach((group, g) => {
    for (let other = 0; other < many; other++) {
      const pair = g * many + other;
      differences[g * pairs + pair]! += 1;
      differences[other * pairs + pair]! -= 1;
      for (const column of group) counts[pair * columns + column] = 1 / many;
    }
  });
  const [from, to] = [tensor2d(differences, [many, pairs]), tensor2d(counts, [pairs, columns])];
  return {
    of: (numbers) => add(matMul(step(matMul(numbers, from)), to), 0.5 / many) as Rows,
    dispose() {
      for (const part of [from, to]) part.dispose();
    },
  };
}

export function maskedDdgan(
  spans: readonly Span[],
  rowWidth: number,
  from: Source,
  random: TensorRandom,
  options: MaskedDdganOptions,
): GenerativeModel {
  const { latent, tau, betas } = options;
  const { cuts, between } =
    "rows" in from ? fit(spans, rowWidth, from, options.bins) : fittedOf(spans, from.state.fitted);
  const discrete = discretisation(spans, rowWidth, cuts);
  const { width } = discrete;
  const variables = discrete.spans.length;
  const columns = layout(discrete.spans, width);
  const filled = filling(discrete, columns, groupsBy(between));
  const steps = Math.min(options.steps, variables);
  const anchor = steps === 1 ? 0 : options.anchor;

  const inputs = width + variables;
  const G = mlp("generator", [inputs + latent, ...options.generator, width], random, {
    hidden: "silu",
    residual: true,
    outputGain: 0.1,
  });
  const D = mlp("discriminator", [width + 2 * variables, ...options.discriminator, 1], random, {
    hidden: "leakyRelu",
    residual: true,
  });
  const averaged = average(G.weights, options.average);

  /** Logits of all columns, from those that are not masked and from noise. */
  const generate = (
    codes: Rows,
    masked: Rows,
    noise: TensorRandom,
    asked?: Rows,
    weights?: readonly Tensor[],
  ): Rows => {
    const z = noise.normal(codes.shape[0], latent);
    return G.forward(filled.seen(codes, masked), weights, {
      first: (places, w, b) =>
        add(embeddingBag(places, w, b), matMul(z, slice(w, [inputs, 0], [latent, w.shape[1]]))) as Rows,
      ...(asked !== undefined && { last: columns.logitsOf(asked) }),
    });
  };

  const all = Array.from({ length: variables }, (_, v) => v);
  const plan = between === null ? undefined : turnsOf(apart(all, steps, between), variables);
  /**
   * When each column is masked, of [0, 1], by row: half of the rows mask as the plan for whole rows fills in, the other half any
   * columns, as it is where some are given.
   */
  const turns = (n: number, noise: TensorRandom): Rows => {
    const any = noise.uniform(n, variables);
    if (plan === undefined) return any;
    const planned = plan.of(noise.uniform(n, steps));
    return add(any, mul(step(sub(noise.uniform(n, 1), 0.5)), sub(planned, any))) as Rows;
  };

  interface Pair {
    /** What D is told beside a row: what is masked of it, and of the row that it comes from; [n, 2 · variables]. */
    readonly masks: Rows;
    /** x_t, one-hot and 0 where masked, and what G makes in its place. */
    readonly real: Rows;
    readonly fake: Rows;
    /** What G had to guess, [n, variables], and how. */
    readonly guessed: Rows;
    readonly logits: Rows;
  }

  /** Real rows at a random step each, and what G makes of the next noisier ones. */
  const draw = (codes: Rows, noise: TensorRandom): Pair => {
    const n = codes.shape[0];
    const t = floor(mul(noise.uniform(n, 1), steps));
    const u = turns(n, noise);
    const masked = step(sub(mul(t, 1 / steps), u)) as Rows;
    const guessed = step(sub(mul(add(t, 1), 1 / steps), u)) as Rows;
    const logits = generate(codes, guessed, noise);
    const relaxed = columns.gumbelSoftmax(logits, tau, noise);
    const kept = columns.oneHot(codes, sub(1, guessed) as Rows);
    const made = mul(relaxed, matMul(sub(guessed, masked) as Rows, columns.spread));
    return {
      masks: concat([masked, guessed], 1) as Rows,
      real: columns.oneHot(codes, sub(1, masked) as Rows),
      fake: add(kept, made) as Rows,
      guessed,
      logits,
    };
  };

  /** D(x_t, x_{t+1}) as logits: x_{t+1} is what is left of x_t without what was masked last. */
  const judge = (x: Rows, masks: Rows): Rows => D.forward(concat([x, masks], 1) as Rows);

  const fill = (n: number, noise: TensorRandom, given?: Given): Rows => {
    const weights = averaged.held();
    const rows = filled.fill(
      n,
      steps,
      noise,
      (codes, masked, now) => generate(codes, masked, noise, now, weights),
      given,
    );
    for (const tensor of weights) tensor.dispose();
    return rows;
  };

  const masks = maskedPlaces(discrete);
  return {
    nets: [G, D],
    placed: [
      ...placed(G, [...discrete.places, ...masks, ...own("noise", latent)], discrete.places, "masked"),
      ...placed(D, [...discrete.places, ...masks, ...seenAs("noisier", masks)], own("verdict", 1), "masked"),
    ],
    learns: (rows) => discrete.codes(rows),
    fitted: { cuts, between },
    objectives: [
      {
        name: "discriminator",
        trains: D.weights,
        betas,
        repeats: 1,
        parts: [],
        /** Eq. 6 of the paper, with R1 on x_t. */
        loss(all, noise) {
          const { masks: told, real, fake } = draw(anchor > 0 ? partOf(all, 2) : all, noise);
          return nonSaturatingLoss(judge, { real, fake, told: [told] }, options.r1, 4);
        },
      },
      {
        name: "generator",
        trains: G.weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: anchor > 0 ? ["anchor"] : [],
        /** Eq. 7, and what each guess says of the true value. */
        loss(codes, noise, note) {
          const { masks: told, fake, guessed, logits } = draw(codes, noise);
          const scored = minusLog(anchor > 0 ? judge(partOf(fake, 2), partOf(told, 2)) : judge(fake, told));
          if (anchor === 0) return scored;
          const weights = div(guessed, maximum(sum(guessed, 1, true), 1)) as Rows;
          const missed = div(sum(columns.crossEntropy(codes, logits, weights)), codes.shape[0]) as Scalar;
          note("anchor", missed);
          return add(scored, mul(missed, anchor)) as Scalar;
        },
      },
    ],
    heeds: "all",
    sample: (n, noise) => fill(n, noise),
    complete: (given, noise) => fill(given.rows.rows, noise, given),
    tune() {},
    dispose() {
      for (const part of [G, D, averaged, columns, filled, plan]) part?.dispose();
    },
  };
}
