import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { embeddingBag } from "./fused/embeddingBag.ts";
import { spanDraw, spanOneHot } from "./fused/spanCodes.ts";
import { spanCrossEntropy } from "./fused/spanCrossEntropy.ts";
import { spanDense } from "./fused/spanDense.ts";
import { spanGumbelSoftmax, spanSoftmax } from "./fused/spanSoftmax.ts";
import { plainCrossEntropy, plainDraw, plainOneHot, plainSoftmax } from "./fused/plainSpans.ts";
import { tensorRandom } from "./noise.ts";
import { spansOf } from "./spans.ts";
import type { Spans } from "./spans.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import "./tf.ts";

const width = 60;
const rows = 9;

describe("spans of a row", () => {
  beforeAll(async () => void (await openNodeBackend("cpu")));

  it("fills gaps with numbers and puts blocks first, in ascending order", () => {
    const { blocks, segments, dispose } = spansOf(8, [
      { kind: "oneHot", start: 5, width: 2 },
      { kind: "oneHot", start: 1, width: 3 },
      { kind: "bounded", start: 4, width: 1 },
    ]);
    dispose();
    expect(blocks.map(({ start }) => start)).toEqual([1, 5]);
    expect(segments.slice(2)).toEqual([
      { kind: "linear", start: 0, width: 1 },
      { kind: "bounded", start: 4, width: 1 },
      { kind: "linear", start: 7, width: 1 },
    ]);
  });

  it("refuses spans that lie upon one another or beyond the row", () => {
    const block = (start: number): { kind: "oneHot"; start: number; width: number } => ({ kind: "oneHot", start, width: 3 }); // prettier-ignore
    expect(() => spansOf(8, [block(1), block(3)])).toThrow("from 3 to 6");
    expect(() => spansOf(8, [block(6)])).toThrow("8 positions");
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: kernels over spans on WebGPU (${reason}).`);
const backends = ["wasm", ...(reason === undefined ? ["webgpu" as const] : [])] as const;

describe.each(backends)("kernels over spans on %s are what they stand for", (backend) => {
  const noise = tensorRandom(random(11));
  let spans: Spans;
  beforeAll(async () => {
    await (backend === "webgpu" ? openDawn("swiftshader") : openNodeBackend(backend));
    // Blocks of every remainder of four, one wide enough for a team of threads, numbers between and at the end.
    spans = spansOf(width, [
      { kind: "oneHot", start: 0, width: 1 },
      { kind: "oneHot", start: 1, width: 6 },
      { kind: "linear", start: 7, width: 1 },
      { kind: "oneHot", start: 8, width: 35 },
      { kind: "bounded", start: 43, width: 5 },
      { kind: "oneHot", start: 48, width: 7 },
    ]);
  });

  const apart = async (a: tf.Tensor, b: tf.Tensor): Promise<number> => {
    expect(a.shape).toEqual(b.shape);
    const [ours, plain] = [(await a.data()) as Float32Array, (await b.data()) as Float32Array];
    expect(gpuErrors).toEqual([]);
    return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i]!)), 0);
  };
  const codes = (): tf.Tensor2D => {
    const values = noise.uniforms(rows * 4);
    return tf.tensor2d(
      values.map((u, i) => Math.floor(u * spans.blocks[i % 4]!.width)),
      [rows, 4],
    );
  };
  /** Of a sum of `f` with unequal weights, by its first argument. */
  const slope = (f: (x: tf.Tensor2D) => tf.Tensor, x: tf.Tensor2D): tf.Tensor =>
    tf.grad((at) => {
      const y = f(at as tf.Tensor2D);
      const weigh = Float32Array.from({ length: y.size }, (_, i) => Math.sin(i + 1));
      return tf.sum(tf.mul(y, tf.tensor(weigh, y.shape)));
    })(x);

  it("softmax and its gradient, however large the logits", async () => {
    const form = { spans, tau: 1, numbers: "none", noise: "none", call: 0 } as const;
    for (const scale of [1, 300]) {
      const x = tf.mul(noise.normal(rows, width), scale) as tf.Tensor2D;
      const plain = (at: tf.Tensor2D): tf.Tensor2D => plainSoftmax(at, undefined, form);
      expect(await apart(spanSoftmax(x, spans), plain(x))).toBeLessThan(2e-6);
      const ours = slope((at) => spanSoftmax(at, spans), x);
      expect(await apart(ours, slope(plain, x))).toBeLessThan(2e-6);
    }
  });

  it.each(["none", "stated", "tanh"] as const)(
    "Gumbel-softmax and its gradient, numbers: %s",
    async (numbers) => {
      const x = noise.normal(rows, width);
      const drawn = (): tf.Tensor2D => tensorRandom(random(5)).gumbel(rows, width);
      const form = { spans, tau: 0.3, numbers, noise: "tensor", call: 0 } as const;
      const plain = (at: tf.Tensor2D): tf.Tensor => plainSoftmax(at, drawn(), form);
      const ours = (at: tf.Tensor2D): tf.Tensor =>
        spanGumbelSoftmax(at, spans, { tau: 0.3, numbers, noise: tensorRandom(random(5)) });
      expect(await apart(ours(x), plain(x))).toBeLessThan(1e-5);
      expect(await apart(slope(ours, x), slope(plain, x))).toBeLessThan(1e-4);
    },
  );

  it("cross-entropy and its gradient, for targets and for codes, weighted and not", async () => {
    const x = tf.mul(noise.normal(rows, width), 4) as tf.Tensor2D;
    const code = codes();
    const hot = plainOneHot(code, spans);
    const weights = noise.uniform(rows, 4);
    for (const weigh of [undefined, weights]) {
      const plain = (at: tf.Tensor2D): tf.Tensor => {
        const entropy = plainCrossEntropy(at, hot, spans);
        return weigh === undefined ? entropy : tf.mul(entropy, weigh);
      };
      for (const target of [code, hot]) {
        const ours = (at: tf.Tensor2D): tf.Tensor => spanCrossEntropy(at, target, spans, weigh);
        expect(await apart(ours(x), plain(x))).toBeLessThan(3e-5);
        expect(await apart(slope(ours, x), slope(plain, x))).toBeLessThan(1e-5);
      }
    }
  });

  it("one-hot rows of codes, and the gradient of their weights", async () => {
    const code = codes();
    const weights = noise.uniform(rows, 4);
    expect(await apart(spanOneHot(code, spans), plainOneHot(code, spans))).toBe(0);
    const ours = (at: tf.Tensor2D): tf.Tensor => spanOneHot(code, spans, at);
    const plain = (at: tf.Tensor2D): tf.Tensor => plainOneHot(code, spans, at);
    expect(await apart(ours(weights), plain(weights))).toBe(0);
    expect(await apart(slope(ours, weights), slope(plain, weights))).toBeLessThan(1e-6);
  });

  it("draws by the probabilities: where a share of each block lies", async () => {
    const x = tf.mul(noise.normal(200, width), 2) as tf.Tensor2D;
    const u = noise.uniform(200, 4);
    const ours = spanDraw(x, spans, u);
    // Where u falls on a boundary but for rounding, either neighbour is right.
    const [drawn, plain] = [await ours.data(), await plainDraw(x, spans, u).data()];
    expect(drawn.filter((code, i) => code !== plain[i]!).length).toBeLessThan(3);
    const certain = tf.tensor2d(Float32Array.from({ length: width }, (_, i) => (i === 3 || i === 40 ? 90 : 0)), [1, width]); // prettier-ignore
    const [, second, third] = await spanDraw(
      certain,
      spans,
      tf.tensor2d([[0.999, 0.999, 0.001, 0.5]]),
    ).data();
    expect([second, third]).toEqual([2, 32]);
    const broken = tf.mul(tf.log(tf.zeros([1, width])), 0) as tf.Tensor2D;
    const [, code] = await spanDraw(broken, spans, tf.fill([1, 4], 0.5)).data();
    if (backend === "wasm") expect(code).toBeNaN();
  });

  it("a last layer in the blocks that are asked for, and its gradients there", async () => {
    const [x, w, b] = [
      noise.normal(rows, 13),
      noise.normal(13, width),
      noise.normal(1, width).reshape([width]),
    ];
    // One block that nobody asks for, one that all do.
    const asked = tf.tensor2d(Array.from({ length: rows }, (_, i) => [0, i % 2, 1, Number(i > 5)]));
    const where = tf.matMul(asked, spans.spread());
    const loss =
      (layer: (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D) => tf.Tensor) =>
      (...[x, w, b]: tf.Tensor[]): tf.Tensor =>
        tf.mul(tf.tanh(layer(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D)), where);
    const ours = loss((x, w, b) => spanDense(x, w, b, asked, spans));
    const plain = loss((x, w, b) => tf.add(tf.matMul(x, w), b));
    expect(await apart(ours(x, w, b), plain(x, w, b))).toBeLessThan(1e-6);
    const want = tf.grads(plain)([x, w, b]);
    for (const [i, got] of tf.grads(ours)([x, w, b]).entries())
      expect(await apart(got, want[i]!)).toBeLessThan(1e-5);
  });

  it("picked rows added up, and the gradients of the matrix and the bias", async () => {
    const [inputs, outputs] = [11, 45];
    const [w, b] = [noise.normal(inputs, outputs), noise.normal(1, outputs).reshape([outputs])];
    const picked = Float32Array.from(noise.uniforms(rows * 3), (u) => Math.floor(u * inputs));
    const picks = tf.tensor2d(picked, [rows, 3]);
    const counts = tf.buffer([rows, inputs]);
    picked.forEach((pick, i) => {
      const row = Math.floor(i / 3);
      counts.set(counts.get(row, pick) + 1, row, pick);
    });
    const dense = counts.toTensor() as tf.Tensor2D;
    const ours = (w: tf.Tensor, b: tf.Tensor): tf.Tensor =>
      tf.tanh(embeddingBag(picks, w as tf.Tensor2D, b as tf.Tensor1D));
    const plain = (w: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.tanh(tf.add(tf.matMul(dense, w as tf.Tensor2D), b)); // prettier-ignore
    expect(await apart(ours(w, b), plain(w, b))).toBeLessThan(2e-6);
    const want = tf.grads(plain)([w, b]);
    for (const [i, got] of tf.grads(ours)([w, b]).entries())
      expect(await apart(got, want[i]!)).toBeLessThan(1e-5);
  });
});
