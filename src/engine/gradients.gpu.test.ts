import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { dense } from "./fused/dense.ts";
import { embeddingBag } from "./fused/embeddingBag.ts";
import { noised } from "./fused/noised.ts";
import { silu } from "./fused/silu.ts";
import { spanCrossEntropy } from "./fused/spanCrossEntropy.ts";
import { spanDense } from "./fused/spanDense.ts";
import { spanGumbelSoftmax, spanSoftmax } from "./fused/spanSoftmax.ts";
import { patches, unpatch } from "./fused/patches.ts";
import { meanSquaredError } from "./fused/squares.ts";
import { logSoftmax, product } from "./gradients.ts";
import { tensorRandom } from "./noise.ts";
import type { TensorRandom } from "./noise.ts";
import { clock } from "./clock.ts";
import { patchForm } from "./patchForm.ts";
import type { PatchForm } from "./patchForm.ts";
import { spansOf } from "./spans.ts";
import type { Spans } from "./spans.ts";
import { openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import "./tf.ts";

type Function = (x: tf.Tensor) => tf.Tensor;

/** Everything models differentiate, and the ops that TensorFlow.js gets wrong the second time. */
const functions: Record<string, Function> = {
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  silu: (x) => silu(x),
  squaredError: (x) => tf.mul(meanSquaredError(x, tf.mul(x, x)), tf.ones([1])),
  dense: (x) => tf.square(dense(x as tf.Tensor2D, weights(5, 4), weights(1, 4).flatten(), "linear")),
  denseRelu: (x) => {
    const y = dense(x as tf.Tensor2D, weights(5, 4), weights(1, 4).flatten(), "relu");
    return tf.mul(y, y);
  },
  denseLeaky: (x) => {
    const y = dense(tf.square(x) as tf.Tensor2D, weights(5, 4), weights(1, 4).flatten(), "leakyRelu");
    return tf.square(y);
  },
  // Through the weights and the bias as well.
  denseLinearWeights: (x) =>
    tf.square(dense(weights(2, 3), x as tf.Tensor2D, tf.sum(tf.square(x), 0), "linear")),
  denseWeights: (x) =>
    tf.square(dense(weights(2, 3), x as tf.Tensor2D, tf.sum(tf.square(x), 0), "leakyRelu")),
  "x · sigmoid": (x) => tf.mul(x, tf.sigmoid(x)),
  exp: (x) => tf.exp(x),
  sqrt: (x) => tf.sqrt(tf.add(tf.square(x), 0.5)),
  elu: (x) => tf.elu(x),
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.mul(tf.leakyRelu(x, 0.2), x),
  maximum: (x) => tf.mul(tf.maximum(x, 0.1), x),
  softplus: (x) => tf.softplus(x),
  log: (x) => tf.log(tf.add(tf.square(x), 1)),
  softmax: (x) => tf.softmax(x, 1),
  logSoftmax: (x) => tf.mul(logSoftmax(x), x),
  // Nothing of ours around it, by one factor and by the other, and by both at once.
  matMul: (x) => tf.square(tf.matMul(x as tf.Tensor2D, weights(5, 4))),
  "matMul, the second factor turned": (x) =>
    tf.square(tf.matMul(weights(2, 5), tf.square(x) as tf.Tensor2D, false, true)),
  "matMul by itself": (x) => tf.matMul(x as tf.Tensor2D, tf.square(x) as tf.Tensor2D, true, false),
  mean: (x) => tf.square(tf.mean(x, 1)),
  sum: (x) => tf.square(tf.sum(x, 0)),
  mask: (x) => tf.square(tf.mul(x, tf.tensor2d([[1, 0, 1, 2, 0]]))),
  difference: (x) => tf.square(tf.sub(tf.neg(tf.square(x)), x)),
  slice: (x) => tf.square(tf.slice(x, [0, 1], [-1, 2])),
  reshape: (x) => tf.square(tf.reshape(x, [-1])),
  quotient: (x) => tf.div(x, tf.add(tf.square(x), 1)),
  sinCos: (x) => tf.mul(tf.sin(x), tf.cos(x)),
  concat: (x) => tf.square(tf.concat([x, tf.mul(x, x)], 1)),
  split: (x) => tf.mul(...(tf.split(tf.concat([x, tf.exp(x)], 1), 2, 1) as [tf.Tensor, tf.Tensor])),
  spanSoftmax: (x) => spanSoftmax(x as tf.Tensor2D, mixed),
  spanGumbelSoftmax: (x) =>
    spanGumbelSoftmax(x as tf.Tensor2D, mixed, { tau: 0.7, noise: sameNoise(), numbers: "stated" }),
  "spanGumbelSoftmax, numbers through tanh": (x) =>
    spanGumbelSoftmax(x as tf.Tensor2D, mixed, { tau: 0.7, noise: sameNoise(), numbers: "tanh" }),
  // Its targets may sum to more than 1.
  spanCrossEntropy: (x) => tf.square(spanCrossEntropy(x as tf.Tensor2D, tf.abs(weights(3, 5)), mixed)),
  "spanCrossEntropy of codes, weighted": (x) =>
    tf.square(
      spanCrossEntropy(x as tf.Tensor2D, tf.tensor2d([[0], [2], [1]]), mixed, tf.sum(tf.square(x), 1, true)),
    ),
  embeddingBag: (x) =>
    tf.square(
      embeddingBag(
        tf.tensor2d([
          [0, 2],
          [1, 1],
        ]),
        x as tf.Tensor2D,
        tf.sum(tf.square(x), 0),
      ),
    ),
  noised: (x) =>
    tf.square(noised(x as tf.Tensor2D, weights(3, 1), weights(3, 1), sameNoise().source("normal", 3, 5))),
  spanDense: (x) => asked(x as tf.Tensor2D, weights(5, 5), weights(1, 5).flatten(), [[1], [0], [1]]),
  // x is five numbers a row: a picture of 2 x 2 after one number, and a window of 3 x 3 that moves by 1 and by 2.
  patches: (x) => tf.square(patches(x as tf.Tensor2D, overlapping)),
  unpatch: (x) => tf.square(unpatch(windows(x), apart)),
  // Down, up, and a rectifier between, as in a discriminator that carries a gradient penalty.
  convolutions: (x) => {
    const seen = patches(tf.square(x) as tf.Tensor2D, overlapping);
    const maps = dense(seen, weights(9, 2), weights(1, 2).flatten(), "leakyRelu");
    return tf.square(unpatch(dense(maps, weights(2, 9), weights(1, 9).flatten(), "linear"), overlapping));
  },
  // Through the kernel's weights.
  convolutionWeights: (x) => {
    const w = tf.slice(tf.concat([x, x], 0), [0, 0], [4, 5]) as tf.Tensor2D;
    return tf.square(
      dense(patches(weights(2, 5), touching), w, tf.sum(tf.square(x), 0) as tf.Tensor1D, "leakyRelu"),
    );
  },
  spanDenseWeights: (x) => asked(weights(2, 3), x as tf.Tensor2D, tf.sum(tf.square(x), 0), [[0], [1]]),
};

/** Three rows of five numbers as two rows of one patch each, of 9 numbers: what is over is left out. */
const windows = (x: tf.Tensor): tf.Tensor2D =>
  tf.reshape(tf.slice(tf.concat([tf.reshape(x, [15]), tf.reshape(x, [15])], 0), [0], [18]), [2, 9]);

/** A window that moves by 1, four positions; one position; and one that is all of the picture. */
let overlapping: PatchForm;
let apart: PatchForm;
let touching: PatchForm;

/** A last layer, squared, in the block that is asked for. */
function asked(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, of: number[][]): tf.Tensor {
  const rows = tf.tensor2d(of);
  return tf.mul(tf.square(spanDense(x, w, b, rows, mixed)), tf.matMul(rows, mixed.spread()));
}

/** A number, three categories, a bounded number. */
let mixed: Spans;
/** Draws the same each time; in the kernel, where the backend has a clock on the device. */
let sameNoise: () => TensorRandom;

/** Fixed numbers of either sign. */
const weights = (n: number, width: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: n * width }, (_, i) => Math.sin(3 * i + 1)),
    [n, width],
  );

