import { describe, expect, it } from "vitest";
import { allLooks, noReplay, replayedView, rewound, seen } from "./replay.ts";

const frame = (step: number) => ({ run: 1, step, view: "pca", points: Float32Array.of(step, 0) }) as const;

describe("the replay", () => {
  it("holds few looks of a long run, evenly, the first and the newest among them", () => {
    let replay = noReplay;
    for (let step = 0; step <= 20_000; step += 7) replay = seen(replay, frame(step));
    const steps = allLooks(replay).map(({ step }) => step);
    expect(steps.length).toBeGreaterThan(24);
    expect(steps.length).toBeLessThanOrEqual(65);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(19_999);
    const gaps = steps.slice(1, -1).map((step, i) => step - steps[i]!);
    expect(Math.max(...gaps)).toBeLessThan(2.5 * Math.min(...gaps));
  });

  it("draws the same step twice without holding it twice", () => {
    const replay = seen(seen(noReplay, frame(5)), frame(5));
    expect(allLooks(replay)).toHaveLength(1);
  });

  it("forgets what came after the step that a run went back to", () => {
    let replay = noReplay;
    for (const step of [1, 2, 3, 9]) replay = seen(replay, frame(step));
    expect(allLooks(rewound(replay, 2)).map(({ step }) => step)).toEqual([1, 2]);
    expect(allLooks(rewound(replay, 0))).toEqual([]);
  });

  it("is of a map, never of two columns that were picked", () => {
    expect(replayedView(["pair", "umap", "pca"])).toBe("pca");
    expect(replayedView(["columns", "rows"])).toBeUndefined();
  });
});
