/**
 * The device under Node: Dawn's WebGPU where it finds a real graphics card, else
 * WebAssembly with the engine's own kernels, else plain JavaScript.
 */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { openBackend, type BackendName } from "../src/engine/backends.ts";

const { resolve } = createRequire(import.meta.url);

export interface Device {
  /** What it is and why, e.g. "wasm. WebAssembly was asked for." */
  readonly name: string;
  /** @throws Error in words where it was lost or refused an operation: nothing it computed since can be trusted. */
  check(): void;
}

/** @throws Error in plain words when the forced backend, or every backend, is missing. */
export async function openDevice(forced: BackendName | undefined): Promise<Device> {
  allowFusedProducts();
  let fault: string | undefined;
  const onFault = (message: string): void => void (fault ??= message.trim());
  const gpu = forced === undefined || forced === "webgpu" ? await dawn() : undefined;
  const { backend, adapter, reason } = await openBackend({
    ...(forced !== undefined && { forced }),
    ...(gpu !== undefined && { gpu }),
    wasmPaths:
      path.dirname(resolve("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm")) + path.sep,
    onLost: (detail) => onFault(`The GPU was lost. ${detail}`),
    onError: (detail) => onFault(`The GPU refused an operation. ${detail}`),
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds).unref()),
  });
  return {
    name: `${backend}${adapter === "" ? "" : `, ${adapter}`}. ${reason}`,
    check() {
      if (fault !== undefined) throw new Error(`${fault} Start again, or add --backend wasm.`);
    },
  };
}

/** Chromium has fused multiply-add since V8 11.4; Node 20, on 11.3, has it behind a flag. Without it sums round otherwise. */
function allowFusedProducts(): void {
  const [major = 0, minor = 0] = process.versions.v8.split(".").map(Number);
  if (major === 11 && minor < 4) setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** Whether Dawn finds an adapter. What a driver prints, or breaks, stays in a process of its own. */
const probe = (address: string): Promise<boolean> =>
  new Promise((done) => {
    const code = `import { create } from ${JSON.stringify(address)};
      const adapter = await create([]).requestAdapter({ powerPreference: "high-performance" });
      process.exit(adapter === null ? 1 : 0);`;
    execFile(process.execPath, ["--input-type=module", "-e", code], { timeout: 15_000 }, (error) =>
      done(error === null),
    );
  });

/** A GPU object must outlive its devices. */
let kept: GPU | undefined;

async function dawn(): Promise<GPU | undefined> {
  try {
    const address = pathToFileURL(resolve("webgpu")).href;
    if (!(await probe(address))) return undefined;
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    kept ??= create([]);
    // TensorFlow.js looks there before it takes a device that it is handed.
    Object.defineProperty(globalThis, "navigator", { value: { gpu: kept }, configurable: true });
    return kept;
  } catch {
    // The package is for developers, and has no binary for some systems.
    return undefined;
  }
}
