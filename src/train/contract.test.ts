/**
 * What every model promises, on every backend that is here: the interface in
 * `models/model.ts` as checks. A new model is tested by being in the catalog.
 */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { defaultsFor, modelCard, modelCards } from "../catalog/models.ts";
import type { ModelId } from "../catalog/card.ts";
import type { Settings } from "../catalog/setting.ts";
import { fitEncoder } from "../encode/encoder.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { engineMemory } from "../engine/memory.ts";
import { Refusal } from "../engine/recorder.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import { Unfit } from "../models/state.ts";
import { random } from "../random/random.ts";
import { readRun, writeRun } from "../sessions/runFile.ts";
import { plainNumber } from "../table/number.ts";
import { sampler } from "./sampler.ts";
import { Diverged, trainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

/** While set, no step is recorded: what a recording is compared with. */
const eagerly = vi.hoisted(() => ({ on: false }));
vi.mock(import("../engine/capture.ts"), async (original) => {
  const real = await original();
  const capture: typeof real.capture = (...given) => {
    if (eagerly.on) throw new Refusal("kept from it");
    return real.capture(...given);
  };
  return { ...real, capture };
});

const mixedSpans: readonly Span[] = [
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

/** Two tight groups of points, at (-1, 1) and (1, -1). */
function blobs(): { spans: readonly Span[]; rows: Matrix } {
  const source = random(5);
  const values = new Float32Array(400 * 2);
  for (let i = 0; i < 400; i++) {
    const side = i % 2 === 0 ? 1 : -1;
    values[2 * i] = -side + 0.15 * source.normal();
    values[2 * i + 1] = side + 0.15 * source.normal();
  }
  const spans = [0, 1].map((start) => ({
    kind: "numeric" as const,
    start,
    width: 1,
    column: start,
    label: "xy"[start]!,
  }));
  return { spans, rows: { values, rows: 400, width: 2 } };
}

/** Nets small enough for plain JavaScript. */
const tiny: Readonly<Record<ModelId, Settings>> = {
  gan: { generator: [16], discriminator: [16], latent: 4, batch: 16 },
  ctgan: { generator: [16], discriminator: [16], latent: 4, batch: 16, pac: 4 },
  vae: { hidden: [16], latent: 2, batch: 16 },
  diffusion: { hidden: [16], samplingSteps: 4, batch: 16 },
  ddgan: { generator: [16], discriminator: [16], latent: 4, batch: 16 },
  independent: {},
  copula: {},
  smote: {},
  copy: {},
};

interface Case {
  readonly name: string;
  /** False where fifty steps through SwiftShader are left to another form of the model. */
  readonly fifty?: boolean;
  readonly model: ModelId;
  readonly settings: Settings;
  /** Whether the rows are pictures, and not of mixed columns. */
  readonly pictures?: boolean;
}

/** Every model, and every form of one that has networks or losses of its own. */
const cases: readonly Case[] = [
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
  ...(["gan", "vae", "diffusion", "ddgan"] as const).map((model) => ({
    name: `${model} of convolutions`,
    model,
    settings: {
      ...tiny[model],
      network: "convolutions",
      channels: [2, 3],
      ...(model === "diffusion" && { process: "edm", predicts: "clean" }),
    },
    pictures: true,
  })),
];

/**
 * The same models with a setting that takes another way through the same file, of the same operations: held to everything
 * on WASM, and to being recorded on WebGPU.
 */
const variants: readonly Case[] = [
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
    name: "ddgan on a geometric schedule",
    model: "ddgan",
    settings: { ...tiny.ddgan, schedule: "geometric" },
  },
  { name: "bernoulli vae", model: "vae", settings: { ...tiny.vae, likelihood: "bernoulli" } },
  { name: "non-saturating ctgan", model: "ctgan", settings: { ...tiny.ctgan, loss: "non-saturating" } },
];

/** What a file says of columns; these tests have none. */
const anyEncoder = fitEncoder(
  {
    columns: [
      { type: "number", name: "x", missingMark: "", values: new Float64Array([1, 2]), format: plainNumber },
    ],
    rows: 2,
  },
  new Int32Array([0, 1]),
  { numeric: "none" },
).state;

const dataOf = (pictures: boolean): { readonly spans: readonly Span[]; readonly rows: Matrix } =>
  pictures ? { spans: pictureSpans, rows: pictureRows() } : { spans: mixedSpans, rows: mixedRows() };

const open = (model: ModelId, settings: Settings, seed = 1, pictures = false): Trainer =>
  trainer({ ...dataOf(pictures), config: { model, settings, seed } });

function modelObjectives(model: ModelId, settings: Settings, pictures: boolean): readonly string[] {
  const t = open(model, settings, 1, pictures);
  t.dispose();
  return t.objectives;
}

async function gather(pieces: AsyncGenerator<Matrix>): Promise<Float32Array> {
  const all: number[] = [];
  for await (const piece of pieces) all.push(...piece.values);
  return Float32Array.from(all);
}

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(async () => void (await openNodeBackend(backend)));

  describe.each(backend === "wasm" ? [...cases, ...variants] : cases)(
    "$name",
    ({ model, settings, pictures = false }) => {
      const { spans, rows: data } = dataOf(pictures);
      const { width } = data;
      const columns = Math.max(...spans.map(({ column }) => column)) + 1;

      it("makes finite rows whose categories sum to 1, the same for the same seed", async () => {
        const made = await Promise.all(
          [1, 1, 2].map(async (seed) => {
            const t = open(model, settings, seed, pictures);
            for (let i = 0; i < 5; i++) t.advance();
            const rows = await gather(t.sample(23, 9));
            const again = await gather(t.sample(23, 9));
            const other = await gather(t.sample(23, 10));
            const shot = await t.snapshot(8);
            expect(again).toEqual(rows);
            expect(other).not.toEqual(rows);
            expect((await t.snapshot(8)).values).toEqual(shot.values);
            t.dispose();
            return rows;
          }),
        );
        const [first, same, otherSeed] = made as [Float32Array, Float32Array, Float32Array];
        expect(first).toHaveLength(23 * width);
        expect(first.every(Number.isFinite)).toBe(true);
        expect(same).toEqual(first);
        if (!["independent", "smote", "copy"].includes(model)) expect(otherSeed).not.toEqual(first);
        for (let i = 0; i < 23; i++)
          for (const span of spans.filter(({ kind }) => kind === "category")) {
            const at = i * width + span.start;
            const stretch = first.subarray(at, at + span.width);
            expect(stretch.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
            expect(Math.min(...stretch)).toBeGreaterThanOrEqual(0);
          }
      });

      it("keeps what is given, or says that it can't", async () => {
        const t = open(model, settings, 1, pictures);
        t.advance();
        const rows = { values: data.values.slice(0, 30 * width), rows: 30, width };
        const known = Uint8Array.from({ length: 30 * columns }, (_, i) =>
          i % columns === 1 || i === 0 ? 1 : 0,
        );
        await t.snapshot(4); // what is made lazily is made now
        const before = engineMemory();
        const made = await gather(t.sample(30, 9, { rows, known, columns }));
        expect(engineMemory()).toEqual(before);
        expect(made).toHaveLength(30 * width);
        const told = spans.filter(({ column }) => column === 1);
        const toldOf = (values: Float32Array): number[] =>
          Array.from({ length: 30 }, (_, i) => i * width).flatMap((row) =>
            told.flatMap(({ start, width: size }) => [...values.subarray(row + start, row + start + size)]),
          );
        if (t.heeds !== undefined) expect(toldOf(made)).toEqual(toldOf(rows.values));
        else expect(made).toEqual(await gather(t.sample(30, 9)));
        t.dispose();
      });

      it("makes the same rows from a file, without the rows it learned from, and leaks nothing", async () => {
        const before = engineMemory();
        const t = open(model, settings, 1, pictures);
        for (let i = 0; i < 5; i++) t.advance();
        const rows = await gather(t.sample(23, 9));
        const held = engineMemory();
        const state = await t.state();
        expect(engineMemory()).toEqual(held);
        t.dispose();

        const of = { seed: 1, step: 5, rows: data.rows, delimiter: ",", encoder: anyEncoder };
        const saved = readRun(writeRun({ ...of, model, settings, state }));
        const config = { model: saved.model, settings: saved.settings, seed: 77 };
        const s = sampler({ spans, width, config, state: saved.state });
        expect(await gather(s.sample(23, 9))).toEqual(rows);
        s.dispose();
        expect(engineMemory()).toEqual(before);

        const { weights, fitted } = saved.state;
        const damaged = [
          { weights: [...weights, new Float32Array(1)], fitted },
          ...(weights.length > 0 ? [{ weights: weights.map((each) => each.slice(1)), fitted }] : []),
          ...(fitted === null
            ? []
            : [
                { weights, fitted: [] },
                { weights, fitted: {} },
              ]),
        ];
        for (const each of damaged)
          expect(() => sampler({ spans, width, config, state: each })).toThrow(Unfit);
        expect(engineMemory()).toEqual(before);
      });

      it("reports every curve, moves its losses, leaks nothing, and goes back to a checkpoint", async () => {
        const before = engineMemory();
        const t = open(model, settings, 1, pictures);
        t.advance();
        const first = await t.report();
        expect(Object.keys(first.losses).toSorted()).toEqual(t.curves.toSorted());
        if (t.objectives.length > 1) expect(modelCard(model).players).toEqual(t.objectives);
        for (const name of t.objectives) {
          t.advance(name);
          expect(Object.keys((await t.report()).losses)).toContain(name);
        }
        await t.snapshot(4); // what is made lazily is made now
        await t.report();
        const kept = await t.checkpoint();
        const rowsThen = await gather(t.sample(5, 3));
        t.advance();
        const next = await t.report();
        t.restore(kept);
        t.advance();
        expect(await t.report()).toEqual(next); // the same batch, the same noise

        const held = engineMemory();
        for (let i = 0; i < 200; i++) t.advance();
        const later = await t.report();
        for (const curve of t.objectives) expect(later.losses[curve]).not.toBe(first.losses[curve]);
        await t.snapshot(4);
        await t.checkpoint();
        expect(engineMemory()).toEqual(held);

        t.restore(kept);
        expect(t.step).toBe(kept.step);
        expect(await gather(t.sample(5, 3))).toEqual(rowsThen);
        expect(engineMemory()).toEqual(held);
        t.dispose();
        expect(engineMemory()).toEqual(before);
      });
    },
  );
});

