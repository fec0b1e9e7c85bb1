import { describe, expect, it } from "vitest";
import { openBackend } from "../engine/backends.ts";
import { engineMemory } from "../engine/memory.ts";
import { offersHalf } from "../engine/precision.ts";
import type { Precision } from "../engine/precision.ts";
import { GpuRefusal } from "../engine/room.ts";
import { gpuErrors, openDawn, whyNoLlvmpipe } from "../engine/testing/nodeBackend.ts";
import { nodeWasmPaths } from "../engine/testing/nodeGpu.ts";
import { random } from "../random/random.ts";
import { choosePrecision } from "./precision.ts";
import { Diverged, trainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

const rest = (): Promise<void> => Promise.resolve();

interface Fake {
  /** Milliseconds of a step. */
  readonly pace: Record<Precision, number>;
  readonly losses: Record<Precision, Record<string, number>>;
  /** What training in half precision throws. */
  readonly fault?: Error;
}

async function tried({ pace, losses, fault }: Fake, offered = true) {
  await openBackend({ forced: "cpu", wasmPaths: nodeWasmPaths });
  let now = 0;
  const made = {
    precision: "single" as Precision,
    step: 0,
    objectives: ["loss"],
    replays: true,
    advance(_?: string, times = 1) {
      made.step += times;
      now += times * pace[made.precision];
    },
    async report() {
      if (fault !== undefined && made.precision === "half") throw fault;
      return { step: made.step, losses: losses[made.precision] };
    },
    settled: rest,
    checkpoint: async () => ({ step: made.step, parts: [] }),
    restore: ({ step }: { step: number }) => (made.step = step),
  };
  const found = choosePrecision(made as unknown as Trainer, { clock: () => now, rest }, () => offered);
  const trial = await found;
  expect(trial.precision).toBe(made.precision);
  expect(made.step).toBe(0);
  return { ...trial, now };
}

const same = { single: { loss: 1, part: -0.01 }, half: { loss: 1.003, part: -0.011 } };

describe("half precision", () => {
  it("is taken where it is clearly faster and has the same losses", async () => {
    const { precision, singleMs, halfMs, gap, now } = await tried({ pace: { single: 1, half: 0.5 }, losses: same });
    expect([precision, singleMs, halfMs]).toEqual(["half", 1, 0.5]);
    expect(gap).toBeCloseTo(0.004, 6);
    expect(now).toBeLessThan(1500);
  }); // prettier-ignore

  it("is left where it is slower, or not by enough to be worth it", async () => {
    for (const half of [0.95, 1, 3])
      expect((await tried({ pace: { single: 1, half }, losses: same })).precision).toBe("single");
  });

  it("is left, untimed, where any loss is another, or is none", async () => {
    for (const half of [{ loss: 1.03, part: 0 }, { loss: 1, part: 0.1 }, { loss: 1 }, { loss: NaN, part: 0 }]) {
      const trial = await tried({ pace: { single: 1, half: 0.1 }, losses: { ...same, half: half as Record<string, number> } });
      expect(trial.precision).toBe("single");
      expect(trial.gap).toBeGreaterThan(0.02);
      expect(trial.halfMs).toBeUndefined();
    }
  }); // prettier-ignore

  it("is left where it diverges or is refused, and no other error is hidden", async () => {
    const fake = { pace: { single: 1, half: 0.1 }, losses: same };
    for (const fault of [new Diverged("away"), new GpuRefusal("no f16 after all")])
      expect((await tried({ ...fake, fault })).precision).toBe("single");
    await expect(tried({ ...fake, fault: new Error("lost") })).rejects.toThrow("lost");
  });

  it("is left, untimed, where it changes nothing: the model's layers are too narrow for it", async () => {
    const trial = await tried({
      pace: { single: 1, half: 0.1 },
      losses: { single: same.single, half: same.single },
    });
    expect([trial.precision, trial.gap, trial.halfMs]).toEqual(["single", 0, undefined]);
  });

  it("is not tried where the device has none", async () => {
    const { precision, now } = await tried({ pace: { single: 1, half: 0.1 }, losses: same }, false);
    expect([precision, now]).toEqual(["single", 0]);
  });
});

const missing = whyNoLlvmpipe();
if (missing !== undefined) console.log(`Skipped: a trial of half precision (${missing}).`);

describe.skipIf(missing !== undefined)("half precision of a run on llvmpipe", () => {
  it("agrees on the losses of a model's steps, goes on as if untried, and replays what it would do step by step", async (test) => {
    await openDawn("llvmpipe");
    if (!offersHalf()) {
      console.log("Skipped: a trial of half precision (this llvmpipe has no shader-f16).");
      return test.skip();
    }
    const source = random(1);
    const rows = { values: Float32Array.from({ length: 80 }, () => source.normal()), rows: 40, width: 2 };
    const spans = [0, 1].map((start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: `x${start}` }));
    const settings = { hidden: [16, 16], batch: 16, latent: 2 };
    const request = { spans, rows, config: { model: "vae" as const, settings, seed: 1 } };
    const raced = trainer(request);
    // A clock on which half precision is the faster: whatever is asked of it in single takes ten times as long.
    let now = 0;
    const clock = (): number => (now += raced.precision === "half" ? 200 : 2_000);
    const trial = await choosePrecision(raced, { clock, rest });
    expect(trial.precision).toBe("half");
    expect(trial.gap).toBeGreaterThan(0);
    expect(trial.gap).toBeLessThan(0.02);
    const fresh = trainer(request);
    fresh.precision = "half";
    raced.advance(undefined, 12);
    // A named objective is trained step by step, without a recording.
    for (let i = 0; i < 12; i++) fresh.advance(fresh.objectives[0]);
    expect(raced.replays).toBe(true);
    expect(fresh.replays).toBe(false);
    expect(await raced.report()).toEqual(await fresh.report());
    expect((await raced.snapshot(4)).values).toEqual((await fresh.snapshot(4)).values);
    for (const each of [raced, fresh]) each.dispose();
    expect(engineMemory()).toEqual({ tensors: 0, buffers: 0, programs: 0 });
    expect(gpuErrors).toEqual([]);
  }); // prettier-ignore
});
