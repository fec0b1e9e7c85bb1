/**
 * The device under Node: Dawn's WebGPU where it finds a real graphics card, else
 * WebAssembly with the engine's own kernels, else plain JavaScript.
 */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { openBackend, turnTo, type BackendOptions, type OpenedBackend } from "../src/engine/backends.ts";
import type { Backends } from "../src/sessions/choosing.ts";

const { resolve } = createRequire(import.meta.url);

export interface Device extends Backends {
  /** To be told when the device is lost or refuses an operation: nothing it computed since can be trusted. */
  onFault(message: string, detail: string): void;
  /** @throws Error in words where that happened. */
  check(): void;
}

export function nodeDevice(): Device {
  let fault: string | undefined;
  let options: BackendOptions;
  return {
    async openBackend(forced, onFault) {
      allowFusedProducts();
      const gpu = forced === undefined || forced === "webgpu" ? await dawn() : undefined;
      options = {
        ...(gpu !== undefined && { gpu }),
        wasmPaths:
          path.dirname(resolve("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm")) + path.sep,
        onLost: (detail) => onFault("The GPU was lost.", detail),
        onError: (detail) => onFault("The GPU refused an operation.", detail),
        wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds).unref()),
      };
      return openBackend({ ...options, ...(forced !== undefined && { forced }) });
    },
    turnTo: (backend) => turnTo(backend, options),
    onFault: (message, detail) => void (fault ??= `${message} ${detail}`.trim()),
    check() {
      if (fault !== undefined) throw new Error(`${fault} Start again, or add --backend wasm.`);
    },
  };
}

/** "wasm. WebAssembly was asked for." */
export const wordsOf = ({ backend, adapter, reason }: OpenedBackend): string =>
  `${backend}${adapter === "" ? "" : `, ${adapter}`}. ${reason}`;

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
