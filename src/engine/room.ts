/**
 * Whether there is room in memory. A GPU says so late and aside: a buffer that
 * could not be made looks like any other, all that uses it fails in its turn, and
 * TensorFlow.js would take it from its store again. So work that claims memory is
 * watched, and where it fails all buffers that nobody uses are given up. On WASM,
 * TensorFlow.js would write to address 0.
 */
import { t } from "../language/words.ts";
import { flush, openGpuBackend } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";
import type { Host } from "./simd/program.ts";

/** There was no room for what was to be computed, on the device or in the worker. */
export class OutOfMemory extends Error {}

/** The GPU refused something, for another reason than memory. */
export class GpuRefusal extends Error {}

/** What Dawn, wgpu and V8 say of what is too large for the device or for them. */
const tooLarge =
  /exceeds the max|larger than the max|too large|greater than the max|limit|allocation failed|array length|out of memory/i;

/**
 * Does work on the open backend and waits until the device has done it.
 *
 * @param undo frees what the work has made, where it failed.
 * @throws OutOfMemory, GpuRefusal, or what the work throws.
 */
export async function withRoom<T>(work: () => Promise<T>, undo: () => void): Promise<T> {
  const gpu = openGpuBackend();
  const [outcome, refusal] = await watched(gpu, work);
  if ("value" in outcome && refusal === undefined) return outcome.value;
  // What is freed was perhaps never there, so this is refused as well.
  await watched(gpu, async () => {
    undo();
    if (gpu !== undefined) forgetFreeBuffers(gpu);
  });
  if (refusal !== undefined) throw refusal;
  const { error } = outcome as Failure;
  throw error instanceof RangeError && tooLarge.test(error.message) ? new OutOfMemory(error.message) : error;
}

interface Failure {
  readonly error: unknown;
}

type Outcome<T> = { readonly value: T } | Failure;

async function watched<T>(
  gpu: GpuBackend | undefined,
  work: () => Promise<T>,
): Promise<readonly [Outcome<T>, Error | undefined]> {
  const done = (): Promise<Outcome<T>> =>
    work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  if (gpu === undefined) return [await done(), undefined];
  const { device } = gpu;
  device.pushErrorScope("validation");
  device.pushErrorScope("out-of-memory");
  const outcome = await done();
  flush(gpu);
  const [full, refused] = await Promise.all([popped(device), popped(device)]);
  if (full !== null) return [outcome, new OutOfMemory(full.message)];
  if (refused === null) return [outcome, undefined];
  return [outcome, new (tooLarge.test(refused.message) ? OutOfMemory : GpuRefusal)(refused.message)];
}

/** A device that is lost has nothing more to say here. */
const popped = (device: GPUDevice): Promise<GPUError | null> => device.popErrorScope().catch(() => null);

function forgetFreeBuffers(gpu: GpuBackend): void {
  flush(gpu);
  const { bufferManager } = gpu;
  for (const buffers of bufferManager.freeBuffers.values()) {
    for (const buffer of buffers) {
      buffer.destroy();
      bufferManager.numBytesAllocated -= buffer.size;
    }
    bufferManager.numFreeBuffers -= buffers.length;
    buffers.length = 0;
  }
}

/** What a 32-bit address can reach, less the page that stands for none. */
const mostBytes = 2 ** 32 - 2 ** 16;

const guarded = new WeakSet<Host["_malloc"]>();

/** Makes it an error to ask a WASM program for memory that it doesn't have. */
export function refuseWithoutRoom(program: Host): void {
  if (guarded.has(program._malloc)) return;
  // At its first call Emscripten's `_malloc` puts the true one in its own place, and would do so in the guard's.
  program._free(program._malloc(1));
  const malloc = program._malloc;
  program._malloc = (bytes) => {
    const address = bytes > mostBytes ? 0 : malloc(bytes);
    // Near the end of what 32 bits reach, the allocator's own sums run over: it grants what isn't there. That is kept
    // from it for good, since it would grant it again.
    const beyond = (address >>> 0) + bytes > (program.HEAPU8?.length ?? Infinity);
    if (bytes > 0 && (address === 0 || beyond))
      throw new OutOfMemory(t`WebAssembly has no room for another ${Math.ceil(bytes / 2 ** 20)} MB.`);
    return address;
  };
  guarded.add(program._malloc);
}
