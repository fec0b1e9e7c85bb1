import { describe, expect, it } from "vitest";
import { choiceWords, ordersWords } from "./backendWords.ts";

describe("how steps reach the device", () => {
  it("is said calmly where they are recorded", () => {
    expect(ordersWords({ bundle: 7 })).toBe("Recorded: 7 steps a submission.");
    for (const bundle of [46, 50, 54])
      expect(ordersWords({ bundle })).toBe("Recorded: about 50 steps a submission.");
    expect(ordersWords({ bundle: 500 })).toBe("Recorded: about 500 steps a submission.");
  });

  it("is said with the reason where they could not be", () => {
    expect(ordersWords({ bundle: 1, refusal: "the step reads values back to the host" })).toBe(
      "Step by step, because the step reads values back to the host.",
    );
  });

  it("is not worth a word elsewhere", () => {
    expect(ordersWords(undefined)).toBe("");
    expect(ordersWords({ bundle: 1 })).toBe("");
  });
});

describe("why this backend", () => {
  const wasm = { name: "wasm", adapter: "", reason: "WebAssembly was asked for." } as const;

  it("is said by rule where there was no choice", () => {
    expect(choiceWords({ ...wasm, laps: [] })).toBe("WASM. WebAssembly was asked for.");
  });

  it("comes with the precision where that was chosen, raced or not", () => {
    const lap = { backend: "webgpu", stepsPerSecond: 100, half: true } as const;
    const gpu = { name: "webgpu", adapter: "a card", reason: "WebGPU was asked for." } as const;
    const words = "It multiplies in 16 bits, which was faster on this model with the same losses.";
    expect(choiceWords({ ...gpu, laps: [lap] })).toBe(`WebGPU on a card. WebGPU was asked for. ${words}`);
    expect(choiceWords({ ...gpu, laps: [lap, { backend: "wasm", stepsPerSecond: 10 }] })).toContain(
      `WASM: 10. ${words}`,
    );
    expect(choiceWords({ ...gpu, laps: [{ backend: "webgpu", stepsPerSecond: 100 }] })).not.toContain(
      "16 bits",
    );
  });

  it("is said with every pace where they raced", () => {
    const laps = [
      { backend: "webgpu", stepsPerSecond: 2400.4 },
      { backend: "wasm", stepsPerSecond: 3.14 },
    ] as const;
    const gpu = { name: "webgpu", adapter: "a card", reason: "", laps } as const;
    expect(choiceWords(gpu)).toBe(
      "WebGPU on a card. The fastest here when all were tried on this model: WebGPU: 2,400 steps/s, WASM: 3.1.",
    );
  });
});
