import { describe, expect, it } from "vitest";
import type { Counter } from "./capture.ts";
import { settled } from "./memory.ts";
import { meter } from "./meter.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import { scalar } from "./tf.ts";

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: losses on SwiftShader (${reason}).`);

const backends = [
  ["cpu", () => openNodeBackend("cpu")],
  ["wasm", () => openNodeBackend("wasm")],
  ...(reason === undefined ? [["webgpu", () => openDawn("swiftshader")] as const] : []),
] as const;

describe.each(backends)("a meter on %s", (_, open) => {
  it("has the mean of what was noted until it was asked, though more is noted before it answers", async () => {
    await open();
    const steps: Counter = { value: 0 };
    const losses = meter(["a", "b"], steps);
    const note = (curve: string, value: number): void => {
      const given = scalar(value);
      losses.note(new Map([[curve, given]]));
      given.dispose();
      steps.value++;
    };
    expect(await losses.take()).toEqual({ step: 0, values: {} });
    note("a", 1);
    note("a", 2);
    note("b", 5);
    const first = losses.take();
    note("b", 7);
    const second = losses.take();
    note("a", 4);
    expect(await first).toEqual({ step: 3, values: { a: 1.5, b: 5 } });
    expect(await second).toEqual({ step: 4, values: { b: 7 } });
    expect(await losses.take()).toEqual({ step: 5, values: { a: 4 } });
    losses.dispose();
  });
});

describe.skipIf(reason !== undefined)("a meter that is asked more often than it can answer", () => {
  it("loses nothing and mixes nothing up", async () => {
    await openDawn("swiftshader");
    const steps: Counter = { value: 0 };
    const losses = meter(["a"], steps);
    const asked = [];
    for (let i = 1; i <= 6; i++) {
      const given = scalar(i);
      losses.note(new Map([["a", given]]));
      given.dispose();
      steps.value = i;
      asked.push(losses.take());
    }
    const answers = await Promise.all(asked);
    // Two copies can be under way; the third is ordered when the first has come, and has all that was noted since.
    const reached = answers.filter(({ values }) => "a" in values);
    expect(reached.map(({ step }) => step)).toEqual([1, 2, 6]);
    expect(reached.map(({ values }) => values["a"])).toEqual([1, 2, 4.5]);
    losses.dispose();
    expect(gpuErrors).toEqual([]);
  });
});

describe("a meter on the null device", () => {
  it("makes no buffer to be read", async () => {
    await openDawn("null");
    const steps: Counter = { value: 0 };
    const losses = meter(["a"], steps);
    const given = scalar(1);
    const note = (): void => losses.note(new Map([["a", given]]));
    note();
    await losses.take();
    await settled();
    const { createBuffer } = GPUDevice.prototype;
    let made = 0;
    GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
      made++;
      return createBuffer.call(this, descriptor);
    };
    try {
      for (let i = 0; i < 50; i++) {
        note();
        await losses.take();
      }
    } finally {
      GPUDevice.prototype.createBuffer = createBuffer;
    }
    expect(made).toBe(0);
    given.dispose();
    losses.dispose();
    expect(gpuErrors).toEqual([]);
  });
});
