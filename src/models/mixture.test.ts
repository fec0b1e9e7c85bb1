import { beforeAll, describe, expect, it } from "vitest";
import { tensorRandom } from "../engine/noise.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { tensor2d } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { mixture } from "./mixture.ts";

describe("a mixture as prior", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));
  const noise = tensorRandom(random(3));
  /** Of two numbers: shares 1/4 and 3/4. */
  const [means, scales, shares] = [
    [-2, 0, 1, 3],
    [0.5, -1, 0.2, 0.1],
    [0, Math.log(3)],
  ];
  const made = () => {
    const prior = mixture(2, 2, noise);
    prior.weights[0].assign(tensor2d(means!, [2, 2]));
    prior.weights[1].assign(tensor2d(scales!, [2, 2]));
    prior.weights[2].assign(tensor2d(shares!, [1, 2]));
    return prior;
  };

  it("says the density of a mixture", async () => {
    const points = [0, 0, -2, 0.5, 1.5, 3, 8, -7];
    const prior = made();
    const said = await prior.logDensity(tensor2d(points, [4, 2])).data();
    for (let i = 0; i < 4; i++) {
      const shareOf = [0.25, 0.75];
      const density = shareOf.reduce((sum, share, k) => {
        const each = [0, 1].map((d) => {
          const s = Math.exp(scales![2 * k + d]!);
          return Math.exp(-0.5 * ((points[2 * i + d]! - means![2 * k + d]!) / s) ** 2) / s;
        });
        return sum + share * each[0]! * each[1]!;
      }, 0);
      expect(said[i]).toBeCloseTo(Math.log(density), 3);
    }
    prior.dispose();
  });

  it("draws from it", async () => {
    const prior = made();
    const n = 20_000;
    const z = await prior.draw(n, noise, prior.weights).data();
    const mean = [0, 1].map(
      (d) => Array.from({ length: n }, (_, i) => z[2 * i + d]!).reduce((a, b) => a + b) / n,
    );
    expect(mean[0]).toBeCloseTo(0.25 * -2 + 0.75 * 1, 1);
    expect(mean[1]).toBeCloseTo(0.75 * 3, 1);
    const squares = Array.from({ length: n }, (_, i) => z[2 * i]! ** 2).reduce((a, b) => a + b) / n;
    expect(squares).toBeCloseTo(0.25 * (4 + Math.exp(1)) + 0.75 * (1 + Math.exp(0.4)), 0);
    prior.dispose();
  });
});
