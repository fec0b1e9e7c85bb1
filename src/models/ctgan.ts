/**
 * Modeling Tabular Data using Conditional GAN. L. Xu, M. Skoularidou,
 * A. Cuesta-Infante, K. Veeramachaneni, 2019. https://arxiv.org/abs/1907.00503
 *
 * A generator that is told one category of the row that it is to make, and a
 * critic that is told it too. Training picks those categories by the logarithm
 * of their frequency, so that rare ones are learned as well (its section 4.3);
 * sampling picks them by their frequency, where the reference code keeps to the
 * training's. The critic judges `pac` rows at once (PacGAN: Z. Lin, A. Khetan,
 * G. Fanti, S. Oh, 2018, https://arxiv.org/abs/1712.04086), which shows it a
 * generator that repeats itself. Its loss is that of WGAN-GP. There is no batch
 * normalisation: a row must not depend on which rows are drawn beside it.
 *
 * What the generator makes is then sifted (`metropolis.ts`). A critic of Wasserstein's kind, of several rows at once, can't say how
 * likely one row is, so a third network learns that beside the two: it tells real rows from what is drawn, and its
 * logit is the ratio of their densities.
 */
import * as v from "valibot";
import type { Span } from "../encode/span.ts";
import { average } from "../engine/average.ts";
import { mlp } from "../engine/net.ts";
import type { TensorRandom } from "../engine/noise.ts";
import {
  add,
  concat,
  fill,
  matMul,
  mean,
  mul,
  reshape,
  split,
  sub,
  sum,
  tensor2d,
  tidy,
} from "../engine/tf.ts";
import type { Rows, Scalar, Tensor } from "../engine/tf.ts";
import {
  discriminatorLoss,
  generatorLoss,
  nonSaturatingLoss,
  partOf,
  type AdversarialLoss,
  type Judge,
} from "./adversarial.ts";
import { conditions, countCategories, type Counts } from "./categories.ts";
import { layout } from "./layout.ts";
import { fitModal, modal, type Modes } from "./modal.ts";
import { metropolis, type Proposal } from "./metropolis.ts";
import type { GenerativeModel, Objective, Source } from "./model.ts";
import { own, placed, seenAs } from "./places.ts";
import { finite, fitting, Unfit } from "./state.ts";

export interface CtganOptions {
  /** Width of the noise z. */
  readonly latent: number;
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  /** Rows that the critic judges at once; where it doesn't divide the batch, the next smaller number that does. */
  readonly pac: number;
  readonly batch: number;
  /** Most modes of a number column. */
  readonly modes: number;
  /** The paper's is "wgan-gp". */
  readonly loss: AdversarialLoss;
  readonly criticSteps: number;
  /** Steps of the chain that ends in a row; with 0 there is no third network. */
  readonly chain: number;
  /** Hidden layers of the network that tells the ratio of densities. */
  readonly ratio: readonly number[];
  /** γ of R1 (non-saturating) and λ of the gradient penalty (WGAN-GP). */
  readonly r1: number;
  readonly lambda: number;
  /** Temperature of the Gumbel-softmax. */
  readonly tau: number;
  readonly average: number;
  readonly betas: readonly [number, number];
}

/**
 * So many rows are drawn untold for each that is asked for, and of those that happen to be what is wanted one is taken; only
 * where there is none, one that was told. Training tells a category of ten in about one row of a hundred, so that the
 * generator knows the rows that have it better from what it makes of everything else (docs/models.md).
 */
const untold = 32;

/** Logarithms of ratios: a row that was told gives way to any that was not, and what is not wanted takes no row's place. */
const lastResort = -1e6;
const never = 1e9;

