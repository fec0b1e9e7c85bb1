import { backend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { openGpuBackend } from "./gpu.ts";
import { GpuRefusal, OutOfMemory, refuseWithoutRoom, withRoom } from "./room.ts";
import { gpuErrors, openDawn, openNodeBackend } from "./testing/nodeBackend.ts";

const usage = 0x80; // STORAGE, which is named where there is a GPU only

describe("work that is watched on a GPU", () => {
  /** Dawn's null device has half a gigabyte, of which a buffer may take a quarter. */
  beforeAll(async () => void (await openDawn("null")));

  const fails = async (work: () => void): Promise<{ error: unknown; undone: number }> => {
    let undone = 0;
    const error = await withRoom(
      async () => work(),
      () => void undone++,
    ).catch((thrown: unknown) => thrown);
    return { error, undone };
  };

  it("runs out of memory by many buffers or by one, and nobody gets them again", async () => {
    const { bufferManager } = openGpuBackend()!;
    const claims = [
      { many: 5, size: 200 * 2 ** 20 },
      { many: 1, size: 2 ** 40 },
    ];
    for (const { many, size } of claims) {
      const { error, undone } = await fails(() => {
        const buffers = Array.from({ length: many }, () => bufferManager.acquireBuffer(size, usage));
        for (const buffer of buffers) bufferManager.releaseBuffer(buffer);
      });
      expect(error).toBeInstanceOf(OutOfMemory);
      expect(undone).toBe(1);
      expect([bufferManager.numFreeBuffers, bufferManager.numBytesAllocated]).toEqual([0, 0]);
    }
    const { error } = await fails(() => void new Array(-1));
    expect(error).toBeInstanceOf(OutOfMemory);
  });

  it("is refused for other reasons by another name, and errors of its own stay what they are", async () => {
    const { device } = openGpuBackend()!;
    const { error } = await fails(() => {
      const buffer = device.createBuffer({ size: 4, usage: 0x8 });
      buffer.destroy();
      device.queue.writeBuffer(buffer, 0, new Float32Array(100));
    });
    expect(error).toBeInstanceOf(GpuRefusal);
    const own = await fails(() => {
      throw new TypeError("of its own");
    });
    expect(own.error).toEqual(new TypeError("of its own"));
  });

  it("is left alone where all is well", async () => {
    expect(await withRoom(async () => 7, expect.unreachable)).toBe(7);
    expect(gpuErrors).toEqual([]);
  });
});

describe("a WASM program", () => {
  it("refuses memory that it doesn't have", () => {
    let left = 100;
    const program = {
      _malloc: (bytes: number) => (bytes <= left ? (left -= bytes) + 1 : 0),
      _free() {},
    };
    for (let twice = 0; twice < 2; twice++) refuseWithoutRoom(program);
    left = 100;
    expect(program._malloc(60)).toBe(41);
    expect(() => program._malloc(60)).toThrow("WebAssembly has no room for another 1 MB.");
    expect(() => program._malloc(2 ** 32 + 8)).toThrow(OutOfMemory);
    expect(program._malloc(0)).toBe(41);
  });

  it("refuses it also where the program replaces its own allocator at the first call, as Emscripten's does", () => {
    const program = {
      _malloc(bytes: number): number {
        program._malloc = (more) => (more <= 100 ? 8 : 0);
        return program._malloc(bytes);
      },
      _free() {},
    };
    refuseWithoutRoom(program);
    expect(program._malloc(60)).toBe(8);
    expect(() => program._malloc(101)).toThrow(OutOfMemory);
  });

  it("refuses what is granted beyond the end of memory", () => {
    const program = {
      HEAPU8: new Uint8Array(200),
      _malloc: (bytes: number) => (bytes < 50 ? 8 : 160),
      _free() {},
    };
    refuseWithoutRoom(program);
    expect(program._malloc(40)).toBe(8);
    expect(() => program._malloc(60)).toThrow(OutOfMemory);
  });

  it("is guarded as it is opened for real: TensorFlow.js' own asks for too much and hears so", async () => {
    await openNodeBackend("wasm");
    const { wasm } = backend() as unknown as { readonly wasm: { _malloc(bytes: number): number } };
    // Nothing is written there: what is claimed costs no more than addresses.
    const claim = (): number => wasm._malloc(2 ** 31 - 2 ** 20);
    expect(() => [claim(), claim(), claim()]).toThrow(OutOfMemory);
  });
});
