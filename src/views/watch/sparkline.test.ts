import { expect, it } from "vitest";
import { sparkline } from "./sparkline.ts";

it("a sparkline goes from the first step to the last and falls as distances do", () => {
  const points = [
    { step: 10, distance: 1 },
    { step: 20, distance: 0.1 },
    { step: 30, distance: -0.001 },
  ];
  expect(sparkline(points, 100, 44)).toBe("M0.0 2.0L50.0 15.3L100.0 42.0");
  expect(sparkline(points.slice(0, 1), 100, 44)).toBe("");
  expect(sparkline([points[0]!, { ...points[0]!, step: 40 }], 100, 44)).toBe("M0.0 42.0L100.0 42.0");
});
