/** What the pictures show is what the networks compute: held against arithmetic of its own, and against a score that is known. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ModelId } from "../catalog/card.ts";
import { defaultsFor } from "../catalog/models.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { engineMemory } from "../engine/memory.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import type { AdversarySeen, InsideLook, LatentSeen, NoiseSeen, StepsSeen } from "../protocol/inside.ts";
import { random } from "../random/random.ts";
import { trainer, type Trainer } from "../train/trainer.ts";
import { grid, planeOf } from "./plane.ts";
import { see } from "./see.ts";

const spans: readonly Span[] = ["x", "y"].map((label, start) => ({
  kind: "numeric",
  start,
  width: 1,
  column: start,
  label,
}));
const look: InsideLook = { level: 0.4, steps: 6, back: 2 };

/** Two round Gaussians of deviation 0.3 around (−1, −0.5) and (1, 0.5), the second drawn twice as often. */
const centres = [
  { weight: 1 / 3, at: [-1, -0.5] },
  { weight: 2 / 3, at: [1, 0.5] },
] as const;
const deviation = 0.3;

function mixture(rows: number, seed: number): Matrix {
  const source = random(seed);
  const values = new Float32Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const { at } = centres[source.uniform() < centres[0].weight ? 0 : 1];
    for (const axis of [0, 1] as const) values[2 * i + axis] = at[axis] + deviation * source.normal();
  }
  return { values, rows, width: 2 };
}
const rows = mixture(4_000, 3);

const opened: Trainer[] = [];
function learned(model: ModelId, settings: Settings, steps: number): Trainer {
  const t = trainer({
    spans,
    rows,
    config: { model, settings: { ...defaultsFor(model, "shape"), ...settings }, seed: 7 },
  });
  opened.push(t);
  t.advance(undefined, steps);
  return t;
}
const small = { generator: [16, 16], discriminator: [16, 16], batch: 64 };

beforeAll(() => openNodeBackend("wasm"));
afterEach(() => {
  for (const t of opened.splice(0)) t.dispose();
});

describe("inside a GAN", () => {
  it("colours each place by what the discriminator says of it", async () => {
    const t = learned("gan", small, 60);
    const { model, plane } = await see(t, spans, rows, look, []);
    const seen = model as AdversarySeen;
    const D = discriminatorOf((await t.checkpoint()).parts[0]!.values, [2, 16, 16, 1]);
    const places = grid(seen.verdict.side, plane!.x.range, plane!.y.range);
    for (let i = 0; i < seen.verdict.values.length; i += 7) {
      const chance = 1 / (1 + Math.exp(-D(places[2 * i]!, places[2 * i + 1]!)));
      expect(Math.abs(seen.verdict.values[i]! - chance)).toBeLessThan(1e-5);
    }
    // The arrows are the slope of the same function, here by central differences.
    const h = 1e-6;
    for (let i = 0; i < 40; i++) {
      const [x, y] = [seen.fakes[2 * i]!, seen.fakes[2 * i + 1]!];
      expect(Math.abs(seen.pulls[2 * i]! - (D(x + h, y) - D(x - h, y)) / (2 * h))).toBeLessThan(1e-3);
      expect(Math.abs(seen.pulls[2 * i + 1]! - (D(x, y + h) - D(x, y - h)) / (2 * h))).toBeLessThan(1e-3);
    }
    const mean = (points: Float32Array, of: (chance: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < points.length; i += 2)
        sum += of(1 / (1 + Math.exp(-D(points[i]!, points[i + 1]!))));
      return sum / (points.length / 2);
    };
    expect(seen.onReal).toBeCloseTo(mean(plane!.real, (chance) => chance), 4); // prettier-ignore
    expect(seen.terms.fake).toBeCloseTo(mean(seen.fakes, (chance) => -Math.log(1 - chance)), 4); // prettier-ignore
    expect(seen.terms.fooled).toBeCloseTo(mean(seen.fakes, (chance) => -Math.log(chance)), 4); // prettier-ignore
  });

  it("shows a critic's scores as they are", async () => {
    const t = learned("gan", { ...small, loss: "wgan-gp" }, 5);
    const seen = (await see(t, spans, rows, look, [])).model as AdversarySeen;
    expect(seen.says).toBe("score");
    expect(seen.terms.real).toBeCloseTo(-seen.onReal, 5);
    expect(seen.terms.fake).toBeCloseTo(seen.onFake, 5);
  });
});

