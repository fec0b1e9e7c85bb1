import { describe, expect, it } from "vitest";
import { pipeline } from "./pipeline.ts";

/** A device that takes `stepMs` for a step, one bundle after another, on a clock that stands still meanwhile. */
function device(stepMs: number, hasClock = false) {
  let now = 0;
  let free = 0;
  let most = 0;
  const orders: number[] = [];
  const queue: { at: number; done: () => void }[] = [];
  const trainer = {
    advance(_?: string, times = 1) {
      orders.push(times);
      free = Math.max(free, now) + times * stepMs;
    },
    settled: () =>
      new Promise<void>((done) => {
        queue.push({ at: free, done });
        most = Math.max(most, queue.length);
      }),
    worked: async () => (hasClock ? orders.at(-1)! * stepMs : undefined),
  };
  return {
    trainer,
    orders,
    clock: () => now,
    most: () => most,
    left: () => queue.length,
    /** Lets the device finish the oldest bundle. */
    async finish(late = 0) {
      const oldest = queue.shift();
      if (oldest === undefined) return;
      now = Math.max(now, oldest.at) + late;
      oldest.done();
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

/** Sends bundles as the loop does, the device finishing one whenever there is no room. */
async function run(bundles: number, stepMs: number) {
  const gpu = device(stepMs);
  const line = pipeline(gpu.trainer, gpu.clock, 16);
  for (let i = 0; i < bundles; i++) {
    line.send(Infinity);
    let room = false;
    const waited = line.room().then(() => (room = true));
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!room) await gpu.finish();
    await waited;
  }
  return { gpu, line };
}

describe("a pipeline", () => {
  it("has three bundles with the device at most, and two when it hands back", async () => {
    const { gpu } = await run(40, 0.5);
    expect(gpu.most()).toBe(3);
    expect(gpu.left()).toBe(2);
  });

  it("makes a bundle as many steps as fill its time, whatever a step takes", async () => {
    for (const [stepMs, steps] of [
      [0.1, 160],
      [0.5, 32],
      [4, 4],
      [90, 1],
    ] as const)
      // prettier-ignore
      expect((await run(60, stepMs)).gpu.orders.at(-1)).toBe(steps);
  });

  it("grows twofold at most, and is bounded where the device seems to take no time", async () => {
    const { gpu } = await run(60, 0);
    for (let i = 1; i < gpu.orders.length; i++)
      expect(gpu.orders[i]!).toBeLessThanOrEqual(2 * gpu.orders[i - 1]!);
    expect(gpu.orders.at(-1)).toBe(500);
  });

  it("orders no more than the host has time for", async () => {
    const gpu = device(0.01);
    let at = 0;
    const slowHost = { ...gpu.trainer, advance: (name?: string, times = 1) => ((at += 0.4 * times), gpu.trainer.advance(name, times)) }; // prettier-ignore
    const line = pipeline(slowHost, () => gpu.clock() + at, 16);
    for (let i = 0; i < 30; i++) {
      line.send(Infinity);
      await gpu.finish();
      await line.room();
    }
    expect(gpu.orders.at(-1)).toBeLessThanOrEqual(40);
    expect(gpu.orders.at(-1)).toBeGreaterThanOrEqual(20);
  });

  it("is not misled by a host that hears late, where the device has a clock", async () => {
    for (const [hasClock, steps] of [
      [true, 32],
      [false, 16],
    ] as const) {
      const gpu = device(0.5, hasClock);
      const line = pipeline(gpu.trainer, gpu.clock, 16);
      for (let i = 0; i < 40; i++) {
        line.send(Infinity);
        await gpu.finish(i % 2 === 0 ? 0 : 30);
        await line.room();
      }
      if (hasClock) expect(gpu.orders.slice(10)).toEqual(Array(30).fill(steps));
      else expect(Math.min(...gpu.orders.slice(10))).toBeLessThanOrEqual(steps);
    }
  });

  it("sends no more than is asked for, and knows until when the device is at work", async () => {
    const gpu = device(2);
    const line = pipeline(gpu.trainer, gpu.clock, 16);
    for (let i = 0; i < 4; i++) {
      line.send(3);
      await gpu.finish();
    }
    expect(gpu.orders).toEqual([1, 2, 3, 3]);
    expect(line.busyUntil()).toBe(18);
    line.send(1);
    let drained = false;
    const all = line.drained().then(() => (drained = true));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    await gpu.finish();
    await all;
    expect(line.busyUntil()).toBe(20);
  });

  it("tells of a device that fails to whoever waits", async () => {
    const line = pipeline(
      { advance() {}, settled: () => Promise.reject(new Error("lost")), worked: async () => undefined },
      () => 0,
      16,
    );
    for (let i = 0; i < 3; i++) line.send(1);
    await expect(line.room()).rejects.toThrow("lost");
    await expect(line.drained()).rejects.toThrow("lost");
  });
});
