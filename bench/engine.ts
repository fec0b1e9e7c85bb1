/**
 * One side of the engine's benchmark on one backend under Node, in a process of its own:
 * Likeness mends TensorFlow.js' gradients on import, so stock must not share it.
 * `scripts/bench.mjs` runs the sides in turn and joins them.
 */
import { deviceStep, hostCost, ofEach, wholeStep } from "./measure.ts";
import type { DeviceCost, HostCost, Side } from "./measure.ts";
import type { NodeGpu } from "../src/engine/testing/nodeGpu.ts";
import type { StepName } from "./steps.ts";

/**
 * "gpu" is the first adapter that Dawn finds; "software" is llvmpipe where it is installed, else SwiftShader, to run the
 * benchmark itself from end to end.
 */
export type Where = "null" | "wasm" | "gpu" | "software";
/** "half" is ours in half precision. */
export type Whose = "stock" | "ours" | "half";

export interface Measured {
  /** What the device calls itself, or why there is none. */
  readonly adapter: string;
  /** Milliseconds a step, or all that was counted; undefined where there is no device. */
  readonly costs: Record<StepName, number | HostCost | DeviceCost> | undefined;
}

interface Opened extends Side {
  readonly adapter: string;
}

async function openOurs(on: Where, half: boolean): Promise<Opened> {
  const { openDawn, openNodeBackend } = await import("../src/engine/testing/nodeBackend.ts");
  const { adapter } = await (on === "wasm" ? openNodeBackend("wasm") : openDawn(await deviceOf(on)));
  const { offersHalf } = await import("../src/engine/precision.ts");
  if (half && !offersHalf()) throw new Error(`${adapter} has no half precision.`);
  const { settled } = await import("../src/engine/memory.ts");
  const { halfSteps, ourSteps } = await import("./ours.ts");
  return { adapter, settled, steps: half ? halfSteps() : ourSteps };
}

async function deviceOf(on: Exclude<Where, "wasm">): Promise<NodeGpu> {
  const { llvmpipe } = await import("../src/engine/testing/nodeGpu.ts");
  if (on !== "software") return on;
  return llvmpipe() === undefined ? "swiftshader" : "llvmpipe";
}

async function openStock(on: Where): Promise<Opened> {
  const stock = await import("./stockBackend.ts");
  const { nodeGpu, nodeWasmPaths } = await import("../src/engine/testing/nodeGpu.ts");
  if (on !== "wasm") await nodeGpu(await deviceOf(on));
  const settled = await (on === "wasm" ? stock.openWasm(nodeWasmPaths) : stock.openWebGpu());
  // As `openDawn` does for ours: what TensorFlow.js takes by itself takes such an adapter seconds, which tells nothing.
  if (on === "software") stock.multiplyPacked();
  return { adapter: "", settled, steps: (await import("./stock.ts")).stockSteps };
}

export async function run(whose: Whose, on: Where): Promise<Measured> {
  let side: Opened;
  try {
    side = await (whose === "stock" ? openStock(on) : openOurs(on, whose === "half"));
  } catch (error) {
    if (on !== "gpu" && whose !== "half") throw error;
    return { adapter: error instanceof Error ? error.message : String(error), costs: undefined };
  }
  const { adapter } = side;
  // Software adapters tell nothing of a GPU.
  if (on === "gpu" && adapter.endsWith("(software)")) return { adapter, costs: undefined };
  const costs = await ofEach<number | HostCost | DeviceCost>((name) => {
    if (on === "wasm") return wholeStep(side, name);
    if (on === "null") return hostCost(side, name, whose === "ours" ? 60 : 20);
    return deviceStep(side, name);
  });
  return { adapter, costs };
}