describe("inside diffusion", () => {
  it("points where the score of the noisy mixture points, within a tenth", async () => {
    const t = learned("diffusion", {}, 1_500);
    for (const level of [0.35, 0.5]) {
      const { model, plane } = await see(t, spans, rows, { ...look, level }, []);
      const { score, sigma } = model as NoiseSeen;
      const places = grid(score.side, plane!.x.range, plane!.y.range);
      // Errors count where noisy rows are, as in training.
      let [wrong, all] = [0, 0];
      for (let i = 0; i < score.values.length / 2; i++) {
        const { density, slope } = truth(places[2 * i]!, places[2 * i + 1]!, sigma);
        for (const axis of [0, 1] as const) {
          wrong += density * (score.values[2 * i + axis]! - slope[axis]) ** 2;
          all += density * slope[axis] ** 2;
        }
      }
      expect(Math.sqrt(wrong / all), `at σ = ${sigma}`).toBeLessThan(0.1);
    }
  });

  it("leads noisy rows back to where rows are", async () => {
    const t = learned("diffusion", {}, 600);
    const { paths } = (await see(t, spans, rows, { ...look, steps: 20 }, [])).model as NoiseSeen;
    expect(paths.across).toBe(21);
    let near = 0;
    for (let line = 0; line < paths.points.length / 2 / 21; line++) {
      const [x, y] = paths.points.subarray(2 * (21 * line + 20), 2 * (21 * line + 21));
      if (centres.some(({ at }) => Math.hypot(x! - at[0], y! - at[1]) < 4 * deviation)) near++;
    }
    expect(near).toBeGreaterThan(36);
  });
});

