import { beforeAll, describe, expect, it } from "vitest";
import { matMul } from "@tensorflow/tfjs-core";
import { random } from "../../random/random.ts";
import { settled } from "../memory.ts";
import { tensorRandom } from "../noise.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../testing/nodeBackend.ts";
import { grad, relu, sum, tidy } from "../tf.ts";
import type { Tensor, Tensor2D } from "../tf.ts";
import { dense } from "./dense.ts";
import { tileFor } from "./productKernel.ts";

const turns = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

/** The same factors whatever the backend; laid the other way about where they are to be turned. */
function factors(m: number, n: number, k: number, turnA: boolean, turnB: boolean): [Tensor2D, Tensor2D] {
  const noise = tensorRandom(random(m + n + k));
  return [turnA ? noise.normal(k, m) : noise.normal(m, k), turnB ? noise.normal(n, k) : noise.normal(k, n)];
}

describe("tiles", () => {
  it("are small where the result is narrow and large ones would be few or half empty", () => {
    for (const batch of [257, 500, 512, 2_000]) expect(tileFor("single", batch, 64, 64)).toBe(16);
    expect(tileFor("single", 64, 512, 64)).toBe(16);
    expect(tileFor("single", 500, 1, 256)).toBe(16);
    expect(tileFor("single", 25_000, 16, 144)).toBe(16);
    // Plenty of large ones, or a wide result: TensorFlow.js' own.
    expect(tileFor("single", 25_000, 32, 144)).toBeUndefined();
    expect(tileFor("single", 512, 256, 256)).toBeUndefined();
    // Few of them: TensorFlow.js has smaller ones still.
    expect(tileFor("single", 128, 64, 64)).toBeUndefined();
    expect(tileFor("single", 64, 64, 4_000)).toBeUndefined();
    expect(tileFor("half", 512, 256, 256)).toBe(32);
    expect(tileFor("half", 512, 64, 64)).toBe(16);
    expect(tileFor("half", 512, 64, 2)).toBeUndefined();
  });

  it("are those that the device is asked for, for a layer of 64 units and its gradients", async () => {
    await openDawn("null");
    const groups: (number | undefined)[][] = [];
    const encoder = GPUComputePassEncoder.prototype;
    const stock = encoder.dispatchWorkgroups;
    encoder.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...given) {
      groups.push(given);
      return stock.apply(this, given);
    };
    const noise = tensorRandom(random(1));
    const [x, w, b] = [noise.normal(512, 64), noise.normal(64, 64), noise.normal(1, 64).reshape([64])];
    await settled();
    groups.length = 0;
    tidy(() => void dense(x, w, b, "relu"));
    expect(groups).toEqual([[4, 32]]);
    groups.length = 0;
    tidy(() => void grad((at: Tensor) => sum(dense(at as Tensor2D, w, b, "relu")))(x));
    await settled();
    encoder.dispatchWorkgroups = stock;
    expect(groups.filter(([columns, rows]) => columns === 4 && rows === 32)).toHaveLength(2);
    // Of the large tile there would be 2 x 16.
    expect(groups.filter(([columns, rows]) => columns === 2 && rows === 16)).toEqual([]);
    expect(gpuErrors).toEqual([]);
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: products in small tiles on SwiftShader (${reason}).`);

describe.skipIf(reason !== undefined)("products in small tiles on SwiftShader", () => {
  /** Narrow and more than eight tiles of 32; sides and sums that tiles fit, and do not fit. */
  const shapes = [
    [288, 16, 32],
    [290, 19, 5],
    [17, 300, 41],
    [289, 1, 20],
  ] as const;
  const want: Float32Array[] = [];
  const all = async (): Promise<Float32Array[]> => {
    const values: Float32Array[] = [];
    for (const [m, n, k] of shapes)
      for (const [turnA, turnB] of turns) {
        const [a, b] = factors(m, n, k, turnA, turnB);
        const product = matMul(a, b, turnA, turnB);
        const layered = turnA || turnB ? relu(product) : dense(a, b, layerBias(n), "leakyRelu");
        values.push((await product.data()) as Float32Array, (await layered.data()) as Float32Array);
      }
    return values;
  };
  const layerBias = (n: number): Tensor => tensorRandom(random(n)).normal(1, n).reshape([n]);

  beforeAll(async () => {
    await openNodeBackend("cpu");
    want.push(...(await all()));
    await openDawn("swiftshader");
  });

  it("are those of the plain CPU backend, whichever factor is turned, with a bias and an activation too", async () => {
    for (const [m, n, k] of shapes) expect(tileFor("single", m, n, k)).toBe(16);
    const got = await all();
    expect(got).toHaveLength(want.length);
    got.forEach((values, at) =>
      values.forEach((value, i) => expect(Math.abs(value - want[at]![i]!)).toBeLessThan(1e-4)),
    );
    expect(gpuErrors).toEqual([]);
  });
});
