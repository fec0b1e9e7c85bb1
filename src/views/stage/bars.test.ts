import { describe, expect, it } from "vitest";
import { bars, steps } from "./bars.ts";

describe("bars", () => {
  it("compares shares, not counts", () => {
    const found = bars(
      { kind: "numeric", edges: [0, 1, 2], counts: [30, 10] },
      { counts: [150, 50], others: 0 },
    );
    expect(found.real).toEqual([0.75, 0.25]);
    expect(found.synthetic).toEqual([0.75, 0.25]);
    expect(found.labels).toBeUndefined();
  });

  it("draws rare categories together, on both sides alike", () => {
    const labels = Array.from({ length: 14 }, (_, i) => `c${i}`);
    const counts = labels.map(() => 1);
    const found = bars({ kind: "category", labels, counts, others: 6 }, { counts, others: 6 });
    expect(found.labels).toHaveLength(11);
    expect(found.labels?.at(-1)).toBe("others");
    expect(found.real.at(-1)).toBeCloseTo(0.5);
    expect(found.synthetic).toEqual(found.real);
  });

  it("survives a frame without rows", () => {
    const found = bars({ kind: "numeric", edges: [0, 1], counts: [0] }, { counts: [0], others: 0 });
    expect(found.synthetic).toEqual([0]);
    expect(Number.isFinite(found.most)).toBe(true);
  });
});

describe("steps", () => {
  it("walks over the bins and closes when filled", () => {
    expect(steps([1, 0.5], 1, 100, 40, false)).toBe("M0 0.0H50.0V20.0H100.0");
    expect(steps([1], 1, 100, 40, true)).toBe("M0 40V0.0H100.0V40z");
    expect(steps([], 1, 100, 40, true)).toBe("");
  });
});