describe("on wasm", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it.each(["gan", "ctgan", "vae", "diffusion", "ddgan", "copula", "smote"] as const)(
    "%s finds both of two blobs",
    async (model) => {
      const { spans, rows } = blobs();
      const settings: Settings = {
        ...defaultsFor(model, "shape"),
        batch: 64,
        ...(["gan", "ctgan", "ddgan"].includes(model)
          ? { generator: [48, 48], discriminator: [48, 48] }
          : {}),
        ...(model === "vae" || model === "diffusion" ? { hidden: [48, 48] } : {}),
      };
      const t = trainer({ spans, rows, config: { model, settings, seed: 3 } });
      // A denoising diffusion GAN plays a game for each of its steps, which takes as much longer.
      for (let i = 0; i < (model === "ddgan" ? 1_500 : 700); i++) t.advance();
      const { values } = await t.snapshot(400);
      const near = (x: number, y: number): number => {
        let count = 0;
        for (let i = 0; i < 400; i++)
          if (Math.hypot(values[2 * i]! - x, values[2 * i + 1]! - y) < 0.7) count++;
        return count;
      };
      // A Gaussian copula can only tilt an ellipse, but its margins are the data's own two groups.
      expect(near(-1, 1)).toBeGreaterThan(100);
      expect(near(1, -1)).toBeGreaterThan(100);
      t.dispose();
    },
  );

  it("stops with words and the last good weights when training runs away", async () => {
    const t = open("vae", { ...tiny.vae, learningRate: 0.1 });
    for (let i = 0; i < 3; i++) t.advance();
    await t.checkpoint();
    const good = await gather(t.sample(4, 1));
    t.tune("learningRate", 1e30);
    const runAway = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) {
        t.advance();
        await t.report();
      }
    };
    await expect(runAway()).rejects.toThrow(Diverged);
    expect(t.step).toBe(3);
    expect(await gather(t.sample(4, 1))).toEqual(good);
    t.dispose();
  });

  it("makes the same rows from its state where sampling uses the weights themselves", async () => {
    const config = { model: "vae", settings: { ...tiny.vae, average: 0 }, seed: 1 } as const;
    const t = open(config.model, config.settings);
    t.advance(undefined, 3);
    const s = sampler({
      spans: mixedSpans,
      width: 7,
      config: { ...config, seed: 2 },
      state: await t.state(),
    });
    t.dispose();
    const again = open(config.model, config.settings);
    again.advance(undefined, 3);
    expect(await gather(s.sample(9, 4))).toEqual(await gather(again.sample(9, 4)));
    s.dispose();
    again.dispose();
  });

  it("refuses unusable settings and empty data in words", () => {
    expect(() => open("vae", { latent: 0 })).toThrow("Latent size must lie between 1 and 256.");
    expect(() =>
      trainer({
        spans: [],
        rows: { values: new Float32Array(0), rows: 0, width: 0 },
        config: { model: "gan", settings: {}, seed: 1 },
      }),
    ).toThrow("nothing to train on");
    const t = open("gan", tiny.gan);
    expect(() => t.advance("eps")).toThrow('no step called "eps"');
    expect(() => t.tune("learningRate", -1)).toThrow("above 0");
    t.dispose();
  });
});

