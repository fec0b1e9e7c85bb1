/** Backends under Node, for tests and benchmarks: the engine's own `openBackend` with Node's paths. */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { openBackend } from "../backends.ts";
import type { OpenedBackend } from "../backends.ts";

/** Where the .wasm files lie in node_modules. */
export const nodeWasmPaths = fileURLToPath(
  new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/", import.meta.url),
);

export function openNodeBackend(forced: "cpu" | "wasm"): Promise<OpenedBackend> {
  return openBackend({ forced, wasmPaths: nodeWasmPaths });
}

const chromium = "/usr/lib/chromium";
const vulkan = `${chromium}/vk_swiftshader_icd.json`;

/** Why SwiftShader can't be used here, or undefined where it can. */
export function whyNoSwiftShader(): string | undefined {
  return existsSync(vulkan) ? undefined : `there is no ${vulkan}`;
}

/**
 * WebGPU through Dawn: "null" executes nothing (for counting), "swiftshader" computes on the CPU.
 */
export async function openDawn(device: "null" | "swiftshader"): Promise<OpenedBackend> {
  const gpu = await dawn(device);
  // TensorFlow.js looks for a GPU here before it takes the device that it is handed.
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  return openBackend({
    forced: "webgpu",
    gpu,
    wasmPaths: nodeWasmPaths,
    onError: (message) => gpuErrors.push(message),
  });
}

/** What the GPU has refused so far: a test that used one expects none. Dawn's null device validates as others do. */
export const gpuErrors: string[] = [];

/** A GPU object must outlive its devices, so each is made once and kept for the life of the process. */
const kept = new Map<string, GPU>();

async function dawn(device: "null" | "swiftshader"): Promise<GPU> {
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  if (device === "swiftshader") {
    process.env["VK_ICD_FILENAMES"] = vulkan;
    process.env["XDG_RUNTIME_DIR"] ??= "/tmp";
    preload(`${chromium}/libvulkan.so.1`);
  }
  const gpu = kept.get(device) ?? create(device === "null" ? ["backend=null"] : []);
  kept.set(device, gpu);
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
