import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { clock } from "./clock.ts";
import { fill } from "./draw.ts";
import { tensorRandom } from "./noise.ts";
import { openNodeBackend } from "./testing/nodeBackend.ts";

/** The key that a stream without a clock takes from its source. */
const keyOf = (seed: number): number => random(seed).integer(4294967296) | 0;

const n = 200_000;
const moment = (values: Float32Array, power: number): number =>
  values.reduce((sum, value) => sum + value ** power, 0) / values.length;

describe("tensorRandom", () => {
  it("draws standard normals, tails included, and Gumbels", () => {
    const z = tensorRandom(random(1)).normals(n);
    // Four standard errors of each moment at this n.
    expect(Math.abs(moment(z, 1))).toBeLessThan(0.009);
    expect(Math.abs(moment(z, 2) - 1)).toBeLessThan(0.0127);
    expect(Math.abs(moment(z, 3))).toBeLessThan(0.035);
    expect(Math.abs(moment(z, 4) - 3)).toBeLessThan(0.088);
    const beyond = z.filter((value) => Math.abs(value) > 3.442619855899).length;
    expect(Math.abs(beyond - n * 5.761e-4)).toBeLessThan(4 * Math.sqrt(n * 5.761e-4));
  });

  it("draws uniforms below 1 and integers below their bound", () => {
    const source = tensorRandom(random(2));
    const u = source.uniforms(n);
    expect(Math.min(...u.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(u.every((value) => value < 1)).toBe(true);
    expect(Math.abs(moment(u, 1) - 0.5)).toBeLessThan(0.0026);
    const counts = new Int32Array(7);
    for (const value of source.integers(70_000, 7)) counts[value]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("makes tensors of the same numbers on WASM as on the host, whatever their size", async () => {
    await openNodeBackend("wasm");
    for (const count of [1, 3, 16, 37, 40_000])
      for (const kind of ["normal", "uniform", "gumbel"] as const) {
        const [here, there] = [tensorRandom(random(9)), tensorRandom(random(9))];
        for (let turn = 0; turn < 2; turn++) {
          const made = (await here[kind](1, count).data()) as Float32Array;
          const plain = fill(new Float32Array(4 * Math.ceil(count / 4)), kind, keyOf(9), 0, turn);
          if (kind === "normal") expect(there.normals(count)).toEqual(plain.subarray(0, count));
          // A Gumbel is −ln of an exponential variate, and what float32 can't tell apart is that, not its logarithm.
          const seen = kind === "gumbel" ? (value: number) => Math.exp(-value) : (value: number) => value;
          const apart = made.map((value, i) => Math.abs(seen(value) - seen(plain[i]!)) / (1 + Math.abs(seen(plain[i]!)))); // prettier-ignore
          expect(apart.reduce((a, b) => Math.max(a, b), 0)).toBeLessThan(kind === "uniform" ? 1e-9 : 2e-6);
        }
      }
  });

  it("repeats itself for a seed", () => {
    expect(tensorRandom(random(3)).normals(50)).toEqual(tensorRandom(random(3)).normals(50));
    expect(tensorRandom(random(3)).normals(50)).not.toEqual(tensorRandom(random(4)).normals(50));
  });

  it("draws for a step that is begun again what it drew before, though it was left halfway", () => {
    const time = clock(5);
    const source = tensorRandom(random(3), time);
    const first = source.normals(8);
    expect(source.normals(8)).not.toEqual(first);
    time.set(0);
    expect(source.normals(8)).toEqual(first);
    time.tick();
    expect(source.normals(8)).not.toEqual(first);
  });
});
