import { describe, expect, it } from "vitest";
import { bytesOf, mostLooks, noReplay, placeOf, pointsOf, replayedView, rewound, seen } from "./replay.ts";

const frame = (step: number, points = Float32Array.of(step, 0)) => ({ step, points });
const steps = ({ looks }: typeof noReplay) => looks.map(({ step }) => step);

describe("the replay", () => {
  it("holds 120 looks of a long run, evenly, the first and the newest among them", () => {
    let replay = noReplay;
    for (let step = 0; step <= 20_000; step += 7) replay = seen(replay, frame(step));
    const held = steps(replay);
    expect(held).toHaveLength(mostLooks);
    expect(held[0]).toBe(0);
    expect(held.at(-1)).toBe(19_999);
    const gaps = held.slice(1, -2).map((step, i) => step - held[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2.5 * Math.min(...gaps));
  });

  it("holds points to a 65,000th of what they span, and gaps as gaps", () => {
    const points = Float32Array.of(-3, 1e6, 0.5, 2e6, NaN, 1.25e6, 9, NaN);
    const { looks } = seen(noReplay, frame(1, points));
    pointsOf(looks[0]!).forEach((value, i) => {
      if (Number.isNaN(points[i]!)) expect(value).toBeNaN();
      else expect(Math.abs(value - points[i]!)).toBeLessThanOrEqual((i % 2 === 0 ? 12 : 1e6) / 65_000);
    });
    expect([...pointsOf(seen(noReplay, frame(1, Float32Array.of(4, 4))).looks[0]!)]).toEqual([4, 4]);
  });

  it("draws the same step twice without holding it twice", () => {
    expect(steps(seen(seen(noReplay, frame(5)), frame(5)))).toEqual([5]);
  });

  it("forgets what came after the step that a run went back to", () => {
    let replay = noReplay;
    for (const step of [1, 2, 3, 9]) replay = seen(replay, frame(step));
    expect(steps(rewound(replay, 2))).toEqual([1, 2]);
    expect(steps(rewound(replay, 0))).toEqual([]);
    expect(steps(seen(replay, frame(2)))).toEqual([1, 2]);
  });

  it("finds the look nearest to a step", () => {
    let replay = noReplay;
    expect(placeOf(replay, 4)).toBe(-1);
    for (const step of [10, 20, 90]) replay = seen(replay, frame(step));
    expect([0, 14, 16, 54, 56, 1e9].map((step) => placeOf(replay, step))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("knows what it takes", () => {
    const figures = { losses: { a: 1, b: 2 }, distance: 0.5 };
    expect(bytesOf(seen(noReplay, frame(1, new Float32Array(800)), figures))).toBe(1_600 + 8 * 8);
  });

  it("is of a map, never of two columns that were picked", () => {
    expect(replayedView(["pair", "umap", "pca"])).toBe("pca");
    expect(replayedView(["columns", "rows"])).toBeUndefined();
  });
});