export function ctgan(
  spans: readonly Span[],
  rowWidth: number,
  from: Source,
  random: TensorRandom,
  options: CtganOptions,
): GenerativeModel {
  const { latent, tau, betas } = options;
  const { modes, counts } = fittedOf(spans, rowWidth, from, options.modes);
  const rewritten = modal(spans, rowWidth, modes);
  const { width } = rewritten;
  const columns = layout(rewritten.spans, width);
  const condition = conditions(rewritten.spans, width, counts);
  const pac = Array.from({ length: options.pac }, (_, i) => options.pac - i).find(
    (size) => options.batch % size === 0,
  )!;
  const G = mlp("generator", [latent + width, ...options.generator, width], random, {
    hidden: "relu",
    residual: true,
  });
  const D = mlp("critic", [pac * 2 * width, ...options.discriminator, 1], random, { hidden: "leakyRelu" });
  const R =
    options.chain > 0
      ? mlp("density ratio", [2 * width, ...options.ratio, 1], random, { hidden: "leakyRelu" })
      : undefined;
  const averaged = average(G.weights, options.average);
  const averagedRatio = R && average(R.weights, options.average);
  const back = (matrix: Float32Array): Rows => tensor2d(matrix, [width, rowWidth]);
  const [copied, means, places, deviations] = [
    back(rewritten.copied),
    back(rewritten.means),
    back(rewritten.places),
    back(rewritten.deviations),
  ];

  /** What G emits before softmax, told the category `told`, one-hot in a row that is 0 elsewhere. */
  const raw = (told: Rows, noise: TensorRandom, weights?: readonly Tensor[]): Rows =>
    G.forward(concat([noise.normal(told.shape[0], latent), told], 1) as Rows, weights);
  const emitted = (logits: Rows, noise: TensorRandom): Rows =>
    columns.categories === 0 ? columns.numbers(logits) : columns.gumbelSoftmax(logits, tau, noise, "stated");

  /** Rows beside what they were told, `pac` of them at a time: what the critic judges. */
  const packed = (x: Rows, told: Rows): Rows =>
    reshape(concat([x, told], 1), [x.shape[0] / pac, pac * 2 * width]) as Rows;

  /** A batch as it is learned: rows, and what is told of them. */
  const parts = (batch: Rows): [x: Rows, told: Rows] => split(batch, 2, 1) as [Rows, Rows];

  /** Rows of the model's own spans as encoded rows. */
  const decoded = (y: Rows): Rows =>
    add(add(matMul(y, copied), matMul(y, means)), mul(matMul(y, places), matMul(y, deviations))) as Rows;

  const draw = (told: Rows, noise: TensorRandom, weights = averaged.weights()): Rows => {
    const logits = raw(told, noise, weights);
    return columns.categories === 0
      ? columns.numbers(logits)
      : (add(columns.numbers(logits), columns.draw(logits, noise)) as Rows);
  };

  /** ln of the ratio of densities of rows, [n, 1], by the third network; all alike where there is none. */
  const ratioOf = (x: Rows, told: Rows, weights?: readonly Tensor[]): Rows =>
    R ? R.forward(concat([x, told], 1) as Rows, weights) : (fill([x.shape[0], 1], 0) as Rows);

  /** Rows as they are drawn, and how likely each is. */
  const proposer = (noise: TensorRandom): ((told: Rows) => Proposal) => {
    const [own, judging] = [averaged.weights(), averagedRatio?.weights()];
    return (told) => {
      const rows = draw(told, noise, own);
      return { rows, ratio: ratioOf(rows, told, judging) };
    };
  };
  /** Rows at the end of a chain each. */
  const sifted = (told: Rows, noise: TensorRandom): Rows => {
    const propose = proposer(noise);
    return metropolis(propose(told), () => propose(told), options.chain, noise).rows;
  };

  /**
   * Section 3 of MH-GAN, but learned beside the two, of rows that the averaged weights make, as sampling does. Half a batch is
   * enough; and as it gives no gradients to a generator, it need not be smooth: R1 only kept it from telling rows apart.
   */
  const ratio: Objective | undefined = R &&
    averagedRatio && {
      name: "density ratio",
      trains: R.weights,
      betas,
      repeats: 1,
      average: averagedRatio,
      parts: [],
      loss(batch, noise) {
        const [real, told] = parts(partOf(batch, 2));
        const judge: Judge = (rows, of) => ratioOf(rows, of!);
        return nonSaturatingLoss(judge, { real, fake: draw(told, noise), told: [told] }, 0);
      },
    };

  const { meanings: emits } = rewritten;
  const told = seenAs("told", emits);
  const judged = own("row", pac).flatMap(({ what }) => seenAs(what, [...emits, ...told]));

  return {
    nets: R ? [G, D, R] : [G, D],
    placed: [
      ...placed(G, [...own("noise", latent), ...told], emits),
      ...placed(D, judged, own("verdict", 1), options.loss),
      ...(R ? placed(R, [...emits, ...told], own("verdict", 1), "ratio") : []),
    ],
    learns: (rows) => condition.learned(rewritten.encode(rows), random),
    fitted: { modes, counts },
    heeds: "one",
    objectives: [
      {
        name: "critic",
        trains: D.weights,
        betas,
        repeats: options.criticSteps,
        parts: [],
        loss(batch, noise) {
          const [x, told] = parts(batch);
          const fake = packed(emitted(raw(told, noise), noise), told);
          return discriminatorLoss(options.loss, D, { real: packed(x, told), fake }, noise, options);
        },
      },
      {
        name: "generator",
        trains: G.weights,
        betas,
        repeats: 1,
        average: averaged,
        parts: columns.categories > 0 ? ["condition"] : [],
        /** The critic's score, and the cross-entropy of what it was told (section 4.3, "generator loss"). */
        loss(batch, noise, note) {
          const [, told] = parts(batch);
          const logits = raw(told, noise);
          const scored = generatorLoss(options.loss, D.forward(packed(emitted(logits, noise), told)));
          if (columns.categories === 0) return scored;
          const missed = mean(sum(columns.crossEntropy(told, logits), 1)) as Scalar;
          note("condition", missed);
          return add(scored, missed) as Scalar;
        },
      },
      ...(ratio ? [ratio] : []),
    ],
    sample: (n, noise) =>
      tidy(() => decoded(sifted(tensor2d(condition.byFrequency(n, noise), [n, width]), noise))),
    complete: ({ rows: given, known, columns: stride }, noise) =>
      tidy(() => {
        const n = given.rows;
        const { told, mask } = condition.byGiven(rewritten.encode(given), known, stride, noise);
        const own = tensor2d(mask, [n, width]);
        const which = tensor2d(told, [n, width]);
        // What it was told it makes nearly always; what is nearly is not kept.
        const first = add(mul(sifted(which, noise), sub(1, own)), mul(which, own)) as Rows;
        const wanted = mul(which, own) as Rows;
        const propose = proposer(noise);
        const proposeWanted = (): Proposal => {
          const { rows, ratio } = propose(tensor2d(condition.byFrequency(n, noise), [n, width]));
          const missed = sub(sum(mul(rows, wanted), 1, true), 1);
          return { rows, ratio: add(ratio, mul(missed, never)) as Rows };
        };
        const toldFirst = { rows: first, ratio: fill([n, 1], lastResort) as Rows };
        const { rows } = metropolis(toldFirst, proposeWanted, untold, noise);
        return decoded(rows);
      }),
    tune() {},
    dispose() {
      for (const part of [G, D, R, averaged, averagedRatio, columns, copied, means, places, deviations])
        part?.dispose();
    },
  };
}

