import { describe, expect, it } from "vitest";
import { turnTo } from "../engine/backends.ts";
import { engineMemory } from "../engine/memory.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import { random } from "../random/random.ts";
import type { BackendName } from "../protocol/run.ts";
import { race } from "./race.ts";
import type { Contender } from "./race.ts";
import { onTrial } from "./trial.ts";
import { Diverged, trainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

const rest = (): Promise<void> => Promise.resolve();

/**
 * Backends on which a step takes so many milliseconds, of a clock that only they move.
 * @param every how often it is seen that they are done, ms.
 */
function track(pace: Partial<Record<BackendName, number>>, every: Partial<Record<BackendName, number>> = {}) {
  let now = 0;
  let computing: BackendName = "cpu";
  const opened: BackendName[] = [];
  const built: { readonly on: BackendName; step: number; disposed: boolean; most: number }[] = [];
  const contender = (backend: BackendName): Contender => ({
    backend,
    async open() {
      opened.push(backend);
      if (!(backend in pace)) throw new Error("It is not to be had.");
      computing = backend;
    },
  });
  const build = async (): Promise<Trainer> => {
    const on = computing;
    const made = { on, step: 0, disposed: false, most: 0 };
    built.push(made);
    return {
      replays: on === "webgpu",
      advance(_?: string, times = 1) {
        expect(computing).toBe(on);
        made.step += times;
        made.most = Math.max(made.most, made.step);
        now += times * pace[on]!;
      },
      async settled() {
        const tick = every[on];
        if (tick !== undefined) now = (Math.floor(now / tick) + 1) * tick;
      },
      report: async () => {},
      checkpoint: async () => ({ step: made.step, parts: [] }),
      restore: ({ step }: { step: number }) => (made.step = step),
      dispose: () => (made.disposed = true),
    } as unknown as Trainer;
  };
  const run = (backends: readonly BackendName[], worthIt = true) =>
    race({
      contenders: backends.map(contender),
      build,
      worthIt: () => worthIt,
      clock: () => now,
      rest,
    });
  return { run, opened, built, build, now: () => now, computing: () => computing };
}

describe("a race", () => {
  it("keeps the favourite's trainer where it wins, set back to its beginning", async () => {
    const { run, built, opened, computing } = track({ webgpu: 0.5, wasm: 1 });
    const { laps, winner } = await run(["webgpu", "wasm"]);
    expect(winner).toBe("webgpu");
    expect(laps).toEqual([
      { backend: "webgpu", stepsPerSecond: 2000 },
      { backend: "wasm", stepsPerSecond: 1000 },
    ]);
    expect(opened).toEqual(["webgpu", "wasm", "webgpu"]);
    expect(computing()).toBe("webgpu");
    expect(built.map(({ on, step, disposed }) => [on, step, disposed])).toEqual([
      ["webgpu", 0, false],
      ["wasm", 0, true],
    ]);
    for (const { most } of built) expect(most).toBeGreaterThan(3);
  });

  it("takes the other where that is faster", async () => {
    const { run, built, computing } = track({ webgpu: 8, wasm: 0.25 });
    const { laps, winner } = await run(["webgpu", "wasm"]);
    expect([winner, computing()]).toEqual(["wasm", "wasm"]);
    expect(laps.map(({ stepsPerSecond }) => stepsPerSecond)).toEqual([4000, 125]);
    expect(built.map(({ on, disposed }) => [on, disposed])).toEqual([
      ["webgpu", true],
      ["wasm", false],
    ]);
  });

  it("goes on with the one that can be had, and compares it with nothing", async () => {
    const present = ["webgpu", "wasm"] as const;
    for (const backend of present) {
      const { run, built, computing } = track({ [backend]: 1 });
      const { laps, winner } = await run(present);
      expect([winner, computing(), laps]).toEqual([backend, backend, []]);
      expect(built).toHaveLength(1);
    }
    await expect(track({}).run(present)).rejects.toThrow("It is not to be had.");
  });

  it("is not run for one alone, or where the others can't win", async () => {
    const track1 = track({ webgpu: 1, wasm: 1 });
    expect((await track1.run(["webgpu"])).laps).toEqual([]);
    expect((await track1.run(["webgpu", "wasm"], false)).laps).toEqual([]);
    expect(track1.now()).toBe(0);
    expect(track1.opened).toEqual(["webgpu", "webgpu"]);
  });

  it("takes a bounded time, however slow or fast a step is", async () => {
    for (const webgpu of [0, 0.01, 0.3, 5, 60, 500])
      for (const wasm of [0.02, 1, 30, 900]) {
        const { run, now } = track({ webgpu, wasm });
        await run(["webgpu", "wasm"]);
        // Some steps each that can't be avoided, then the time that is set and the bundle that it was over in.
        expect(now()).toBeLessThan(9 * (webgpu + wasm) + 2 * (200 + 160));
      }
  });

  it("is not misled by a browser that looks at its GPU ten times a second", async () => {
    const { run } = track({ webgpu: 0.2, wasm: 20 }, { webgpu: 100 });
    const { laps } = await run(["webgpu", "wasm"]);
    expect(laps[0]!.backend).toBe("webgpu");
    expect(laps[0]!.stepsPerSecond).toBeGreaterThan(200);
  });

  it("leaves it to the run to say that it diverges", async () => {
    const { build, built } = track({ webgpu: 1 });
    const contender = { backend: "webgpu" as const, open: async () => {} };
    const diverging = async (): Promise<Trainer> => ({
      ...(await build()),
      report: () => Promise.reject(new Diverged("away")),
    });
    const { laps } = await race({ contenders: [contender, contender], build: diverging, worthIt: () => true, clock: () => 0, rest }).catch(() => ({ laps: undefined })); // prettier-ignore
    expect(laps).toEqual([]);
    expect(built).toHaveLength(1);
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: a race of SwiftShader against WASM (${reason}).`);

describe.skipIf(reason !== undefined)("a race of real backends", () => {
  const source = random(1);
  const rows = { values: Float32Array.from({ length: 80 }, () => source.normal()), rows: 40, width: 2 };
  const spans = [0, 1].map((start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: `x${start}` })); // prettier-ignore
  const settings = { hidden: [6], batch: 8, latent: 2 };
  const request = { spans, rows, config: { model: "vae" as const, settings, seed: 1 } };

  /** Whoever is `slow` moves the clock much further whenever it is looked at. */
  async function run(slow: BackendName) {
    let now = 0;
    let computing: BackendName = "cpu";
    const contender = (backend: BackendName, open: () => Promise<unknown>): Contender => ({
      backend,
      async open() {
        await open();
        computing = backend;
      },
    });
    let gpuOpened = false;
    const gpu = contender("webgpu", async () => {
      await (gpuOpened ? turnTo("webgpu", { wasmPaths: "" }) : openDawn("swiftshader"));
      gpuOpened = true;
    });
    const wasm = contender("wasm", () => openNodeBackend("wasm"));
    const clock = (): number => (now += computing === slow ? 500 : 25);
    return race({ contenders: [gpu, wasm], build: () => onTrial(request), worthIt: () => true, clock, rest });
  }

  it.each(["webgpu", "wasm"] as const)("leaves nothing of itself behind where %s loses", async (slow) => {
    const { winner, trainer: raced } = await run(slow);
    expect(winner).toBe(slow === "wasm" ? "webgpu" : "wasm");
    const fresh = trainer(request);
    expect(raced.step).toBe(0);
    for (const t of [raced, fresh]) t.advance(undefined, 5);
    expect(await raced.report()).toEqual(await fresh.report());
    expect((await raced.snapshot(4)).values).toEqual((await fresh.snapshot(4)).values);
    if (winner === "webgpu") expect(raced.replays).toBe(true);
    raced.dispose();
    fresh.dispose();
    expect(engineMemory()).toEqual({ tensors: 0, buffers: 0, programs: 0 });
    expect(gpuErrors).toEqual([]);
  });
});
