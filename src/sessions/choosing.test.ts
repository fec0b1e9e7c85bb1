/** The choice of a backend around backends and trainers that only keep time. */
import { describe, expect, it, vi } from "vitest";
import type { OpenedBackend } from "../engine/backends.ts";
import { OutOfMemory } from "../engine/room.ts";
import type { BackendName, RunConfig } from "../protocol/run.ts";
import type { TrainEvent } from "../protocol/train.ts";
import { choosing } from "./choosing.ts";

/** Milliseconds of a step by backend, a clock that only they move, and what computes. */
const fake = {
  pace: { webgpu: 1, wasm: 1, cpu: 1 },
  now: 0,
  computing: "cpu" as BackendName,
  weights: 100,
  /** Milliseconds of a step in half precision; undefined where the GPU has none. */
  half: undefined as number | undefined,
  /** There is no room for a trainer. */
  full: false,
};

vi.mock("../train/trial.ts", () => ({
  onTrial: async () => {
    const on = fake.computing;
    if (fake.full) throw new OutOfMemory("It is full.");
    return {
      on,
      nets: [{ parameters: fake.weights }],
      objectives: ["loss"],
      replays: on === "webgpu",
      advance: (_: undefined, times: number) => void (fake.now += times * fake.pace[on]),
      settled: async () => {},
      report: async () => {},
      checkpoint: async () => ({ step: 0, parts: [] }),
      restore: () => {},
      dispose: () => {},
    };
  },
  wordsForNoRoom: async () => "There would be room with less.",
}));

vi.mock("../train/precision.ts", () => ({
  choosePrecision: async () => {
    if (fake.half === undefined) return { precision: "single" };
    const [singleMs, halfMs] = [fake.pace.webgpu, fake.half];
    fake.now += singleMs + halfMs;
    return { precision: halfMs < singleMs ? "half" : "single", singleMs, halfMs };
  },
}));
vi.mock("../engine/precision.ts", () => ({ offersHalf: () => fake.half !== undefined }));

const request = (change: Partial<RunConfig> = {}, width = 3) => ({
  spans: [],
  rows: { values: new Float32Array(width), rows: 1, width },
  config: { model: "vae" as const, settings: {}, seed: 1, ...change },
});

/** @param rule what is opened where nothing is forced. @param missing what can't be turned to. */
function open(rule: BackendName = "webgpu", missing: readonly BackendName[] = [], software = false) {
  Object.assign(fake, {
    pace: { webgpu: 1, wasm: 4, cpu: 100 },
    now: 0,
    weights: 100,
    full: false,
    half: undefined,
  });
  const said: Extract<TrainEvent, { type: "backend" }>[] = [];
  const faults: string[] = [];
  const absent = new Set(missing);
  const turns: BackendName[] = [];
  const backends = choosing(
    {
      post: (event) => void (event.type === "backend" && said.push(event)),
      now: () => fake.now,
      rest: async () => {},
      async openBackend(forced): Promise<OpenedBackend> {
        fake.computing = forced ?? rule;
        return {
          backend: fake.computing,
          adapter: fake.computing === "webgpu" ? "a card" : "",
          reason: "So.",
          ...(software && { software }),
        };
      },
      async turnTo(backend) {
        if (absent.has(backend)) throw new Error("It is gone.");
        turns.push(backend);
        fake.computing = backend;
      },
    },
    (message) => faults.push(message),
  );
  return { backends, said, faults, absent, turns };
}

