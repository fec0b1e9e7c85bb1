/** The models that the contract holds, in every form of them, on rows and nets small enough for plain JavaScript and a software GPU. */
import { modelCards } from "../../catalog/models.ts";
import type { ModelId } from "../../catalog/card.ts";
import type { Settings } from "../../catalog/setting.ts";
import type { Matrix, Span } from "../../encode/span.ts";
import { random } from "../../random/random.ts";
import { trainer } from "../trainer.ts";
import type { Trainer } from "../trainer.ts";

export const mixedSpans: readonly Span[] = [
  { kind: "numeric", start: 0, width: 1, column: 0, label: "size" },
  { kind: "category", start: 1, width: 3, column: 1, label: "kind" },
  { kind: "numeric", start: 4, width: 1, column: 2, label: "share", bounded: true },
  { kind: "category", start: 5, width: 2, column: 2, label: "share: missing" },
];

/** 90 rows of a number, three categories that follow it, a bounded number and a flag. */
function mixedRows(): Matrix {
  const source = random(11);
  const values = new Float32Array(90 * 7);
  for (let i = 0; i < 90; i++) {
    const size = source.normal();
    values[i * 7] = size;
    values[i * 7 + 1 + (size < -0.5 ? 0 : size < 0.5 ? 1 : 2)] = 1;
    values[i * 7 + 4] = Math.tanh(size + 0.3 * source.normal());
    values[i * 7 + 5 + (source.uniform() < 0.8 ? 0 : 1)] = 1;
  }
  return { values, rows: 90, width: 7 };
}

const side = 8;
/** A label before the pixels and a flag behind them: what is no picture is all around it. */
const pictureSpans: readonly Span[] = [
  { kind: "category", start: 0, width: 2, column: 0, label: "label" },
  ...Array.from({ length: side * side }, (_, pixel) => ({
    kind: "numeric" as const,
    start: 2 + pixel,
    width: 1,
    column: 1 + pixel,
    label: `pixel${pixel}`,
    bounded: true,
  })),
  { kind: "category", start: 2 + side * side, width: 3, column: 1 + side * side, label: "place" },
];

/** 60 pictures of 8 by 8: a bar that lies or stands, in the first, the middle or the last third. */
function pictureRows(): Matrix {
  const width = 5 + side * side;
  const values = new Float32Array(60 * width);
  const source = random(12);
  for (let i = 0; i < 60; i++) {
    const [stands, third] = [i % 2, source.integer(3)];
    const row = values.subarray(i * width, (i + 1) * width);
    row[stands] = 1;
    row[2 + side * side + third] = 1;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        row[2 + y * side + x] = Math.abs((stands === 1 ? x : y) - 1 - 2.5 * third) < 1.2 ? 0.9 : -0.95;
  }
  return { values, rows: 60, width };
}

/** Nets small enough for plain JavaScript. */
export const tiny: Readonly<Record<ModelId, Settings>> = {
  gan: { generator: [16], discriminator: [16], latent: 4, batch: 16 },
  ctgan: { generator: [16], discriminator: [16], ratio: [8], chain: 3, latent: 4, batch: 16, pac: 4 },
  vae: { hidden: [16], latent: 2, batch: 16 },
  diffusion: { hidden: [16], samplingSteps: 4, batch: 16 },
  ddgan: { generator: [16], discriminator: [16], latent: 4, batch: 16 },
  independent: {},
  copula: {},
  smote: {},
  copy: {},
};

export interface Case {
  readonly name: string;
  /** False where fifty steps through SwiftShader are left to another form of the model. */
  readonly fifty?: boolean;
  readonly model: ModelId;
  readonly settings: Settings;
  /** Whether the rows are pictures, and not of mixed columns. */
  readonly pictures?: boolean;
}

/** Every model, and every form of one that has networks or losses of its own. */
export const cases: readonly Case[] = [
  ...modelCards.map(({ id }) => ({ name: id, model: id, settings: tiny[id] })),
  { name: "wgan-gp", fifty: false, model: "gan", settings: { ...tiny.gan, loss: "wgan-gp", criticSteps: 2 } },
  { name: "gaussian diffusion", model: "diffusion", settings: { ...tiny.diffusion, process: "edm" } },
  { name: "TabDDPM", model: "diffusion", settings: { ...tiny.diffusion, process: "ddpm" } },
  {
    name: "one-step autoencoder",
    fifty: false,
    model: "diffusion",
    settings: { ...tiny.diffusion, process: "one-step" },
  },
  { name: "gaussian ddgan", model: "ddgan", settings: { ...tiny.ddgan, process: "gaussian" } },
  ...(["gan", "vae", "diffusion", "ddgan"] as const).map((model) => ({
    name: `${model} of convolutions`,
    model,
    settings: {
      ...tiny[model],
      network: "convolutions",
      channels: [2, 3],
      ...(model === "diffusion" && { process: "edm", predicts: "clean" }),
      ...(model === "ddgan" && { process: "gaussian" }),
    },
    pictures: true,
  })),
];

/** Those that take steps. */
export const trained = cases.filter(({ model }) => Object.keys(tiny[model]).length > 0);

/**
 * The same models with a setting that takes another way through the same file, of the same operations: held to everything
 * on WASM, and to being recorded on WebGPU.
 */
export const variants: readonly Case[] = [
  {
    name: "masked diffusion that copies values",
    model: "diffusion",
    settings: { ...tiny.diffusion, within: "resample" },
  },
  // Noise that is drawn with each batch, and in versions made beforehand.
  { name: "jittered gan", model: "gan", settings: { ...tiny.gan, jitter: 0.2 } },
  { name: "jittered ctgan", model: "ctgan", settings: { ...tiny.ctgan, jitter: 0.2 } },
  { name: "jittered masked diffusion", model: "diffusion", settings: { ...tiny.diffusion, jitter: 0.2 } },
  {
    name: "gaussian diffusion that predicts the clean row, from waves",
    model: "diffusion",
    settings: { ...tiny.diffusion, process: "edm", predicts: "clean", octaves: 2 },
  },
  { name: "ddgan of one step", model: "ddgan", settings: { ...tiny.ddgan, steps: 1 } },
  {
    name: "gaussian ddgan of one step",
    model: "ddgan",
    settings: { ...tiny.ddgan, process: "gaussian", steps: 1 },
  },
  {
    name: "ddgan on a geometric schedule",
    model: "ddgan",
    settings: { ...tiny.ddgan, process: "gaussian", schedule: "geometric" },
  },
  { name: "bernoulli vae", model: "vae", settings: { ...tiny.vae, likelihood: "bernoulli" } },
  { name: "ctgan that takes the first row", model: "ctgan", settings: { ...tiny.ctgan, chain: 0 } },
  { name: "non-saturating ctgan", model: "ctgan", settings: { ...tiny.ctgan, loss: "non-saturating" } },
];

export const dataOf = (pictures: boolean): { readonly spans: readonly Span[]; readonly rows: Matrix } =>
  pictures ? { spans: pictureSpans, rows: pictureRows() } : { spans: mixedSpans, rows: mixedRows() };

export const open = (model: ModelId, settings: Settings, seed = 1, pictures = false): Trainer =>
  trainer({ ...dataOf(pictures), config: { model, settings, seed } });

export async function gather(pieces: AsyncGenerator<Matrix>): Promise<Float32Array> {
  const all: number[] = [];
  for await (const piece of pieces) all.push(...piece.values);
  return Float32Array.from(all);
}
