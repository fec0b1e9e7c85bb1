import { beforeAll, describe, expect, it } from "vitest";
import { owned } from "./net.ts";
import { adam } from "./optimizer.ts";
import { readValues } from "./stored.ts";
import { openDawn, openNodeBackend, whyNoSwiftShader } from "./testing/nodeBackend.ts";
import { add, mul, square, sub, sum, tensor1d, tensor2d, tidy } from "./tf.ts";
import type { Scalar } from "./tf.ts";

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: Adam on WebGPU (${reason}).`);
const backends = ["wasm", ...(reason === undefined ? ["webgpu" as const] : [])] as const;

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
});