/** A number that weights are carried for keeps the modes that they were learned with. */
function modesOf(
  spans: readonly Span[],
  { rows, prior }: Extract<Source, { rows: unknown }>,
  most: number,
): Modes {
  const fitted = fitModal(spans, rows, most);
  if (prior === undefined) return fitted;
  const { modes } = fitting(fittedSchema, prior.fitted);
  return spans.map(({ kind, start }, i) => {
    const from = prior.spans.findIndex((span) => span.start === prior.matching.positions[start]);
    return kind === "numeric" && from >= 0 ? (modes[from] ?? fitted[i]!) : fitted[i]!;
  });
}

const fittedSchema = v.object({
  modes: v.array(
    v.array(v.object({ weight: finite, mean: finite, deviation: v.pipe(finite, v.minValue(1e-12)) })),
  ),
  counts: v.array(v.pipe(v.array(v.pipe(finite, v.minValue(0))), v.minLength(1))),
});

/** Of the training rows, or as it was kept. @throws Unfit where that is not of these spans. */
export function fittedOf(
  spans: readonly Span[],
  rowWidth: number,
  from: Source,
  most: number,
): { readonly modes: Modes; readonly counts: Counts } {
  if ("rows" in from) {
    const modes = modesOf(spans, from, most);
    const rewritten = modal(spans, rowWidth, modes);
    return { modes, counts: countCategories(rewritten.spans, rewritten.encode(from.rows)) };
  }
  const fitted = fitting(fittedSchema, from.state.fitted);
  if (fitted.modes.length !== spans.length) throw new Unfit(`modes: of ${fitted.modes.length} spans.`);
  const sizes = modal(spans, rowWidth, fitted.modes).spans.flatMap(({ kind, width }) => (kind === "category" ? [width] : [])); // prettier-ignore
  if (fitted.counts.map(({ length }) => length).join() !== sizes.join())
    throw new Unfit("counts: of other categories.");
  return fitted;
}
