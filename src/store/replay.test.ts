import { describe, expect, it } from "vitest";
import {
  bytesOf,
  mapOf,
  mostLooks,
  noReplay,
  picturedIn,
  pixelsOf,
  placeOf,
  pointsOf,
  replayedViews,
  rewound,
  seen,
} from "./replay.ts";

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
    pointsOf(looks[0]!.cloud!).forEach((value, i) => {
      if (Number.isNaN(points[i]!)) expect(value).toBeNaN();
      else expect(Math.abs(value - points[i]!)).toBeLessThanOrEqual((i % 2 === 0 ? 12 : 1e6) / 65_000);
    });
    expect([...pointsOf(seen(noReplay, frame(1, Float32Array.of(4, 4))).looks[0]!.cloud!)]).toEqual([4, 4]);
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
    expect(bytesOf(seen(noReplay, frame(1, new Float32Array(800)), figures))).toBe(1_600 + 8 * 10);
  });

  it("holds images to a fifteenth of white, as many as fit, and those of odd sizes", () => {
    for (const [size, many, kept] of [
      [9, 64, 64],
      [256, 64, 25],
      [784, 64, 8],
      [20_000, 2, 1],
    ] as const) {
      // prettier-ignore
      const pixels = Uint8Array.from({ length: many * size }, (_, i) => (i * 7 + (i >> 3)) % 256);
      const { mosaic } = seen(noReplay, { step: 1, pixels, size }).looks[0]!;
      const back = pixelsOf(mosaic!);
      expect(back).toHaveLength(kept * size);
      expect(Math.max(...back.map((grey, i) => Math.abs(grey - pixels[i]!)))).toBeLessThanOrEqual(255 / 30);
    }
  });

  it("holds what two views show of the same step together, and one of them alone", () => {
    const images = { pixels: Uint8Array.of(255), size: 1 };
    const replay = seen(seen(seen(noReplay, frame(3)), { step: 3, ...images }), { step: 8, ...images });
    expect(steps(replay)).toEqual([3, 8]);
    expect(picturedIn(replay, "images").map(({ step }) => step)).toEqual([3, 8]);
    expect(picturedIn(replay, "pca").map(({ step }) => step)).toEqual([3]);
    expect(picturedIn(replay, "columns")).toEqual([]);
    const columns = [{ counts: [1, 2], others: 0, distance: 0.5, missing: 0 }];
    expect(seen(noReplay, { step: 1, columns }).looks[0]).toMatchObject({ step: 1, columns });
  });

  it("is of a map, of images or of one column, never of two that were picked", () => {
    expect(replayedViews(["umap", "pair", "pca", "columns"])).toEqual(["pca"]);
    expect(replayedViews(["images", "pca", "umap"])).toEqual(["images", "pca"]);
    expect(replayedViews(["columns", "rows", "quality"])).toEqual(["columns"]);
    expect(replayedViews(["rows"])).toEqual([]);
    expect(mapOf(["images", "umap", "pca"])).toBe("pca");
    expect(mapOf(["columns", "rows"])).toBeUndefined();
  });
});
