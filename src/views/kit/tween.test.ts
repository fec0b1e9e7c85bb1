import { describe, expect, it } from "vitest";
import { between, ease, journey } from "./tween.ts";

describe("travelling dots", () => {
  it("start where they were and arrive where they belong", () => {
    const from = Float32Array.of(0, 0, 4, 4);
    const to = Float32Array.of(1, 2, 4, 0);
    const now = new Float32Array(4);
    between(from, to, 0, now);
    expect([...now]).toEqual([0, 0, 4, 4]);
    between(from, to, 0.5, now);
    expect([...now]).toEqual([0.5, 1, 4, 2]);
    between(from, to, 1, now);
    expect([...now]).toEqual([1, 2, 4, 0]);
  });

  it("appear in place where they had none", () => {
    const now = new Float32Array(2);
    between(Float32Array.of(NaN, NaN), Float32Array.of(3, 1), 0.1, now);
    expect([...now]).toEqual([3, 1]);
  });

  it("ease from 0 to 1 without turning back", () => {
    const course = Array.from({ length: 21 }, (_, i) => ease(i / 20));
    expect(course[0]).toBe(0);
    expect(course[20]).toBe(1);
    for (let i = 1; i < course.length; i++) expect(course[i]!).toBeGreaterThan(course[i - 1]!);
    expect(ease(-1)).toBe(0);
    expect(ease(2)).toBe(1);
  });

  it("take as long as frames are apart, within reason", () => {
    expect(journey(10)).toBe(120);
    expect(journey(250)).toBe(250);
    expect(journey(60_000)).toBe(360);
    expect(journey(NaN)).toBe(360);
  });
});
