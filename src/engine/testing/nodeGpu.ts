/** WebGPU under Node by Dawn, and where TensorFlow.js' own files lie. Nothing of the engine, so that stock can use it too. */
import { existsSync, readdirSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

/** Where the .wasm files lie in node_modules. */
export const nodeWasmPaths = fileURLToPath(
  new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/", import.meta.url),
);

const chromium = "/usr/lib/chromium";
/** Names Chromium's SwiftShader to a Vulkan loader. */
export const vulkan = `${chromium}/vk_swiftshader_icd.json`;

/** Names Mesa's llvmpipe, which computes on the CPU too, with 16 bits and clocks; undefined where it is not installed. */
export function llvmpipe(): string | undefined {
  if (!existsSync(drivers)) return undefined;
  const file = readdirSync(drivers).find((name) => /^lvp_icd.*\.json$/.test(name));
  return file === undefined ? undefined : `${drivers}/${file}`;
}
const drivers = "/usr/share/vulkan/icd.d";

/** "null" executes nothing (for counting), "swiftshader" and "llvmpipe" compute on the CPU, "gpu" is the machine's own. */
export type NodeGpu = "null" | "swiftshader" | "llvmpipe" | "gpu";

/** A GPU object must outlive its devices, so each is made once and kept for the life of the process. */
const kept = new Map<NodeGpu, GPU>();

/** Makes it `navigator.gpu` too: TensorFlow.js looks there before it takes a device that it is handed. */
export async function nodeGpu(device: NodeGpu): Promise<GPU> {
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  if (device === "llvmpipe") {
    process.env["VK_ICD_FILENAMES"] = llvmpipe() ?? "";
    process.env["XDG_RUNTIME_DIR"] ??= "/tmp";
  }
  if (device === "swiftshader") {
    process.env["VK_ICD_FILENAMES"] = vulkan;
    process.env["XDG_RUNTIME_DIR"] ??= "/tmp";
    preload(`${chromium}/libvulkan.so.1`);
  }
  const gpu = kept.get(device) ?? create(device === "null" ? ["backend=null"] : []);
  kept.set(device, gpu);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  return gpu;
}

/**
 * Loads Chromium's own Vulkan loader where the system has none, so that Dawn finds it by its name. Node takes
 * it for a failed add-on and says so; RTLD_NODELETE keeps it loaded all the same.
 */
function preload(library: string): void {
  if (!existsSync(library)) return;
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | noDelete);
  } catch {
    // "Module did not self-register": expected, it is no add-on.
  }
}
const noDelete = 0x1000;