const rows = 3;
const width = 5;

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: gradients on WebGPU (${reason}).`);
const backends = ["cpu", "wasm", ...(reason === undefined ? ["webgpu" as const] : [])] as const;

describe.each(backends)("gradients on %s", (backend) => {
  const noise = tensorRandom(random(7));
  beforeAll(async () => {
    await (backend === "webgpu" ? openDawn("swiftshader") : openNodeBackend(backend));
    mixed = spansOf(5, [
      { kind: "oneHot", start: 1, width: 3 },
      { kind: "bounded", start: 4, width: 1 },
    ]);
    const picture = { width: 5, starts: [1], side: 2, channels: 1 };
    overlapping = patchForm({ ...picture, kernel: 3, stride: 1 });
    apart = patchForm({ ...picture, kernel: 3, stride: 2 });
    touching = patchForm({ ...picture, kernel: 2, stride: 2 });
    const still = clock(5);
    sameNoise = () => tensorRandom(random(3), still);
  });

  it.each(Object.keys(functions))(
    "%s: first and second order agree with finite differences",
    async (name) => {
      const f = functions[name]!;
      const x0 = noise.normals(rows * width);
      const probe = noise.normals(rows * width);
      const shape: [number, number] = [rows, width];
      // A weighting of the outputs, so that no entry of the Jacobian cancels another.
      const weigh = (y: tf.Tensor): tf.Tensor =>
        tf.sum(
          tf.mul(
            y,
            tf.tensor(
              Float32Array.from({ length: y.size }, (_, i) => Math.sin(i + 1)),
              y.shape,
            ),
          ),
        );
      const value = (x: tf.Tensor): tf.Tensor => weigh(f(x));
      const slope = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.grad(value)(x), tf.tensor2d(probe, shape)));
      const read = async (t: tf.Tensor): Promise<number> => (await t.data())[0]!;
      const at = (step: number): tf.Tensor2D =>
        tf.tensor2d(
          x0.map((v, i) => v + step * probe[i]!),
          shape,
        );
      const h = 3e-3;

      const first = await read(slope(at(0)));
      const firstByDifference = ((await read(value(at(h)))) - (await read(value(at(-h))))) / (2 * h);
      expect(Math.abs(first - firstByDifference)).toBeLessThan(3e-3 * (1 + Math.abs(first)));

      const second = await read(tf.sum(tf.mul(tf.grad(slope)(at(0)), tf.tensor2d(probe, shape))));
      const secondByDifference = ((await read(slope(at(h)))) - (await read(slope(at(-h))))) / (2 * h);
      expect(Math.abs(second - secondByDifference)).toBeLessThan(1e-2 * (1 + Math.abs(second)));
    },
  );

  it("a dense layer is a product and a sum, with their gradients, twice over", async () => {
    const [x, w, b] = [noise.normal(7, 11), noise.normal(11, 5), noise.normal(1, 5).reshape([5])];
    const probe = noise.normal(7, 11);
    /** A loss whose gradient holds gradients of its own, as a gradient penalty's does. */
    const penalty =
      (layer: (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
      (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor => {
        const slope = tf.grad((at) => tf.sum(tf.tanh(layer(at, w, b))))(x);
        return tf.sum(tf.mul(tf.square(slope), probe));
      };
    const ours = (at: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor => dense(at as tf.Tensor2D, w as tf.Tensor2D, b, "linear"); // prettier-ignore
    const plain = (at: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(tf.matMul(at, w), b);
    const largest = async (a: tf.Tensor, b: tf.Tensor): Promise<number> =>
      (await tf.max(tf.abs(tf.sub(a, b))).data())[0]!;
    expect(await largest(ours(x, w, b), plain(x, w, b))).toBeLessThan(1e-5);
    const want = tf.grads(penalty(plain))([x, w, b]);
    for (const [i, got] of tf.grads(penalty(ours))([x, w, b]).entries())
      expect(await largest(got, want[i]!)).toBeLessThan(1e-4);
  });

  it("products with any transposes have the right values and gradients", async () => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const a = noise.normal(transposeA ? 64 : 7, transposeA ? 7 : 64);
        const b = noise.normal(transposeB ? 5 : 64, transposeB ? 64 : 5);
        const want = tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b);
        const got = product(a, b, transposeA, transposeB);
        expect(await tf.max(tf.abs(tf.sub(want, got))).data()).toEqual(new Float32Array(1));

        const weight = noise.normal(7, 5);
        const loss = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
          tf.sum(tf.mul(tf.matMul(x, y, transposeA, transposeB), weight));
        const [da, db] = tf.grads(loss)([a, b]);
        const plain = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
          tf.sum(
            tf.mul(tf.matMul(transposeA ? tf.transpose(x) : x, transposeB ? tf.transpose(y) : y), weight),
          );
        const [wantA, wantB] = tf.grads(plain)([a, b]);
        for (const [d, w] of [
          [da!, wantA!],
          [db!, wantB!],
        ] as const)
          expect((await tf.max(tf.abs(tf.sub(d, w))).data())[0]).toBeLessThan(1e-4);
      }
  });
});
