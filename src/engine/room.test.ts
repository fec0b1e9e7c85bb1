import {
  backend,
  concat,
  cos,
  engine,
  matMul,
  range,
  relu,
  sin,
  tidy,
  valueAndGrad,
} from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
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
  it("refuses memory that it doesn't have, though its first call takes its place", () => {
    let left = 101;
    const program = {
      _malloc(bytes: number): number {
        program._malloc = (wanted) => (wanted <= left ? (left -= wanted) + 1 : 0);
        return program._malloc(bytes);
      },
      _free() {},
    };
    for (let twice = 0; twice < 2; twice++) refuseWithoutRoom(program);
    expect(program._malloc(60)).toBe(41);
    expect(() => program._malloc(60)).toThrow("WebAssembly has no room for another 1 MB.");
    expect(() => program._malloc(2 ** 32 + 8)).toThrow(OutOfMemory);
    expect(program._malloc(0)).toBe(41);
  });

  it("computes beyond 2 GiB as it does below, and has no more than 4", async () => {
    await openNodeBackend("wasm");
    // What nobody writes to costs addresses and no memory.
    const { makeOutput } = backend() as unknown as {
      makeOutput(shape: number[], dtype: "float32"): TensorInfo;
    };
    const claim = (): Tensor =>
      engine().makeTensorFromTensorInfo(makeOutput.call(backend(), [2 ** 27], "float32"));
    const results = async (): Promise<number[][]> => {
      const made = tidy(() => {
        const a = sin(range(0, 35)).reshape([5, 7]) as Tensor2D;
        const b = cos(range(0, 21)).reshape([7, 3]) as Tensor2D;
        const { value, grad } = valueAndGrad((x: Tensor) =>
          relu(matMul(x as Tensor2D, b).add(0.1))
            .square()
            .sum(),
        )(a);
        return [value, grad, concat([a, a.mul(2)], 1), a.softmax()];
      });
      const read = await Promise.all(made.map(async (each) => [...(await each.data())]));
      for (const each of made) each.dispose();
      return read;
    };
    const below = await results();
    const held: Tensor[] = [];
    try {
      for (let n = 0; n < 5; n++) held.push(claim());
      expect(await results()).toEqual(below);
      expect(() => {
        while (held.length < 9) held.push(claim());
      }).toThrow(OutOfMemory);
      expect(held.length).toBe(7);
      expect(await results()).toEqual(below);
    } finally {
      for (const tensor of held) tensor.dispose();
    }
    const again = claim();
    expect(await results()).toEqual(below);
    again.dispose();
  });
});
