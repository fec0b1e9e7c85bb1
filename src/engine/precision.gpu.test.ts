import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { grads, matMul, mul, sum, transpose } from "@tensorflow/tfjs-core";
import { random } from "../random/random.ts";
import { capture } from "./capture.ts";
import { clock } from "./clock.ts";
import { feed } from "./feed.ts";
import { dense } from "./fused/dense.ts";
import { gradientProduct, gradientScale } from "./fused/product.ts";
import { meanSquaredError } from "./fused/squares.ts";
import { openGpuBackend } from "./gpu.ts";
import { engineMemory, settled } from "./memory.ts";
import { mlp } from "./net.ts";
import { tensorRandom } from "./noise.ts";
import { adam } from "./optimizer.ts";
import { inPrecision, offersHalf, precision } from "./precision.ts";
import type { Precision } from "./precision.ts";
import { readValues } from "./stored.ts";
import { gpuErrors, openDawn, whyNoLlvmpipe } from "./testing/nodeBackend.ts";
import { add, keep, sin, tidy } from "./tf.ts";
import type { Rows, Scalar, Tensor, Tensor2D } from "./tf.ts";

const noise = tensorRandom(random(5));

/** A regression whose hidden layers are wide enough for the kernels of half precision. */
function regression(chosen: Precision) {
  const time = clock(42);
  const drawn = tensorRandom(random(1), time);
  const net = mlp("net", [16, 40, 24, 16], tensorRandom(random(2)), { hidden: "relu" });
  const values = tensorRandom(random(3)).normals(200 * 16);
  const batches = feed({ values, rows: 200, width: 16 }, 48, time, 1);
  const optimizer = adam(net.weights, { learningRate: 0.003 });
  const step = (): void => {
    inPrecision(chosen, () =>
      tidy(() => {
        const x = add(batches.next(), mul(drawn.normal(48, 16), 0.05)) as Rows;
        const loss = optimizer.minimize(() => meanSquaredError(net.forward(x), sin(x) as Rows) as Scalar);
        loss.dispose();
      }),
    );
    time.tick();
  };
  return {
    step,
    /** Of the same rows whatever was learned, in full precision or in that of the steps. */
    loss: async (at: Precision): Promise<number> => {
      const fixed = tensorRandom(random(9)).normal(48, 16);
      const value = tidy(() =>
        inPrecision(at, () => meanSquaredError(net.forward(fixed), sin(fixed) as Rows)),
      );
      const [read] = await value.data();
      for (const each of [value, fixed]) each.dispose();
      return read!;
    },
    counters: [time.steps, optimizer.steps],
    weights: optimizer.tensors(),
    dispose() {
      for (const part of [time, net, batches, optimizer]) part.dispose();
    },
  };
}

const all = async (tensors: readonly Tensor[]): Promise<number[]> =>
  (await Promise.all(tensors.map(readValues))).flatMap((values) => [...values]);

describe("half precision on a device that executes nothing", () => {
  beforeAll(async () => void (await openDawn("null")));

  it("is set for what is done within, and not after it, though that fails", () => {
    expect(precision()).toBe("single");
    expect(inPrecision("half", precision)).toBe("half");
    expect(() => inPrecision("half", () => { throw new Error("x"); })).toThrow("x"); // prettier-ignore
    expect(precision()).toBe("single");
  });

  it("has kernels that the device accepts, in shapes that tiles fit and do not fit, and costs no dispatch", async () => {
    expect(offersHalf()).toBe(true);
    const dispatches = (at: Precision): number => {
      const run = regression(at);
      run.step();
      const program = capture(run.step, run.counters);
      program.replay(3);
      const count = program.dispatches;
      program.dispose();
      run.dispose();
      return count;
    };
    expect(dispatches("half")).toBe(dispatches("single"));
    for (const [m, n, k] of [[17, 33, 65], [64, 64, 64], [96, 128, 20], [100, 257, 48]] as const)
      for (const transposeA of [false, true])
        for (const transposeB of [false, true])
          inPrecision("half", () => {
            const a = noise.normal(...((transposeA ? [k, m] : [m, k]) as [number, number]));
            const b = noise.normal(...((transposeB ? [n, k] : [k, n]) as [number, number]));
            const out = gradientProduct(a, b, { transposeA, transposeB, gradient: "a", scale: 8 });
            expect(out.shape).toEqual([m, n]);
            for (const each of [a, b, out]) each.dispose();
          }); // prettier-ignore
    await settled();
    expect(gpuErrors).toEqual([]);
  });
});

const missing = whyNoLlvmpipe();
if (missing !== undefined) console.log(`Skipped: half precision's numbers (${missing}).`);

