import { describe, expect, it } from "vitest";
import type { ClusterLook } from "../protocol/analysis.ts";
import { standing } from "./narration.ts";

const look = { clear: true, of: 8, missed: 5, lasting: 5, found: 0, expected: 40, rows: 300 } satisfies ClusterLook; // prettier-ignore
const scores = [
  { step: 10, distance: 0.5 },
  { step: 20, distance: 0.034_56 },
];

describe("what is said of a run", () => {
  it("is how many clusters it reaches, where there are such; else how near it is; else nothing", () => {
    expect(standing({ inspected: { step: 20, clusters: look }, scores })).toBe("3 of 8 clusters reached");
    expect(standing({ inspected: { step: 20, clusters: { ...look, clear: false } }, scores })).toBe("distance to held-out rows 0.035"); // prettier-ignore
    expect(standing({ inspected: undefined, scores })).toBe("distance to held-out rows 0.035");
    expect(standing({ inspected: undefined, scores: [] })).toBe("");
  });
});
