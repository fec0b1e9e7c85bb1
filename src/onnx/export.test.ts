import { beforeAll, describe, expect, it } from "vitest";
import { defaultsFor, modelCards } from "../catalog/models.ts";
import type { ModelId } from "../catalog/card.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Span } from "../encode/span.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { conditions } from "../models/categories.ts";
import { fittedOf } from "../models/ctgan.ts";
import { buildModel } from "../models/index.ts";
import { modal } from "../models/modal.ts";
import type { ModelState } from "../models/model.ts";
import { Unfit } from "../models/state.ts";
import { random } from "../random/random.ts";
import { trainer } from "../train/trainer.ts";
import { exportSampler, Unexportable } from "./export.ts";
import { mixture, type Mixture } from "./testing/mixture.ts";
import { recording, type Recording } from "./testing/recording.ts";
import { openSession, type Feeds } from "./testing/session.ts";

const rows = 64;

const tiny: Settings = { batch: 32, learningRate: 5e-3 };
const cases: readonly { name: string; model: ModelId; settings: Settings }[] = [
  { name: "GAN", model: "gan", settings: { generator: [24, 24], latent: 8 } },
  { name: "GAN through tanh", model: "gan", settings: { generator: [24], latent: 8, output: "tanh", activation: "leakyRelu" } },
  { name: "CTGAN", model: "ctgan", settings: { generator: [24, 24], discriminator: [24], latent: 8 } },
  { name: "CTGAN of one mode a number", model: "ctgan", settings: { generator: [24], discriminator: [24], modes: 1 } },
  { name: "CTGAN that takes the first row", model: "ctgan", settings: { generator: [24], discriminator: [24], chain: 0 } },
  { name: "VAE", model: "vae", settings: { hidden: [24, 16], latent: 4, components: 6 } },
  { name: "VAE with plain noise", model: "vae", settings: { hidden: [24, 16], latent: 4, components: 1 } },
  { name: "VAE of pixels", model: "vae", settings: { hidden: [24], latent: 4, likelihood: "bernoulli" } },
  { name: "DDGAN of masks", model: "ddgan", settings: { generator: [24, 24], discriminator: [24], latent: 8 } },
  { name: "DDGAN", model: "ddgan", settings: { process: "gaussian", generator: [24, 24], discriminator: [24], latent: 8, octaves: 2 } },
  { name: "DDGAN of one step", model: "ddgan", settings: { process: "gaussian", generator: [24], discriminator: [24], steps: 1, schedule: "geometric" } },
  { name: "masked diffusion", model: "diffusion", settings: { hidden: [32, 32], samplingSteps: 5 } },
  { name: "masked diffusion, column by column", model: "diffusion", settings: { hidden: [32], samplingSteps: 50 } },
  { name: "Gaussian diffusion", model: "diffusion", settings: { process: "edm", hidden: [32, 32], samplingSteps: 8, octaves: 2 } },
  { name: "diffusion that tells clean rows", model: "diffusion", settings: { process: "edm", hidden: [32], samplingSteps: 3, predicts: "clean" } },
  { name: "Gaussian diffusion in a single step", model: "diffusion", settings: { process: "edm", hidden: [32], samplingSteps: 1 } },
  { name: "masked diffusion that copies values", model: "diffusion", settings: { hidden: [32], samplingSteps: 5, within: "resample" } },
  { name: "TabDDPM", model: "diffusion", settings: { process: "ddpm", hidden: [32, 32], levels: 50, samplingSteps: 8 } },
  { name: "TabDDPM in two steps", model: "diffusion", settings: { process: "ddpm", hidden: [32], samplingSteps: 2 } },
  { name: "one denoising step", model: "diffusion", settings: { process: "one-step", hidden: [24] } },
]; // prettier-ignore

type Trained = {
  model: ModelId;
  settings: Settings;
  state: ModelState;
  spans: readonly Span[];
  width: number;
};

