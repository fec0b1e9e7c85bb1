import { describe, expect, it } from "vitest";
import { studentCdf, studentQuantile } from "./student.ts";

describe("Student's t", () => {
  it("has the quantiles of the tables", () => {
    // R: qt(c(.975, .975, .995, .975, .9995), c(1, 4, 10, 30, 19))
    const known = [
      [0.975, 1, 12.70620473617],
      [0.975, 4, 2.776445105198],
      [0.995, 10, 3.169272672616],
      [0.975, 30, 2.042272456301],
      [0.9995, 19, 3.883405852592],
    ] as const;
    for (const [p, freedom, t] of known) expect(studentQuantile(p, freedom)).toBeCloseTo(t, 8);
  });

  it("is symmetric, and Cauchy's with one degree of freedom", () => {
    for (const t of [0.1, 1, 3, 40]) {
      expect(studentCdf(-t, 7) + studentCdf(t, 7)).toBeCloseTo(1, 12);
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
    }
  });
});
