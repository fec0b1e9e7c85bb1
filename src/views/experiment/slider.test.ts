import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NumberSetting } from "../../catalog/setting.ts";
import { faultOf } from "../../catalog/setting.ts";
import { fromSlot, slots, toSlot } from "./slider.ts";

const base = { kind: "number", key: "k", label: "K", help: "" } as const;
const rate: NumberSetting = { ...base, default: 1e-3, min: 1e-5, max: 1e-1, scale: "log" };
const batch: NumberSetting = { ...base, default: 256, min: 16, max: 2048, whole: true, scale: "log" };
const dropout: NumberSetting = { ...base, default: 0.1, min: 0, max: 0.5 };

describe("a slider", () => {
  it("reaches both ends and puts powers of ten at equal distances on a log scale", () => {
    for (const setting of [rate, batch, dropout]) {
      expect(fromSlot(setting, 0)).toBe(setting.min);
      expect(fromSlot(setting, slots)).toBe(setting.max);
    }
    expect(toSlot(rate, 1e-3)).toBe(500);
  });

  it("gives only values that the setting takes, never falling as it is moved up", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(rate, batch, dropout),
        fc.integer({ min: 0, max: slots }),
        fc.integer({ min: 0, max: slots }),
        (setting, a, b) => {
          expect(faultOf(setting, fromSlot(setting, a))).toBeUndefined();
          expect(fromSlot(setting, Math.min(a, b))).toBeLessThanOrEqual(fromSlot(setting, Math.max(a, b)));
        },
      ),
    );
  });

  it("comes back to about where it was put", () => {
    for (const value of [1e-4, 2e-4, 1e-3, 0.05])
      expect(fromSlot(rate, toSlot(rate, value))).toBeCloseTo(value, 3);
    expect(fromSlot(dropout, toSlot(dropout, 0.25))).toBe(0.25);
  });
});
