/** Backends under Node, for tests and benchmarks: the engine's own `openBackend` with Node's paths. */
import { existsSync } from "node:fs";
import { openBackend } from "../backends.ts";
import type { OpenedBackend } from "../backends.ts";
import { nodeGpu, nodeWasmPaths, vulkan } from "./nodeGpu.ts";
import type { NodeGpu } from "./nodeGpu.ts";

export function openNodeBackend(forced: "cpu" | "wasm"): Promise<OpenedBackend> {
  return openBackend({ forced, wasmPaths: nodeWasmPaths });
}

/** Why SwiftShader can't be used here, or undefined where it can. */
export function whyNoSwiftShader(): string | undefined {
  return existsSync(vulkan) ? undefined : `there is no ${vulkan}`;
}

/** @throws Error in words where there is no such device. */
export async function openDawn(device: NodeGpu): Promise<OpenedBackend> {
  return openBackend({
    forced: "webgpu",
    gpu: await nodeGpu(device),
    wasmPaths: nodeWasmPaths,
    onError: (message) => gpuErrors.push(message),
  });
}

/** What the GPU has refused so far: a test that used one expects none. Dawn's null device validates as others do. */
export const gpuErrors: string[] = [];