async function trained(
  model: ModelId,
  settings: Settings,
  { spans, rows: from }: { spans: readonly Span[]; rows: Mixture["train"] },
): Promise<Trained> {
  // prettier-ignore
  const all = { ...tiny, ...settings };
  const t = trainer({ spans, rows: from, config: { model, settings: all, seed: 1 } });
  t.advance(undefined, 30);
  const state = await t.state();
  t.dispose();
  return { model, settings: all, state, spans, width: from.width };
}

/** What the model's own code makes of some noise, and what the graph makes of the same. */
async function bothWays(of: Trained): Promise<{ own: Float32Array; graph: Float32Array }> {
  const { model: id, settings, state, spans, width } = of;
  const { file, inputs } = exportSampler(of);
  const model = buildModel(id, { spans, width, from: { state }, settings, random: random(2) });
  const noise = recording(5);
  const drawn = model.sample(rows, noise);
  const own = (await drawn.data()).slice() as Float32Array;
  drawn.dispose();
  model.dispose();
  const session = await openSession(file, inputs);
  const graph = await session.run(feedsOf(of, inputs, noise), rows);
  await session.release();
  return { own, graph };
}

/** A label, pictures of 9 by 9, which halve unevenly, and a flag. */
function pictures(): { readonly spans: readonly Span[]; readonly rows: Mixture["train"] } {
  const [pixels, width] = [81, 2 + 81 + 3];
  const spans: readonly Span[] = [
    { kind: "category", start: 0, width: 2, column: 0, label: "label" },
    ...Array.from({ length: pixels }, (_, i) => ({ kind: "numeric" as const, start: 2 + i, width: 1, column: 1 + i, label: `pixel${i}`, bounded: true })),
    { kind: "category", start: 2 + pixels, width: 3, column: 1 + pixels, label: "place" },
  ]; // prettier-ignore
  const source = random(6);
  const values = Float32Array.from({ length: 60 * width }, (_, i) => {
    const [row, at] = [Math.floor(i / width), i % width];
    if (at < 2) return Number(at === row % 2);
    if (at >= 2 + pixels) return Number(at - 2 - pixels === row % 3);
    return Math.tanh(Math.sin((at - 2) * (1 + (row % 2))) + 0.3 * source.normal());
  });
  return { spans, rows: { values, rows: 60, width } };
}

function feedsOf(of: Trained, inputs: readonly { readonly name: string }[], noise: Recording): Feeds {
  const told = inputs.some(({ name }) => name === "condition") ? { condition: conditionOf(of, noise) } : {};
  return { normal: noise.given("normal", rows), uniform: tail(noise.given("uniform", rows), "condition" in told ? 2 : 0), gumbel: noise.given("gumbel", rows), ...told }; // prettier-ignore
}

/** Each row without its first numbers. */
function tail(values: Float32Array, without: number): Float32Array {
  const width = values.length / rows;
  return values.filter((_, i) => i % width >= without);
}

/** CTGAN's first two uniforms of a row pick what it is told: the choice that they pick. */
function conditionOf({ spans, width, state, settings }: Trained, noise: Recording): Float32Array {
  const { modes, counts } = fittedOf(spans, width, { state }, settings["modes"] as number);
  const rewritten = modal(spans, width, modes);
  const first = noise.given("uniform", rows);
  const own = first.length / rows;
  const again = { ...noise, uniforms: () => first.filter((_, i) => i % own < 2) };
  const told = conditions(rewritten.spans, rewritten.width, counts).byFrequency(rows, again);
  const positions = rewritten.spans.flatMap(({ kind, start, width: size }) => kind === "category" ? Array.from({ length: size }, (_, k) => start + k) : []); // prettier-ignore
  return Float32Array.from({ length: rows }, (_, row) =>
    positions.findIndex((at) => told[row * rewritten.width + at] === 1),
  );
}

function expectSame({ own, graph }: { own: Float32Array; graph: Float32Array }): void {
  expect(graph).toHaveLength(own.length);
  let furthest = 0;
  own.forEach((value, i) => (furthest = Math.max(furthest, Math.abs(value - graph[i]!))));
  expect(furthest).toBeLessThan(1e-4);
}

