import { engine } from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";
import { openBackend } from "./backends.ts";
import { nodeWasmPaths } from "./testing/nodeGpu.ts";

const never = (): Promise<void> => new Promise(() => {});

describe("a backend", () => {
  it("that starts after it was given up does not take over", async () => {
    const taken = vi.spyOn(engine(), "setBackend");
    let started = 0;
    // Of WebGPU, WASM and plain JavaScript, in this order, the second gets no time at all.
    const wait = (): Promise<void> => (++started === 2 ? Promise.resolve() : never());
    const { backend, reason } = await openBackend({ wasmPaths: nodeWasmPaths, wait });
    expect(backend).toBe("cpu");
    expect(reason).toContain("WebAssembly did not start within 15 seconds.");
    // By the turn after this, whoever waited for the same code has gone on.
    await import("@tensorflow/tfjs-backend-wasm");
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken.mock.calls).toEqual([["cpu"]]);
  });

  it("that was asked for and is missing is refused in words", async () => {
    await expect(openBackend({ forced: "webgpu", wasmPaths: nodeWasmPaths })).rejects.toThrow(
      /WebGPU was asked for but can't be used here: There is no WebGPU here/,
    );
  });
});
