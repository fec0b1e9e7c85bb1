/** One side of the benchmark in a worker of its own: Likeness mends TensorFlow.js on import, so stock must not share one. */
import simd from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url";
import { messageOf } from "../../src/sessions/host.ts";
import { isSoftware } from "../../src/engine/adapter.ts";
import { shell } from "../../workers/shell.ts";
import { deviceStep, ofEach, wholeStep } from "../measure.ts";
import type { Side } from "../measure.ts";
import type { Command, Cost, Event } from "./message.ts";

const at = (path: string): string => new URL(path, import.meta.url).href;
const wasmPaths = {
  "tfjs-backend-wasm.wasm": at(plain),
  "tfjs-backend-wasm-simd.wasm": at(simd),
  "tfjs-backend-wasm-threaded-simd.wasm": at(threaded),
};

/** @throws Error in words where there is no GPU to measure. */
async function lookForGpu({ on, software }: Command): Promise<void> {
  if (on !== "webgpu") return;
  if (!("gpu" in navigator)) throw new Error("This browser has no WebGPU.");
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) throw new Error("WebGPU finds no graphics adapter on this machine.");
  if (isSoftware(adapter) && !software)
    throw new Error("The only graphics adapter here is software; its figures would tell nothing of a GPU.");
}

async function openOurs({ on }: Command): Promise<Side & { readonly adapter: string }> {
  const { openBackend } = await import("../../src/engine/backends.ts");
  const { adapter } = await openBackend({
    forced: on,
    ...("gpu" in navigator && { gpu: navigator.gpu }),
    wasmPaths,
  });
  const { settled } = await import("../../src/engine/memory.ts");
  const { ourSteps } = await import("../ours.ts");
  return { adapter, settled, steps: ourSteps };
}

async function openStock({ on }: Command): Promise<Side & { readonly adapter: string }> {
  const stock = await import("../stockBackend.ts");
  const settled = await (on === "wasm" ? stock.openWasm(wasmPaths) : stock.openWebGpu());
  const { stockSteps } = await import("../stock.ts");
  return { adapter: "", settled, steps: stockSteps };
}

shell<Command, Event>((host) => {
  async function measure(command: Command): Promise<void> {
    let side;
    try {
      await lookForGpu(command);
      side = await (command.whose === "stock" ? openStock(command) : openOurs(command));
    } catch (error) {
      return host.post({ type: "missing", why: messageOf(error) });
    }
    const { adapter } = side;
    const costs = await ofEach<Cost>(
      async (name) =>
        command.on === "wasm"
          ? { ms: await wholeStep(side, name, command.brief ? 0.05 : 1) }
          : deviceStep(side, name, command.brief ? 1 : undefined),
      async (name) => {
        host.post({ type: "step", name });
        await host.rest();
      },
    );
    host.post({ type: "measured", adapter, costs });
  }
  return {
    handle: (command) => {
      measure(command).catch((error: unknown) => host.post({ type: "failed", message: messageOf(error) }));
    },
  };
});
