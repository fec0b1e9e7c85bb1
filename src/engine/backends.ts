/**
 * Opens the device that does the arithmetic: WebGPU on a real adapter, else
 * WASM, else plain JavaScript. Each backend's code is loaded only when tried.
 *
 * TensorFlow.js would make its own GPU device and notice neither its loss nor
 * its errors (an over-large buffer then reads as zeros), so the device is made
 * and watched here and handed over.
 */
import {
  backend,
  env,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
} from "@tensorflow/tfjs-core";
import { t } from "../language/words.ts";
import { isSoftware } from "./adapter.ts";
import { installProduct } from "./fused/product.ts";
import { allowSections } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";
import { refuseWithoutRoom } from "./room.ts";
import { installSimd } from "./simd/install.ts";
import type { Host } from "./simd/program.ts";
import "./tf.ts";

export type BackendName = "webgpu" | "wasm" | "cpu";

export interface BackendOptions {
  /** Use this one or fail with words. Also the only way onto a software GPU. */
  readonly forced?: BackendName;
  /** `navigator.gpu`, where there is one. */
  readonly gpu?: GPU;
  /** A folder ending in "/", or the place of each of the three .wasm files. */
  readonly wasmPaths: string | Readonly<Record<string, string>>;
  /**
   * The GPU that computes was taken away, whoever did it; nothing works until `openBackend` is called again.
   * `detail` is the browser's words, perhaps none.
   */
  readonly onLost?: (detail: string) => void;
  /** The GPU refused something; results since are not to be trusted. */
  readonly onError?: (detail: string) => void;
  /** Resolves after that many milliseconds; bounds how long a backend may take to start. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface OpenedBackend {
  readonly backend: BackendName;
  /** What the device calls itself; "" where unknown. */
  readonly adapter: string;
  /** It computes on the CPU though it is a GPU by name. */
  readonly software?: boolean;
  /** One sentence: why this backend. */
  readonly reason: string;
}

const patience = 15_000;

/** @throws Error in plain words when the forced backend, or every backend, is missing. */
export async function openBackend(options: BackendOptions): Promise<OpenedBackend> {
  const { forced } = options;
  const refusals: string[] = [];
  for (const name of forced === undefined ? (["webgpu", "wasm", "cpu"] as const) : [forced]) {
    try {
      const attempt: Attempt = { late: false };
      const { adapter, software } = await within(options, name, attempt, open(name, options, attempt));
      const reason = forced === undefined ? chosen(name, refusals) : t`${title(name)} was asked for.`;
      return { backend: name, adapter, reason, ...(software && { software }) };
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    forced === undefined
      ? t`No backend could be started. ${refusals.join(" ")}`
      : t`${title(forced)} was asked for but can't be used here: ${refusals.join(" ")} Leave the choice open, or ask for another.`,
  );
}

/**
 * Makes another backend compute, beside those that are open and stay so. The GPU must have been opened before.
 * @throws Error in plain words where it can't be had.
 */
export async function turnTo(name: BackendName, options: BackendOptions): Promise<void> {
  if (name !== "webgpu") {
    await openBackend({ ...options, forced: name });
    return;
  }
  if (device === undefined) throw new Error(t`The GPU that was opened is gone.`);
  await activate(name, "Its kernels are gone.", { late: false });
  inUse = device;
}

const title = (name: BackendName): string =>
  ({ webgpu: "WebGPU", wasm: "WebAssembly", cpu: t`Plain JavaScript` })[name];

function chosen(name: BackendName, refusals: readonly string[]): string {
  return name === "webgpu"
    ? t`There is a GPU, and it may be used.`
    : t`${title(name)}, because: ${refusals.join(" ")}`;
}

/** A start that has been given up must not take over when it succeeds after all. */
interface Attempt {
  late: boolean;
}

async function within<T>(
  options: BackendOptions,
  name: BackendName,
  attempt: Attempt,
  work: Promise<T>,
): Promise<T> {
  if (options.wait === undefined) return work;
  const late = options.wait(patience).then(() => {
    attempt.late = true;
    throw new Error(t`${title(name)} did not start within ${patience / 1000} seconds.`);
  });
  late.catch(() => {}); // the loser of the race has nobody else to hear it
  return Promise.race([work, late]);
}

/** What a device is called, and whether it is software. */
interface Device {
  readonly adapter: string;
  readonly software: boolean;
}

const unnamed: Device = { adapter: "", software: false };

async function open(name: BackendName, options: BackendOptions, attempt: Attempt): Promise<Device> {
  switch (name) {
    case "webgpu":
      return openGpu(options, attempt);
    case "wasm": {
      const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
      // The threaded build hangs for ever once it has been through a bundler.
      env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      setWasmPaths(options.wasmPaths as Parameters<typeof setWasmPaths>[0]);
      await activate(name, "Its program could not be loaded.", attempt);
      refuseWithoutRoom((backend() as unknown as { readonly wasm: Host }).wasm);
      installSimd();
      return unnamed;
    }
    case "cpu":
      await import("@tensorflow/tfjs-backend-cpu");
      await activate(name, "It could not be loaded.", attempt);
      return unnamed;
    default:
      name satisfies never;
      return unnamed;
  }
}

async function activate(name: BackendName, otherwise: string, attempt: Attempt): Promise<void> {
  if (attempt.late) throw new Error(t`${title(name)} came too late.`);
  if (!(await setBackend(name))) throw new Error(otherwise);
  inUse = undefined;
}

async function openGpu({ gpu, forced, onLost, onError }: BackendOptions, attempt: Attempt): Promise<Device> {
  if (gpu === undefined) throw new Error(t`There is no WebGPU here.`);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new Error(t`WebGPU found no graphics adapter.`);
  const info = adapter.info;
  const software = isSoftware(adapter);
  const name = `${info.description || [info.vendor, info.architecture].filter(Boolean).join(" ")}${software ? " (software)" : ""}`;
  if (software && forced !== "webgpu")
    throw new Error(t`The only WebGPU adapter, ${name}, is software and slower than WebAssembly.`);

  const { limits } = adapter;
  const made = await adapter.requestDevice({
    requiredFeatures: (["shader-f16", "timestamp-query"] as const).filter((each) =>
      adapter.features.has(each),
    ),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  made.addEventListener("uncapturederror", (event) => onError?.(event.error.message));
  void made.lost.then(({ message }) => {
    if (made === device) device = undefined;
    if (made === inUse) onLost?.(message);
  });

  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  installProduct();
  // The package registers a device of its own making, and kernels go by the name: ours takes its place.
  if (findBackendFactory("webgpu") !== null) removeBackend("webgpu");
  registerBackend(
    "webgpu",
    () => {
      const fresh = new WebGPUBackend(made, info);
      allowSections(fresh as unknown as GpuBackend);
      return fresh;
    },
    3,
  );
  await activate("webgpu", "Its kernels could not be started.", attempt);
  device = inUse = made;
  return { adapter: name, software };
}

/** The GPU that was opened last; undefined where there is none, or no more. */
let device: GPUDevice | undefined;

/** The device that computes now. One that another took the place of may end as it likes. */
let inUse: GPUDevice | undefined;
