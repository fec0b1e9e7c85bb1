import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../../random/random.ts";
import { tensorRandom } from "../noise.ts";
import { patchForm } from "../patchForm.ts";
import type { PatchShape } from "../patchForm.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../testing/nodeBackend.ts";
import "../tf.ts";
import { patches, unpatch } from "./patches.ts";

const noise = tensorRandom(random(4));

/** Pictures of some channels in a row, numbers before, between and behind them. */
const shapes: fc.Arbitrary<PatchShape> = fc
  .record({
    side: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 5 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    gaps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 3 }),
  })
  .map(({ gaps, ...shape }) => {
    const size = shape.side * shape.side * shape.channels;
    const starts = gaps
      .slice(1)
      .map((_, i) => gaps.slice(0, i + 1).reduce((sum, gap) => sum + gap, i * size));
    return { ...shape, starts, width: gaps.reduce((sum, gap) => sum + gap, size * (gaps.length - 1)) };
  });

/** What `patches` is, number by number. */
function plainly(x: ArrayLike<number>, n: number, shape: PatchShape): number[] {
  const { side, channels, kernel, stride, starts, width } = shape;
  const positions = Math.ceil(side / stride);
  const before = Math.floor(Math.max(0, (positions - 1) * stride + kernel - side) / 2);
  const out: number[] = [];
  for (let row = 0; row < n; row++)
    for (let y = 0; y < positions; y++)
      for (let z = 0; z < positions; z++)
        for (const start of starts)
          for (let v = 0; v < kernel; v++)
            for (let u = 0; u < kernel; u++)
              for (let c = 0; c < channels; c++) {
                const [line, column] = [y * stride - before + v, z * stride - before + u];
                const inside = line >= 0 && line < side && column >= 0 && column < side;
                out.push(inside ? x[row * width + start + (line * side + column) * channels + c]! : 0);
              }
  return out;
}

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: patches on WebGPU (${reason}).`);
const backends = ["cpu", "wasm", ...(reason === undefined ? ["webgpu" as const] : [])] as const;

describe.each(backends)("patches on %s", (backend) => {
  beforeAll(
    async () => void (await (backend === "webgpu" ? openDawn("swiftshader") : openNodeBackend(backend))),
  );

  it("are the windows of the pictures, and unpatch is their transpose", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 3 }), async (shape, n) => {
        const form = patchForm(shape);
        const x = noise.normal(n, shape.width);
        const cut = patches(x, form);
        expect(cut.shape).toEqual([n * form.positions ** 2, form.patch]);
        expect([...(await cut.data())]).toEqual(plainly(await x.data(), n, shape));

        // ⟨patches x, y⟩ = ⟨x, unpatch y⟩ for any x and y.
        const y = noise.normal(...cut.shape);
        const back = unpatch(y, form);
        expect(back.shape).toEqual(x.shape);
        const [left, right] = [tf.sum(tf.mul(cut, y)), tf.sum(tf.mul(x, back))];
        const [a, b] = [(await left.data())[0]!, (await right.data())[0]!];
        expect(Math.abs(a - b)).toBeLessThan(1e-3 * (1 + Math.abs(a)));
        for (const tensor of [x, cut, y, back, left, right]) tensor.dispose();
        form.dispose();
      }),
      { numRuns: backend === "webgpu" ? 25 : 100 },
    );
    expect(gpuErrors).toEqual([]);
  });

  it("with a dense layer are TensorFlow.js' own convolutions, with their gradients", async () => {
    const [n, side, from, into] = [2, 5, 3, 4];
    const shape = { width: side * side * from, starts: [0], side, channels: from, kernel: 3, stride: 2 };
    const [x, w, probe] = [n * shape.width, 27 * into, n * 9 * into].map((size) => noise.normals(size)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    /** The loss and its gradients by what goes in and by the kernel, as numbers. */
    const all = async (convolve: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor): Promise<number[][]> => {
      const loss = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
        tf.sum(
          tf.mul(tf.square(tf.reshape(convolve(x, w), [n * 9, into])), tf.tensor2d(probe, [n * 9, into])),
        );
      const at: [tf.Tensor, tf.Tensor] = [tf.tensor2d(x, [n, shape.width]), tf.tensor2d(w, [27, into])];
      const tensors = [loss(...at), ...tf.grads(loss)(at)];
      return Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
    };
    const form = patchForm(shape);
    const got = await all((x, w) => tf.matMul(patches(x as tf.Tensor2D, form), w as tf.Tensor2D));
    // The WASM backend has no gradient by the kernel.
    await openNodeBackend("cpu");
    const want = await all((x, w) =>
      tf.conv2d(
        tf.reshape(x, [n, side, side, from]) as tf.Tensor4D,
        tf.reshape(w, [3, 3, from, into]) as tf.Tensor4D,
        2,
        "same",
      ),
    );
    for (const [i, values] of got.flat().entries())
      expect(Math.abs(values - want.flat()[i]!)).toBeLessThan(1e-4 * (1 + Math.abs(values)));
    form.dispose();
  });
});
