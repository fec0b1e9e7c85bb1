import { describe, expect, it } from "vitest";
import { jitter } from "./jitter.ts";

describe("jitter", () => {
  it("gives the same dot the same place, within reach, evenly spread", () => {
    const offsets = Array.from({ length: 1_000 }, (_, i) => jitter(i, 0));
    expect(offsets).toEqual(Array.from({ length: 1_000 }, (_, i) => jitter(i, 0)));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(0.28);
    expect(Math.abs(offsets.reduce((sum, offset) => sum + offset, 0) / 1_000)).toBeLessThan(0.01);
  });
  it("does not line the two axes up", () => {
    const product = Array.from({ length: 1_000 }, (_, i) => jitter(i, 0) * jitter(i, 1));
    expect(Math.abs(product.reduce((sum, value) => sum + value, 0) / 1_000)).toBeLessThan(0.005);
  });
});