beforeAll(async () => void (await openNodeBackend("wasm")));

const ofMixture = ({ encoder, train }: Mixture) => ({ spans: encoder.spans, rows: train });

describe("in onnxruntime", () => {
  it.each(cases)("$name makes the same rows", async ({ model, settings }) => {
    const both = await bothWays(await trained(model, settings, ofMixture(mixture())));
    expectSame(both);
    // Rows that were all alike would be the same too easily.
    expect(new Set(both.own).size).toBeGreaterThan(rows);
  });

  it.each(["gan", "ctgan", "vae", "ddgan", "diffusion"] as const)(
    "%s makes the same points, with its settings for shapes",
    async (model) => {
      const spans = [0, 1].map((start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: "xy"[start]! })); // prettier-ignore
      const source = random(4);
      const values = Float32Array.from({ length: 200 }, () => source.normal());
      // Each octave doubles what a rounding error becomes: with the usual five, a DDGAN's rows of one backend and another
      // are 0.01 apart already.
      const settings = { ...defaultsFor(model, "shape"), batch: 20, octaves: 2 };
      expectSame(
        await bothWays(await trained(model, settings, { spans, rows: { values, rows: 100, width: 2 } })),
      );
    },
  );

  it.each([
    { name: "GAN", model: "gan", settings: { generator: [24], discriminator: [16], latent: 8 } },
    { name: "VAE", model: "vae", settings: { hidden: [24], latent: 4 } },
    {
      name: "diffusion",
      model: "diffusion",
      settings: { process: "edm", hidden: [24], samplingSteps: 3, predicts: "clean" },
    },
    {
      name: "DDGAN",
      model: "ddgan",
      settings: { generator: [24, 24], discriminator: [16], latent: 8, steps: 2 },
    },
  ] as const)("$name of convolutions makes the same pictures", async ({ model, settings }) => {
    for (const channels of [[3], [3, 4]]) {
      const own = { ...settings, network: "convolutions", channels };
      expectSame(await bothWays(await trained(model, own, pictures())));
    }
  });

  it("tables of categories alone, whose numbers' noise comes to nothing, are the same", async () => {
    const spans = [2, 3].map((width, column) => ({ kind: "category" as const, start: 2 * column, width, column, label: "ab"[column]! })); // prettier-ignore
    const values = Float32Array.from({ length: 500 }, (_, i) => Number([(i / 5) % 2 | 0, 2 + ((i / 5) % 3 | 0)].includes(i % 5))); // prettier-ignore
    const some = { spans, rows: { values, rows: 100, width: 5 } };
    for (const settings of [
      { process: "edm", samplingSteps: 4 },
      { process: "ddpm", samplingSteps: 4 },
      { samplingSteps: 4 },
    ])
      expectSame(await bothWays(await trained("diffusion", { hidden: [16], ...settings }, some)));
  });

  it.each(["minmax", "standard"] as const)("numbers that are scaled by %s are the same", async (numeric) => {
    for (const model of ["gan", "vae", "ddgan"] as const)
      expectSame(await bothWays(await trained(model, {}, ofMixture(mixture(numeric)))));
  });
});

it("refuses models without a network, in words, and weights of another", async () => {
  const of = await trained("gan", { generator: [8], latent: 4 }, ofMixture(mixture()));
  for (const { id, instant } of modelCards)
    if (instant) expect(() => exportSampler({ ...of, model: id, settings: {} })).toThrow(Unexportable);
  const [weights] = of.state.weights;
  for (const other of [[], [weights!.slice(1)], [Float32Array.of(...weights!, 0)]])
    expect(() => exportSampler({ ...of, state: { ...of.state, weights: other } })).toThrow(Unfit);
  expect(() => exportSampler({ ...of, settings: { latent: 0 } })).toThrow("Noise size");
});