describe("inside a VAE", () => {
  it("says of each dimension what the loss counts, and where rows lie", async () => {
    const t = learned("vae", {}, 400);
    await t.report();
    t.advance(undefined, 40);
    const { losses } = await t.report();
    const seen = (await see(t, spans, rows, { ...look, path: [-1, 0, 1, 0, 1, 1] }, [])).model as LatentSeen;
    const sum = seen.kl.reduce((total, nats) => total + nats, 0);
    expect(Math.abs(sum / losses["KL"]! - 1)).toBeLessThan(0.15);
    expect(seen.dimensions.toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(seen.means).toHaveLength(600);
    expect(seen.spreads.every((spread) => spread > 0)).toBe(true);
    expect(seen.path).toHaveLength(2 * 25);
    expect(seen.decoded!.points).toHaveLength(2 * 2 * 21 * 21);
    // Rows, columns: the corner is the first point of the first line of both.
    expect(seen.decoded!.points.slice(0, 2)).toEqual(seen.decoded!.points.slice(2 * 441, 2 * 441 + 2));
  });
});

describe("inside a DDGAN", () => {
  it("draws less noisy rows from one, and a bell around their mean", async () => {
    const t = learned("ddgan", { ...small, steps: 3 }, 5);
    const seen = (await see(t, spans, rows, { ...look, at: [0.5, -0.25] }, [])).model as StepsSeen;
    expect([seen.step, seen.of]).toEqual([2, 3]);
    expect(seen.at).toEqual([0.5, -0.25]);
    for (const axis of [0, 1] as const) {
      let sum = 0;
      for (let i = axis; i < seen.draws.length; i += 2) sum += seen.draws[i]!;
      expect(Math.abs(sum / 200 - seen.mean[axis])).toBeLessThan((4 * seen.spread) / Math.sqrt(200));
    }
    expect(((await see(t, spans, rows, { ...look, back: 9 }, [])).model as StepsSeen).step).toBe(3);
  });
});

describe("a look", () => {
  it("changes nothing of the run, and keeps no tensor", async () => {
    const settings = { ...small, steps: 2 };
    const [seen, unseen] = [learned("ddgan", settings, 3), learned("ddgan", settings, 3)];
    const before = engineMemory().tensors;
    await see(seen, spans, rows, look, await seen.layers());
    expect(engineMemory().tensors).toBe(before);
    for (const t of [seen, unseen]) t.advance(undefined, 3);
    expect((await seen.checkpoint()).parts).toEqual((await unseen.checkpoint()).parts);
  });

  it("gives each layer its signal and its gradient", async () => {
    const t = learned("gan", small, 0);
    expect((await t.layers()).flatMap(({ layers }) => layers.map(({ gradient }) => gradient))).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
    t.advance(undefined, 20);
    const nets = await t.layers();
    expect(nets.map(({ name, layers }) => [name, layers.map(({ units }) => units)])).toEqual([
      ["generator", [16, 16, 2]],
      ["discriminator", [16, 16, 1]],
    ]);
    const { parts } = await t.checkpoint();
    const [D] = parts;
    const second = D!.values.at(-1)!;
    const beta2 = defaultsFor("gan", "shape")["beta2"] as number;
    // The first layer's weights are the first 32 numbers of the second moment.
    const mean = second.subarray(0, 32).reduce((sum, value) => sum + value, 0) / 32;
    expect(nets[1]!.layers[0]!.gradient).toBeCloseTo(Math.sqrt((mean * (1 - beta2)) / (1 - beta2 ** 20)), 6);
    for (const { activation } of nets.flatMap(({ layers }) => layers)) expect(activation).toBeGreaterThan(0);
  });

  it("has no plane where rows are not two numbers, and no picture of a model that works on codes", async () => {
    const three: Matrix = { values: new Float32Array(30), rows: 10, width: 3 };
    expect(planeOf([...spans, { ...spans[0]!, start: 2 }], three)).toBeUndefined();
    const t = learned("diffusion", { process: "masked" }, 0);
    const seen = await see(t, spans, rows, look, []);
    expect(seen.plane).toBeDefined();
    expect(seen.model).toBeUndefined();
  });
});

/** The perceptron that the weights are of, in plain arithmetic, with the GAN's leaky units. */
function discriminatorOf(
  weights: readonly Float32Array[],
  sizes: readonly number[],
): (x: number, y: number) => number {
  return (x, y) => {
    let h = [x, y];
    for (let layer = 0; layer + 1 < sizes.length; layer++) {
      const [w, b] = [weights[2 * layer]!, weights[2 * layer + 1]!];
      const units = sizes[layer + 1]!;
      const out = Array.from({ length: units }, (_, j) =>
        h.reduce((sum, value, i) => sum + value * w[i * units + j]!, b[j]!),
      );
      h = layer + 2 < sizes.length ? out.map((value) => (value > 0 ? value : 0.2 * value)) : out;
    }
    return h[0]!;
  };
}

/** Density and score of the mixture with noise of deviation σ added. */
function truth(
  x: number,
  y: number,
  sigma: number,
): { readonly density: number; readonly slope: readonly [number, number] } {
  const variance = deviation ** 2 + sigma ** 2;
  const parts = centres.map(({ weight, at }) => ({
    at,
    density: (weight / variance) * Math.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * variance)),
  }));
  const density = parts.reduce((sum, part) => sum + part.density, 0);
  const along = (axis: 0 | 1, here: number): number =>
    parts.reduce((sum, part) => sum + part.density * (part.at[axis] - here), 0) / (density * variance);
  return { density, slope: [along(0, x), along(1, y)] };
}
