import { beforeAll, describe, expect, it } from "vitest";
import { owned } from "./net.ts";
import { adam } from "./optimizer.ts";
import type { AdamOptions } from "./optimizer.ts";
import { readValues } from "./stored.ts";
import { openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import { add, mul, square, sub, sum, tensor1d, tensor2d, tidy } from "./tf.ts";
import type { Scalar } from "./tf.ts";

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: Adam on WebGPU (${reason}).`);
const backends = ["cpu", "wasm", ...(reason === undefined ? ["webgpu" as const] : [])] as const;

/**
 * Two weights after 12 steps by PyTorch 1.13.0 in double precision: torch.optim.AdamW, or Adam for "l2", with
 * lr 0.1, betas (0.5, 0.9), eps 1e-8 and two parameter groups, weight_decay 0.3 for `a` and 0 for `b`;
 * torch.nn.utils.clip_grad_norm_([a, b], 20) before each step where a norm is bound. The loss is
 * Σ sa (a − 0.3)² + Σ sb (b − 0.3)², sa = [[1, 10], [0.1, 3]], sb = [0, 2], from a = [[1, −2], [3, 0.5]] and
 * b = [4, −1].
 */
const golden: readonly { name: string; options: Partial<AdamOptions>; weights: readonly number[] }[] = [
  {
    name: "decoupled decay",
    options: { weightDecay: 0.3 },
    weights: [0.262468, -0.5149043, 1.21343, 0.2974645, 4, -0.0084046],
  },
  {
    name: "L2",
    options: { l2: 0.3 },
    weights: [0.2550757, -0.8994344, 1.875654, 0.2842367, 4, -0.0084046],
  },
  {
    name: "a bound on the norm",
    options: { maxNorm: 20 },
    weights: [0.280843, -0.7990059, 1.7809782, 0.3008473, 4, 0.0774264],
  },
  {
    name: "both",
    options: { weightDecay: 0.3, maxNorm: 20 },
    weights: [0.2902009, -0.3795646, 1.0761144, 0.2945944, 4, 0.1182053],
  },
];

describe.each(backends)("adam on %s", (backend) => {
  beforeAll(
    async () => void (await (backend === "webgpu" ? openDawn("swiftshader") : openNodeBackend(backend))),
  );

  it("takes the steps of the paper's algorithm 1", async () => {
    const start = [1, -2, 3, 0.5, 4, -1];
    const a = owned(tensor2d(start.slice(0, 4), [2, 2]));
    const b = owned(tensor1d(start.slice(4)));
    const scales = [1, 10, 0.1, 3, 0, 2]; // one gradient is always zero
    const optimizer = adam([a, b], { learningRate: 0.1, beta1: 0.5, beta2: 0.9 });
    const loss = (): Scalar =>
      add(
        sum(mul(square(sub(a, 0.3)), tensor2d(scales.slice(0, 4), [2, 2]))),
        sum(mul(square(sub(b, 0.3)), tensor1d(scales.slice(4)))),
      ) as Scalar;

    // The same by the letter of the paper, in double precision.
    const theta = [...start];
    const m = theta.map(() => 0);
    const v = theta.map(() => 0);
    for (let t = 1; t <= 30; t++) {
      optimizer.learningRate = t < 15 ? 0.1 : 0.02;
      tidy(() => void optimizer.minimize(loss));
      theta.forEach((value, i) => {
        const g = 2 * scales[i]! * (value - 0.3);
        m[i] = 0.5 * m[i]! + 0.5 * g;
        v[i] = 0.9 * v[i]! + 0.1 * g * g;
        const step = m[i]! / (1 - 0.5 ** t) / (Math.sqrt(v[i]! / (1 - 0.9 ** t)) + 1e-8);
        theta[i] = value - optimizer.learningRate * step;
      });
    }
    const got = [...(await readValues(a)), ...(await readValues(b))];
    got.forEach((value, i) => expect(value).toBeCloseTo(theta[i]!, 4));
    for (const part of [a, b, optimizer]) part.dispose();
  });

  it.each(golden)("takes PyTorch's steps with $name", async ({ options, weights }) => {
    const a = owned(tensor2d([1, -2, 3, 0.5], [2, 2]));
    const b = owned(tensor1d([4, -1]));
    const [scaleA, scaleB] = [tensor2d([1, 10, 0.1, 3], [2, 2]), tensor1d([0, 2])];
    const optimizer = adam([a, b], { learningRate: 0.1, beta1: 0.5, beta2: 0.9, ...options });
    const loss = (): Scalar =>
      add(sum(mul(square(sub(a, 0.3)), scaleA)), sum(mul(square(sub(b, 0.3)), scaleB))) as Scalar;
    for (let t = 0; t < 12; t++) tidy(() => void optimizer.minimize(loss));
    const got = [...(await readValues(a)), ...(await readValues(b))];
    got.forEach((value, i) => expect(value).toBeCloseTo(weights[i]!, 5));
    for (const part of [a, b, scaleA, scaleB, optimizer]) part.dispose();
  });

  it("bounds the norm over many weights together", async () => {
    const size = 3000;
    const w = owned(tensor1d(new Float32Array(size)));
    const slopes = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
    const slope = tensor1d(slopes);
    // With β = 0 and the gradient's own size far below ε, a step is rate · clipped gradient / ε.
    const options = { learningRate: 1e-8, beta1: 0, beta2: 0, maxNorm: 1e-12 };
    const optimizer = adam([w], options);
    tidy(() => void optimizer.minimize(() => sum(mul(w, slope)) as Scalar));
    const norm = Math.hypot(...slopes);
    (await readValues(w)).forEach((value, i) =>
      expect(Math.abs(value * 1e12 + slopes[i]! / norm)).toBeLessThan(1e-5),
    );
    for (const part of [w, slope, optimizer]) part.dispose();
  });
});
