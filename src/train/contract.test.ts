/**
 * What every model promises, on every backend that is here: the interface in
 * `models/model.ts` as checks. A new model is tested by being in the catalog.
 * `contract.gpu.test.ts` goes on with what a GPU computes.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { defaultsFor, modelCard } from "../catalog/models.ts";
import type { Settings } from "../catalog/setting.ts";
import { fitEncoder } from "../encode/encoder.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { engineMemory } from "../engine/memory.ts";
import { gpuErrors, openDawn, openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { Unfit } from "../models/state.ts";
import { random } from "../random/random.ts";
import { readRun, writeRun } from "../sessions/runFile.ts";
import { plainNumber } from "../table/number.ts";
import { sampler } from "./sampler.ts";
import { cases, dataOf, gather, mixedSpans, open, tiny, trained, variants } from "./testing/contract.ts";
import { Diverged, trainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

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
        // Opponents come first; behind them stands what only looks on.
        const { players = t.objectives } = modelCard(model);
        expect(t.objectives.slice(0, players.length)).toEqual(players);
        expect(t.objectives.slice(players.length).every((name) => name === "density ratio")).toBe(true);
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

  it("begins to average weights where they stand, and draws with the weights again after that", async () => {
    const [plain, t] = [0, 1].map(() => open("vae", { ...tiny.vae, average: 0 })) as [Trainer, Trainer];
    const rowsOf = async (of: Trainer): Promise<number[]> => [...(await gather(of.sample(4, 1)))];
    const together = (times: number): void => [plain, t].forEach((each) => each.advance(undefined, times));
    together(3);
    t.tune("average", 0.9);
    expect(await rowsOf(t)).toEqual(await rowsOf(plain));
    together(3);
    expect(await rowsOf(t)).not.toEqual(await rowsOf(plain));
    t.tune("average", 0);
    expect(await rowsOf(t)).toEqual(await rowsOf(plain));
    for (const each of [plain, t]) each.dispose();
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
    expect(() => t.tune("average", 1)).toThrow("not including, 1");
    t.dispose();
  });
});

describe("on WebGPU by Dawn", () => {
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
});