describe("on WebGPU by Dawn", () => {
  const trained = cases.filter(({ model }) => Object.keys(tiny[model]).length > 0);

  it.each([...trained, ...variants])(
    "$name holds as many GPU buffers after 200 steps as before",
    async ({ model, settings, pictures = false }) => {
      await openDawn("null"); // counts, computes nothing
      const t = open(model, settings, 1, pictures);
      for (let i = 0; i < 3; i++) t.advance();
      await t.settled();
      const held = engineMemory();
      for (let i = 0; i < 200; i++) t.advance();
      await t.settled();
      expect(held.buffers).toBeGreaterThan(0);
      expect(t.refusal).toBeUndefined();
      expect(held.programs).toBe(1);
      expect(gpuErrors).toEqual([]);
      expect(engineMemory()).toEqual(held);
      t.dispose();
    },
  );

  const reason = whyNoSwiftShader();
  if (reason !== undefined) console.log(`Skipped: WebGPU against wasm and cpu (${reason}).`);
  describe.skipIf(reason !== undefined)("through SwiftShader", () => {
    // A software GPU compiles each layer for seconds: a discriminator with its penalty and a net with skips hold all there is.
    const shown = trained.filter(({ name, pictures }) => pictures !== true || /^(gan|diffusion) /.test(name));
    const small = ({ model, settings, pictures = false }: Case): Settings => ({
      ...settings,
      batch: 8,
      ...(["gan", "ctgan", "ddgan"].includes(model)
        ? { generator: [6], discriminator: [6], criticSteps: 1 }
        : { hidden: [6] }),
      ...(pictures && { channels: [2] }),
    });
    /** Each objective's loss on the first weights, and that two more steps move it. */
    const first = async (each: Case): Promise<Record<string, number>> => {
      const losses: Record<string, number> = {};
      const begin = (): Trainer => open(each.model, small(each), 4, each.pictures);
      for (const name of modelObjectives(each.model, small(each), each.pictures ?? false)) {
        const t = begin();
        t.advance(name);
        Object.assign(losses, (await t.report()).losses);
        for (let i = 0; i < 2; i++) t.advance(name);
        expect((await t.report()).losses[name]).not.toBe(losses[name]);
        t.dispose();
      }
      return losses;
    };

    /** First losses by case, on plain JavaScript and on WASM. */
    const known = new Map<Case, Record<string, number>[]>(shown.map((each) => [each, []]));
    // All on one device, opened last: what one test has compiled, the next need not.
    beforeAll(async () => {
      for (const backend of ["cpu", "wasm"] as const) {
        await openNodeBackend(backend);
        for (const each of shown) known.get(each)!.push(await first(each));
      }
      await openDawn("swiftshader");
    });

    it.each(shown)(
      "$name: first losses agree with wasm and cpu, and a few steps change them",
      async (each) => {
        const gpu = await first(each);
        expect(gpuErrors).toEqual([]);
        const [cpu, wasm] = known.get(each)!;
        for (const [curve, value] of Object.entries(cpu!))
          for (const other of [wasm![curve]!, gpu[curve]!])
            expect(Math.abs(other - value)).toBeLessThanOrEqual(1e-4 * Math.abs(value));
      },
    );

    it.each([0, 0.9])("makes the same rows from its state, with an average of %d", async (average) => {
      const config = {
        model: "gan",
        settings: { ...tiny.gan, generator: [6], discriminator: [6], batch: 8, average },
        seed: 1,
      } as const;
      const t = open(config.model, config.settings);
      t.advance(undefined, 4);
      expect(t.replays).toBe(true);
      const state = await t.state();
      const s = sampler({ spans: mixedSpans, width: 7, config, state });
      expect(await gather(s.sample(5, 4))).toEqual(await gather(t.sample(5, 4)));
      // Going on changes the trainer's rows alone.
      const rows = await gather(s.sample(5, 4));
      t.advance(undefined, 4);
      expect(await gather(t.sample(5, 4))).not.toEqual(rows);
      expect(await gather(s.sample(5, 4))).toEqual(rows);
      expect(gpuErrors).toEqual([]);
      s.dispose();
      t.dispose();
    });

    it.each(shown.filter(({ fifty }) => fifty !== false))(
      "$name: fifty recorded steps have the losses of the steps themselves",
      async (each) => {
        const begin = (): Trainer => open(each.model, small(each), 4, each.pictures);
        const [recorded, eager] = [begin(), begin()];
        /** Losses after each of fifty steps: thirty alone, then four bundles of five. */
        const bundles = [...Array.from({ length: 30 }, () => 1), 5, 5, 5, 5];
        const curve = async (t: Trainer): Promise<Readonly<Record<string, number>>[]> => {
          const reports = [];
          for (const times of bundles) {
            t.advance(undefined, times);
            reports.push((await t.report()).losses);
          }
          return reports;
        };
        eagerly.on = true;
        const want = await curve(eager).finally(() => (eagerly.on = false));
        const got = await curve(recorded);
        expect(eager.refusal).toBe("kept from it");
        expect(recorded.replays).toBe(true);
        expect([recorded.step, eager.step]).toEqual([50, 50]);
        want.forEach((losses, i) => {
          expect(Object.keys(losses).toSorted()).toEqual(recorded.curves.toSorted());
          for (const [name, value] of Object.entries(losses))
            expect(Math.abs(got[i]![name]! - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
        });
        expect((await recorded.snapshot(5)).values).toEqual((await eager.snapshot(5)).values);

        // A checkpoint is the same place in the stream of batches and noise, too.
        const kept = await recorded.checkpoint();
        recorded.advance();
        const after = await recorded.report();
        recorded.restore(kept);
        recorded.advance();
        expect(await recorded.report()).toEqual(after);
        expect(gpuErrors).toEqual([]);
        recorded.dispose();
        eager.dispose();
      },
    );
  });
});