describe("the backend of a run", () => {
  it("is the one that is faster on its model, which is said with both paces", async () => {
    const { backends, said } = open();
    await backends.open(undefined);
    expect(said).toEqual([
      { type: "backend", backend: "webgpu", adapter: "a card", reason: "So.", laps: [] },
    ]);
    Object.assign(fake.pace, { webgpu: 10, wasm: 2 });
    const { trainer, laps } = await backends.trainerFor(request());
    expect(trainer).toMatchObject({ on: "wasm" });
    expect([backends.computing, fake.computing]).toEqual(["wasm", "wasm"]);
    expect(laps).toEqual([
      { backend: "wasm", stepsPerSecond: 500 },
      { backend: "webgpu", stepsPerSecond: 100 },
    ]);
    expect(said.at(-1)).toEqual({ type: "backend", backend: "wasm", adapter: "", reason: "So.", laps });
    expect(said).toHaveLength(2);
  });

  it("is raced for once a model, its settings and its rows' width, what can be tuned left out", async () => {
    const { backends, said } = open();
    await backends.open(undefined);
    const first = await backends.trainerFor(request());
    const raced = fake.now;
    expect(raced).toBeGreaterThan(0);
    Object.assign(fake.pace, { webgpu: 100 });
    for (const same of [request(), request({ seed: 2 }), request({ settings: { learningRate: 0.1 } })]) {
      const again = await backends.trainerFor(same);
      expect(again.trainer).toMatchObject({ on: "webgpu" });
      expect(again.laps).toEqual(first.laps);
      expect(fake.now).toBe(raced);
    }
    expect(said.at(-1)).toMatchObject({ backend: "webgpu", adapter: "a card", laps: first.laps });
    for (const other of [
      request({}, 4),
      request({ settings: { batch: 16 } }),
      request({ model: "diffusion" }),
    ]) {
      const before = fake.now;
      expect((await backends.trainerFor(other)).trainer).toMatchObject({ on: "wasm" });
      expect(fake.now).toBeGreaterThan(before);
    }
  });

  it("is what is forced, or all there is: a CPU against nobody, or a GPU where WASM can't be had", async () => {
    for (const [lab, forced] of [
      [open(), "webgpu"],
      [open(), "wasm"],
      [open("wasm"), undefined], // a software adapter is refused by the engine and leads here
      [open("webgpu", ["wasm"]), undefined],
    ] as const) {
      const { backends, said, faults, turns } = lab;
      await backends.open(forced);
      expect((await backends.trainerFor(request())).laps).toEqual([]);
      expect([fake.now, said.length, faults, turns]).toEqual([0, 1, [], []]);
    }
  });

  it("is the GPU unasked where the model is beyond any CPU", async () => {
    const { backends } = open();
    await backends.open(undefined);
    fake.weights = 1e8;
    const { trainer, laps } = await backends.trainerFor(request());
    expect(trainer).toMatchObject({ on: "webgpu" });
    expect([laps, fake.now]).toEqual([[], 0]);
  });

  it("is no other for want of room on the first, which is said in words that help", async () => {
    const { backends, turns } = open();
    await backends.open(undefined);
    const before = turns.length;
    fake.full = true;
    await expect(backends.trainerFor(request())).rejects.toThrow("There would be room with less.");
    expect(turns).toHaveLength(before);
  });

  it("stays what it was when a fresh worker goes on with the run", async () => {
    const { backends, said } = open();
    await backends.open(undefined);
    const earlier = [
      { backend: "wasm", stepsPerSecond: 9 },
      { backend: "webgpu", stepsPerSecond: 8 },
    ] as const;
    const { trainer } = await backends.trainerFor(request(), earlier);
    expect(trainer).toMatchObject({ on: "wasm" });
    expect(said.at(-1)).toMatchObject({ backend: "wasm", laps: earlier });
    expect(fake.now).toBe(0);
  });

  it("tries half precision where it is a GPU, raced, forced or beyond any CPU, and says so once", async () => {
    for (const [forced, weights] of [[undefined, 100], ["webgpu", 100], [undefined, 1e8]] as const) {
      const { backends, said } = open();
      await backends.open(forced);
      Object.assign(fake, { half: 0.5, weights });
      const { laps } = await backends.trainerFor(request());
      expect(laps[0]).toEqual({ backend: "webgpu", stepsPerSecond: 2000, half: true });
      expect(said.at(-1)).toMatchObject({ backend: "webgpu", laps });
      const settled = fake.now;
      // The same again, in this worker and in a fresh one that goes on with the run, though it is no faster now.
      fake.half = 3;
      expect((await backends.trainerFor(request())).trainer.precision).toBe("half");
      const fresh = open();
      await fresh.backends.open(forced);
      fake.half = 3;
      expect((await fresh.backends.trainerFor(request(), laps)).trainer.precision).toBe("half");
      expect([settled > 0, fake.now]).toEqual([true, 0]);
    }
  }); // prettier-ignore

  it("keeps to single precision where half is slower, on WASM, and on a software adapter", async () => {
    const slower = open();
    await slower.backends.open("webgpu");
    fake.half = 2;
    const { trainer, laps } = await slower.backends.trainerFor(request());
    expect([trainer.precision, laps]).toEqual([undefined, [{ backend: "webgpu", stepsPerSecond: 1000 }]]);
    fake.half = 0.1;
    expect((await slower.backends.trainerFor(request())).trainer.precision).toBeUndefined();
    for (const [lab, forced] of [[open("wasm"), "wasm"], [open("webgpu", [], true), "webgpu"]] as const) {
      await lab.backends.open(forced);
      fake.half = 0.1;
      expect((await lab.backends.trainerFor(request())).laps).toEqual([]);
    }
  }); // prettier-ignore

  it("is a matter for a fresh worker where the GPU went away unseen", async () => {
    const { backends, faults, absent } = open();
    await backends.open(undefined);
    Object.assign(fake.pace, { webgpu: 10, wasm: 2 });
    await backends.trainerFor(request());
    absent.add("webgpu");
    await backends.trainerFor(request({}, 4));
    expect(faults).toEqual(["The GPU was lost."]);
  });
});