describe.skipIf(missing !== undefined)("half precision on llvmpipe", () => {
  beforeAll(async () => void (await openDawn("llvmpipe")));
  beforeEach((test) => {
    if (offersHalf()) return;
    console.log("Skipped: half precision's numbers (this llvmpipe has no shader-f16).");
    test.skip();
  });

  /** The largest difference, as a share of the largest of what is wanted. */
  async function gap(got: Tensor, want: Tensor): Promise<number> {
    const [g, w] = [await got.data(), await want.data()];
    expect(got.shape).toEqual(want.shape);
    const size = Math.max(...[...w].map(Math.abs));
    return Math.max(...[...g].map((value, i) => Math.abs(value - w[i]!))) / size;
  }

  it("multiplies as single precision does, to the rounding of its factors, whichever is turned", async () => {
    for (const [m, n, k] of [[17, 33, 40], [96, 128, 20]] as const)
      for (const transposeA of [false, true])
        for (const transposeB of [false, true]) {
          const a = noise.normal(...((transposeA ? [k, m] : [m, k]) as [number, number]));
          const b = noise.normal(...((transposeB ? [n, k] : [k, n]) as [number, number]));
          const attributes = { transposeA, transposeB, gradient: "b", scale: 64 } as const;
          const got = inPrecision("half", () => gradientProduct(a, b, attributes));
          const want = matMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b) as Tensor2D;
          // Eleven bits of each factor; and not none at all, or nothing was rounded and nothing tested.
          const difference = await gap(got, want);
          expect(difference).toBeLessThan(1e-3);
          expect(difference).toBeGreaterThan(1e-6);
        } // prettier-ignore
    expect(gpuErrors).toEqual([]);
  });

  it("keeps gradients that 16 bits would lose, and bounds what they can't hold", async () => {
    const x = noise.normal(512, 32);
    const tiny = tidy(() => keep(mul(noise.normal(512, 32), 2e-7))) as Tensor2D;
    const attributes = { transposeA: true, transposeB: false, gradient: "b" } as const;
    const weigh = (scale: number): Tensor2D =>
      inPrecision("half", () => gradientProduct(x, tiny, { ...attributes, scale }));
    const want = matMul(x, tiny, true, false);
    expect(await gap(weigh(gradientScale(512)), want)).toBeLessThan(1e-3);
    expect(await gap(weigh(1), want)).toBeGreaterThan(1e-2);
    const large = mul(noise.normal(32, 32), 1e6) as Tensor2D;
    const bounded = await inPrecision("half", () => gradientProduct(large, large, { ...attributes, scale: 1 })).data(); // prettier-ignore
    expect(bounded.every(Number.isFinite)).toBe(true);
    expect(gradientScale(512)).toBe(512);
    expect(gradientScale(1e9)).toBe(2 ** 14);
  });

  it("gives a layer with its activation, and gradients of a gradient, near those of single precision", async () => {
    const [x, w, b] = [noise.normal(32, 20), noise.normal(20, 24), noise.normal(1, 24).reshape([24])];
    for (const activation of ["leakyRelu"] as const) {
      const loss = (x: Tensor, w: Tensor, b: Tensor): Tensor => {
        const slope = grads((at: Tensor) => sum(sin(dense(at as Tensor2D, w as Tensor2D, b, activation))))([x])[0]!;
        return sum(mul(slope, slope));
      }; // prettier-ignore
      const layer = (at: Precision) =>
        inPrecision(at, () => [
          dense(x as Tensor2D, w as Tensor2D, b, activation),
          ...grads(loss)([x, w, b]),
        ]);
      const want = layer("single");
      for (const [i, got] of layer("half").entries()) expect(await gap(got, want[i]!)).toBeLessThan(5e-3);
    }
    expect(gpuErrors).toEqual([]);
  });

  it("begins with the same loss and learns as much in 150 steps", async () => {
    const runs = { half: regression("half"), single: regression("single") };
    const first = await runs.single.loss("single");
    const rounded = await runs.half.loss("half");
    expect(Math.abs(rounded - first) / first).toBeLessThan(1e-2);
    expect(rounded).not.toBe(first);
    for (let i = 0; i < 150; i++) for (const run of [runs.half, runs.single]) run.step();
    const learned = { half: await runs.half.loss("single"), single: await runs.single.loss("single") };
    expect(learned.single).toBeLessThan(first / 3);
    expect(Math.abs(learned.half - learned.single) / learned.single).toBeLessThan(0.02);
    for (const run of Object.values(runs)) run.dispose();
    expect(gpuErrors).toEqual([]);
  });

  it("trains the same recorded as step by step, bit by bit", async () => {
    const eager = regression("half");
    for (let i = 0; i < 20; i++) eager.step();
    const recorded = regression("half");
    recorded.step();
    const program = capture(recorded.step, recorded.counters);
    program.replay(18);
    expect(await all(recorded.weights)).toEqual(await all(eager.weights));
    program.dispose();
    for (const run of [eager, recorded]) run.dispose();
    expect(openGpuBackend()).toBeDefined();
    expect(engineMemory().programs).toBe(0);
    expect(gpuErrors).toEqual([]);
  });
});
