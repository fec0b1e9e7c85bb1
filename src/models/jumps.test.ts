import { describe, expect, it } from "vitest";
import { jumps } from "./jumps.ts";

describe("the schedule of denoising diffusion GANs", () => {
  it.each([
    [2, [0.92132, 0.99945]],
    [4, [0.47826, 0.84921, 0.95642, 0.9874]],
    [8, [0.156, 0.381, 0.547, 0.667, 0.756, 0.821, 0.869, 0.904]],
  ])("takes the paper's betas in %i steps", (steps, betas) => {
    // From the formula of the paper's appendix C, worked out apart from this code.
    jumps(steps).forEach(({ stepNoise }, t) => expect(stepNoise ** 2).toBeCloseTo(betas[t]!, 2));
  });

  it.each([1, 2, 4, 16])("ends in noise after %i steps and leaves clean rows clean", (steps) => {
    const all = jumps(steps);
    const last = all.at(-1)!;
    // What x₀ still weighs in x_T.
    expect(last.kept * last.stepKept).toBeLessThan(0.01);
    expect(all[0]).toMatchObject({ kept: 1, noise: 0, fromClean: 1, fromNoisy: 0, spread: 0 });
  });

  it("draws x_t as noisy as it is when diffused, given the true x₀", () => {
    // Law of total variance: x_{t+1} given x₀ has the variance 1 − ᾱ_{t+1}.
    for (const { noise, stepKept, stepNoise, fromClean, fromNoisy, spread, kept } of jumps(4)) {
      const varianceOfNoisier = stepKept ** 2 * noise ** 2 + stepNoise ** 2;
      expect(fromNoisy ** 2 * varianceOfNoisier + spread ** 2).toBeCloseTo(noise ** 2, 10);
      expect(fromClean + fromNoisy * kept * stepKept).toBeCloseTo(kept, 10);
    }
  });
});
