import { beforeAll, describe, expect, it } from "vitest";
import { presets } from "../catalog/presets.ts";
import type { Budget } from "../protocol/run.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import { openGpuBackend } from "../engine/gpu.ts";
import { random } from "../random/random.ts";
import { train } from "./train.ts";
import { trainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

describe("train", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  /** A clock that a step moves on by 10 ms. */
  const scene = (budget: () => Budget, speed = Infinity): { t: Trainer; loop: ReturnType<typeof train> } => {
    let now = 0;
    const t = {
      objectives: ["loss"],
      step: 0,
      advance() {
        t.step++;
        now += 10;
      },
      settled: async () => {},
      worked: async () => undefined,
    };
    return {
      t: t as unknown as Trainer,
      loop: train(t as unknown as Trainer, { clock: () => now, budget, speed: () => speed, slice: 20 }),
    };
  };

  it("hands back after each slice and ends on the very step of its budget", async () => {
    const { loop } = scene(() => ({ unit: "steps", amount: 5 }));
    const slices = [];
    for await (const slice of loop) slices.push(slice);
    expect(slices.map(({ step }) => step)).toEqual([2, 4, 5]);
    expect(slices.at(-1)).toEqual({ step: 5, elapsed: 50, due: 0, bundle: 1 });
  });

  it("counts seconds of training, and takes a budget that changes", async () => {
    let amount = 1;
    const { t, loop } = scene(() => ({ unit: "seconds", amount }));
    for await (const { step } of loop) if (step === 50) amount = 5;
    expect(t.step).toBe(500);
  });

  it("hands a GPU as many recorded steps as fill a slice, and still ends on the very step", async () => {
    let now = 0;
    const asked: number[] = [];
    const t = {
      objectives: ["loss"],
      step: 0,
      replays: false,
      advance(_?: string, times = 1) {
        t.step += times;
        t.replays = t.step >= 2; // the first is taken, the second recorded
        asked.push(times);
        now += 0.5 * times;
      },
      settled: async () => {},
      worked: async () => undefined,
    };
    const budget: Budget = { unit: "steps", amount: 200 };
    const options = { clock: () => now, budget: () => budget, speed: () => Infinity, slice: 16 };
    for await (const { step } of train(t as unknown as Trainer, options)) expect(step).toBe(t.step);
    expect(asked).toEqual([1, 1, 1, 2, 4, 8, 16, 32, 32, 32, 32, 32, 7]);
    expect(t.step).toBe(200);
  });

  it("takes one step at a time in slow motion and says when the next is due", async () => {
    const { loop } = scene(() => ({ unit: "steps", amount: 3 }), 4);
    const slices = [];
    for await (const slice of loop) slices.push(slice);
    expect(slices.map(({ step, due }) => [step, due])).toEqual([[1, 240], [2, 240], [3, 240]]); // prettier-ignore
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: training on SwiftShader (${reason}).`);

describe.skipIf(reason !== undefined)("train on SwiftShader", () => {
  it("keeps the device busy with two submissions or three, and never with more", async () => {
    await openDawn("swiftshader");
    const source = random(1);
    const rows = { values: Float32Array.from({ length: 80 }, () => source.normal()), rows: 40, width: 2 };
    const spans = [0, 1].map((start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: `x${start}` })); // prettier-ignore
    const settings = { hidden: [8], batch: 8, latent: 2 };
    const t = trainer({ spans, rows, config: { model: "vae", settings, seed: 1 } });
    t.advance(undefined, 2); // the second is recorded
    await t.settled();
    const { queue } = openGpuBackend()!.device;
    let under = 0;
    const seen: number[] = [];
    const watched: Trainer = Object.assign(Object.create(t) as Trainer, {
      advance(name?: string, times?: number) {
        t.advance(name, times);
        seen.push(++under);
        void queue.onSubmittedWorkDone().then(() => under--);
      },
    });
    const budget: Budget = { unit: "steps", amount: 60 };
    const options = { clock: () => performance.now(), budget: () => budget, speed: () => Infinity };
    for await (const { step } of train(watched, options)) expect(step).toBe(t.step);
    expect(t.step).toBe(60);
    expect(Math.max(...seen)).toBe(3);
    expect(under).toBe(0);
    expect(gpuErrors).toEqual([]);
    t.dispose();
  });
});

describe("the textbook presets", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));
  const sizes: Record<string, number[][]> = {
    "textbook-gan": [[10, 128, 784], [784, 128, 1]], // prettier-ignore
    "textbook-vae": [[10, 128, 64, 4], [2, 64, 128, 10]], // prettier-ignore
    "textbook-diffusion": [[784, 128, 784]],
  };

  it.each(presets)(
    "$name is the article's network and trains as written",
    async ({ id, model, settings }) => {
      const width = id === "textbook-vae" ? 10 : 784;
      const source = random(1);
      const rows = {
        values: Float32Array.from({ length: 128 * width }, () => source.normal()),
        rows: 128,
        width,
      };
      const spans = Array.from({ length: width }, (_, start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: `x${start}` })); // prettier-ignore
      const t = trainer({ spans, rows, config: { model, settings, seed: 1 } });
      expect(t.nets.map((net) => net.sizes)).toEqual(sizes[id]);
      t.advance();
      const first = await t.report();
      for (let i = 0; i < 30; i++) t.advance();
      const later = await t.report();
      for (const curve of t.objectives) expect(later.losses[curve]).not.toBe(first.losses[curve]);
      // Summed over a batch of 64 and ten positions, cross-entropy starts at 64 · 10 · ln 2 ≈ 444.
      if (id === "textbook-vae") expect(first.losses["reconstruction"]!).toBeGreaterThan(300);
      const { values } = await t.snapshot(20);
      const bounds = { "textbook-gan": [-1, 1], "textbook-vae": [0, 1], "textbook-diffusion": [0, 1] }[id]!;
      expect(Math.min(...values)).toBeGreaterThanOrEqual(bounds[0]!);
      expect(Math.max(...values)).toBeLessThanOrEqual(bounds[1]!);
      t.dispose();
    },
  );
});
