import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../../random/random.ts";
import { tensorRandom } from "../noise.ts";
import { openNodeBackend } from "../testing/nodeBackend.ts";
import { adamInPlace, averageInPlace, hasOurKernels } from "./install.ts";

const noise = tensorRandom(random(9));
const filled = (shape: number[]): tf.Tensor =>
  tf.tensor(noise.normals(shape.reduce((size, length) => size * length, 1)), shape);
const values = async (x: tf.Tensor): Promise<number[]> => [...(await x.data())];

/** The element of a row-major tensor at an index, each axis of length 1 standing for any. */
function at(data: readonly number[], shape: readonly number[], index: readonly number[]): number {
  let offset = 0;
  shape.forEach((length, axis) => {
    const i = index[index.length - shape.length + axis]!;
    offset = offset * length + (length === 1 ? 0 : i);
  });
  return data[offset]!;
}

function* indices(shape: readonly number[]): Generator<number[]> {
  if (shape.length === 0) return yield [];
  for (let i = 0; i < shape[0]!; i++) for (const rest of indices(shape.slice(1))) yield [i, ...rest];
}

const length = fc.integer({ min: 1, max: 19 });

describe("kernels", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it("are in place", () => expect(hasOurKernels()).toBe(true));

  it("pairs broadcast as TensorFlow does", async () => {
    type Pair = [ours: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, plain: (a: number, b: number) => number];
    const operations = fc.constantFrom<Pair>(
      [tf.add, (a, b) => a + b],
      [tf.sub, (a, b) => a - b],
      [tf.mul, (a, b) => a * b],
      [tf.div, (a, b) => a / b],
    );
    const shapes = fc.tuple(length, length).chain(([rows, columns]) => {
      const shape = fc.constantFrom<number[]>(
        [rows, columns],
        [1, columns],
        [columns],
        [rows, 1],
        [1, 1],
        [1],
        [],
      );
      return fc.tuple(shape, shape);
    });
    await fc.assert(
      fc.asyncProperty(shapes, operations, async ([shapeA, shapeB], [ours, plain]) => {
        const [a, b] = [filled(shapeA), filled(shapeB)];
        const out = ours(a, b);
        const [dataA, dataB] = [await values(a), await values(b)];
        const want = [...indices(out.shape)].map((index) =>
          Math.fround(plain(at(dataA, shapeA, index), at(dataB, shapeB, index))),
        );
        expect(await values(out)).toEqual(want);
        tf.dispose([a, b, out]);
      }),
    );
    // Three axes and other types go to the stock kernel.
    expect(await values(tf.add(tf.ones([2, 1, 3]), tf.ones([2, 3])))).toEqual(new Array(12).fill(2));
    expect(await values(tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")))).toEqual([4, 6]);
    expect(() => tf.add(tf.ones([2, 3]), tf.ones([2, 2]))).toThrow("broadcast");
  });

  it("maps keep what is not a number, so that divergence shows", async () => {
    for (const size of [0, 1, 3, 4, 5, 33]) {
      const x = filled([size]);
      const data = await values(x);
      const round = data.map((v) => v);
      expect(await values(tf.relu(x))).toEqual(round.map((v) => Math.max(0, v)));
      expect(await values(tf.leakyRelu(x, 0.2))).toEqual(round.map((v) => (v < 0 ? Math.fround(v * Math.fround(0.2)) : v))); // prettier-ignore
      expect(await values(tf.step(x, 0.25))).toEqual(round.map((v) => (v > 0 ? 1 : 0.25)));
      expect(await values(tf.square(x))).toEqual(round.map((v) => Math.fround(v * v)));
      expect(await values(tf.neg(x))).toEqual(round.map((v) => -v));
      expect(await values(tf.sqrt(tf.square(x)))).toEqual(round.map(Math.abs));
    }
    const odd = tf.tensor1d([NaN, Infinity, -Infinity]);
    expect(await values(tf.relu(odd))).toEqual([NaN, Infinity, 0]);
    expect(await values(tf.leakyRelu(odd, 0.5))).toEqual([NaN, Infinity, -Infinity]);
  });

  it("functions are right to a few units in the last place, from one end of float32 to the other", async () => {
    const ends = [
      0,
      -0,
      NaN,
      Infinity,
      -Infinity,
      1,
      -1,
      1e-45,
      1e-40,
      3e38,
      -3e38,
      88.7,
      88.8,
      -87.4,
      -103,
      0.625,
    ];
    const sweep = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 20);
    const small = Array.from({ length: 200 }, (_, i) => 10 ** (-i / 5));
    const x = tf.tensor1d([...ends, ...sweep, ...small, ...small.map((v) => -v)]);
    const data = await values(x);
    const functions: [string, (x: tf.Tensor) => tf.Tensor, (x: number) => number][] = [
      ["exp", tf.exp, Math.exp],
      ["log", tf.log, Math.log],
      ["tanh", tf.tanh, Math.tanh],
      ["sigmoid", tf.sigmoid, (v) => 1 / (1 + Math.exp(-v))],
      ["softplus", tf.softplus, (v) => (v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v)))],
    ];
    for (const [name, ours, exact] of functions) {
      const got = await values(tf.tidy(() => ours(x)));
      // ln(1 + y) can't know y better than 1 + y does, far below zero as in the stock kernels.
      const tolerance = name === "softplus" ? 2e-7 : 2e-38;
      data.forEach((v, i) => {
        const want = Math.fround(exact(v));
        const near = Object.is(got[i], want) || got[i] === want || Math.abs(got[i]! - want) <= 4e-7 * Math.abs(want) + tolerance; // prettier-ignore
        expect(near, `${name}(${v}) is ${got[i]}, not ${want}`).toBe(true);
      });
    }
    x.dispose();
  });

  it("sums and means run over first axes, last axes and all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(length, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.nat(7),
        async (shape, keepDims, choice) => {
          const axes = [...shape.keys()].filter((axis) => (choice >> axis) & 1);
          const x = filled(shape);
          const data = await values(x);
          const sums = new Map<string, number>();
          for (const index of indices(shape)) {
            const key = index.filter((_, axis) => axes.length > 0 && !axes.includes(axis)).join();
            sums.set(key, (sums.get(key) ?? 0) + at(data, shape, index));
          }
          const over = x.size / sums.size;
          const asked = axes.length > 0 ? axes : undefined;
          const [sum, mean] = [tf.sum(x, asked, keepDims), tf.mean(x, asked, keepDims)];
          const [gotSum, gotMean] = [await values(sum), await values(mean)];
          expect(sum.rank).toBe(keepDims ? x.rank : asked === undefined ? 0 : x.rank - axes.length);
          [...sums.values()].forEach((want, i) => {
            expect(Math.abs(gotSum[i]! - want)).toBeLessThan(1e-5 * over);
            expect(Math.abs(gotMean[i]! - want / over)).toBeLessThan(1e-5);
          });
          tf.dispose([x, sum, mean]);
        },
      ),
    );
    expect(await values(tf.sum(tf.zeros([0, 3]), 0))).toEqual([0, 0, 0]);
  });

  it("pieces cut from a tensor make it up again", async () => {
    const cases = fc
      .tuple(fc.array(length, { minLength: 1, maxLength: 3 }), fc.nat(2), fc.nat(18))
      .map(([shape, axis, where]) => {
        const along = axis % shape.length;
        return { shape, along, first: where % (shape[along]! + 1) };
      });
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, along, first }) => {
        const x = filled(shape);
        const sizes = [first, shape[along]! - first];
        const pieces = tf.split(x, sizes, along);
        const begin = shape.map((_, axis) => (axis === along ? first : 0));
        const tail = tf.slice(
          x,
          begin,
          shape.map(() => -1),
        );
        const again = tf.concat(pieces, along);
        expect(again.shape).toEqual(shape);
        expect(await values(again)).toEqual(await values(x));
        expect(await values(tail)).toEqual(await values(pieces[1]!));
        tf.dispose([x, tail, again, ...pieces]);
      }),
    );
    const square = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
    expect(await values(tf.slice(square, [1, 1], [2, 2]))).toEqual([5, 6, 8, 9]);
  });

  it("products leave batches, empty sides and bad shapes to the stock kernel", async () => {
    const batch = tf.matMul(tf.ones([2, 3, 4]), tf.ones([2, 4, 5]));
    expect(batch.shape).toEqual([2, 3, 5]);
    expect(await values(batch)).toEqual(new Array(30).fill(4));
    expect(tf.matMul(tf.ones([1, 3, 4]), tf.ones([1, 4, 5])).shape).toEqual([1, 3, 5]);
    expect(tf.matMul(tf.zeros([0, 4]), tf.ones([4, 5])).shape).toEqual([0, 5]);
    expect(() => tf.matMul(tf.ones([3, 4]), tf.ones([5, 6]))).toThrow("inner shapes");
  });

  it("clones share values and outlive one another; nothing is leaked while memory grows", async () => {
    const before = tf.memory().numTensors;
    const x = filled([40, 50]);
    const data = await values(x);
    const copy = tf.clone(x);
    x.dispose();
    const other = filled([40, 50]);
    // Far more than the backend starts with, so that its memory moves.
    const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
    const bytes = wasm.HEAPU8.byteLength;
    const large: tf.Tensor[] = [];
    while (wasm.HEAPU8.byteLength === bytes) large.push(tf.fill([1024, 1024], 1));
    expect(await values(copy)).toEqual(data);
    const sums = tf.tidy(() => tf.sum(tf.matMul(copy, other, false, true)));
    const dataOther = await values(other);
    const down = (all: number[], column: number): number =>
      all.reduce((sum, v, i) => sum + (i % 50 === column ? v : 0), 0);
    let want = 0;
    for (let column = 0; column < 50; column++) want += down(data, column) * down(dataOther, column);
    expect((await values(sums))[0]).toBeCloseTo(want, 1);
    tf.dispose([copy, other, sums, ...large]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("Adam and averages in place agree with the formula, and refuse what somebody else holds", async () => {
    const [w, g] = [[3, 5], [7]].map((shape) => [filled(shape), filled(shape)]).reduce<[tf.Tensor[], tf.Tensor[]]>((all, [a, b]) => [[...all[0], a!], [...all[1], b!]], [[], []]); // prettier-ignore
    const [first, second] = [filled([22]), tf.square(filled([22]))];
    const flat = async (tensors: tf.Tensor[]): Promise<number[]> =>
      (await Promise.all(tensors.map(values))).flat();
    const [w0, g0, m0, v0] = [await flat(w), await flat(g), await values(first), await values(second)];
    const numbers = { beta1: 0.9, beta2: 0.99, scale: 0.1, epsilon: 1e-3, clip: 1, l2: [0, 0], kept: [1, 1] };
    const step = { weights: w, gradients: g, first, second, ...numbers };

    const held = tf.clone(w[1]!);
    expect(adamInPlace(step)).toBe(false);
    expect(await flat(w)).toEqual(w0);
    held.dispose();

    expect(adamInPlace(step)).toBe(true);
    const [w1, m1, v1] = [await flat(w), await values(first), await values(second)];
    w0.forEach((_, i) => {
      const m = 0.9 * m0[i]! + g0[i]!;
      const v = 0.99 * v0[i]! + g0[i]! ** 2;
      expect(m1[i]).toBeCloseTo(m, 5);
      expect(v1[i]).toBeCloseTo(v, 5);
      expect(w1[i]).toBeCloseTo(w0[i]! - (0.1 * m) / (Math.sqrt(v) + 1e-3), 4);
    });

    const mean = filled([22]);
    const mean0 = await values(mean);
    expect(averageInPlace(mean, w, 0.25)).toBe(true);
    (await values(mean)).forEach((value, i) => expect(value).toBeCloseTo(mean0[i]! + 0.25 * (w1[i]! - mean0[i]!), 5)); // prettier-ignore
  });
});
