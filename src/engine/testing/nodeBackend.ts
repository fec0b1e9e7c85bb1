/** Backends under Node, for tests and benchmarks: the engine's own `openBackend` with Node's paths. */
import { existsSync } from "node:fs";
import { env } from "@tensorflow/tfjs-core";
import { openBackend } from "../backends.ts";
import type { OpenedBackend } from "../backends.ts";
import { llvmpipe, nodeGpu, nodeWasmPaths, vulkan } from "./nodeGpu.ts";
import type { NodeGpu } from "./nodeGpu.ts";

export function openNodeBackend(forced: "cpu" | "wasm"): Promise<OpenedBackend> {
  return openBackend({ forced, wasmPaths: nodeWasmPaths });
}

/** Why SwiftShader can't be used here, or undefined where it can. */
export function whyNoSwiftShader(): string | undefined {
  return existsSync(vulkan) ? undefined : `there is no ${vulkan}`;
}

/** Why llvmpipe, a device with 16 bits, can't be used here, or undefined where it can. */
export function whyNoLlvmpipe(): string | undefined {
  return llvmpipe() === undefined ? "Mesa's llvmpipe is not installed" : undefined;
}

/** @throws Error in words where there is no such device. */
export async function openDawn(
  device: NodeGpu,
  onLost: (detail: string) => void = () => {},
): Promise<OpenedBackend> {
  const opened = await openBackend({
    forced: "webgpu",
    gpu: await nodeGpu(device),
    wasmPaths: nodeWasmPaths,
    onError: (message) => gpuErrors.push(message),
    onLost,
  });
  env().set(
    "WEBGPU_MATMUL_PROGRAM_TYPE",
    device === "swiftshader" || device === "llvmpipe" ? packedProduct : chosenProduct,
  );
  return opened;
}

/**
 * Which of its products TensorFlow.js takes. For small results it would be one that has 256 threads wait for one
 * another at every number, which SwiftShader needs a second for; the packed one takes it 10 ms. llvmpipe is like it.
 */
const packedProduct = 3;
const chosenProduct = -1;

/** What the GPU has refused so far: a test that used one expects none. Dawn's null device validates as others do. */
export const gpuErrors: string[] = [];
