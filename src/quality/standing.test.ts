import { describe, expect, it } from "vitest";
import { isBelow, standingOf } from "./standing.ts";

const at = (value: number, spread = 0) => ({ measured: { value }, spread });
const none = { measured: { why: "nothing to measure" } };
const open = { guards: false, leaks: false };

describe("standing", () => {
  it("tells fresh rows, the way to them and the floor apart", () => {
    const [holdout, independent] = [at(0.98), at(0.5)];
    expect(standingOf(at(0.98), holdout, independent, open)).toEqual({ standing: "level" });
    expect(standingOf(at(0.995), holdout, independent, open)).toEqual({ standing: "level" });
    expect(standingOf(at(0.95), holdout, independent, open)).toMatchObject({ standing: "near" });
    expect(standingOf(at(0.74), holdout, independent, open)).toEqual({ standing: "between", way: 0.5 });
    expect(standingOf(at(0.4), holdout, independent, open)).toEqual({ standing: "floor", way: 0 });
  });

  it("takes no more for a difference than chance leaves", () => {
    expect(isBelow(at(0.9, 0.03), at(0.97, 0.03))).toBe(false);
    expect(isBelow(at(0.9, 0.01), at(0.97, 0.01))).toBe(true);
    expect(isBelow(at(0.9, 0.02), at(0.97, 0.02), 3)).toBe(false);
    expect(isBelow(at(0.9, 0.02), at(0.97, 0.02))).toBe(true);
    expect(isBelow(none, at(1))).toBe(false);
  });

  it("calls more than fresh rows get memorising only where rows keep to the training rows", () => {
    const [own, holdout, independent] = [at(1), at(0.95), at(0.6)];
    expect(standingOf(own, holdout, independent, { guards: false, leaks: true }).standing).toBe("close");
    expect(standingOf(own, holdout, independent, open).standing).toBe("level");
    expect(standingOf(at(0.9), holdout, independent, { guards: false, leaks: true }).standing).toBe(
      "between",
    );
    expect(standingOf(at(0.4), holdout, independent, { guards: true, leaks: true }).standing).toBe("close");
    expect(standingOf(at(0.95), holdout, independent, { guards: true, leaks: false }).standing).toBe("level");
  });

  it("makes no share of a way that is no way, and nothing of what can't be computed", () => {
    expect(standingOf(at(0.9), at(0.98), at(0.97), open)).toEqual({ standing: "below" });
    expect(standingOf(at(0.9), at(0.98), none, open)).toEqual({ standing: "below" });
    expect(standingOf(at(0.9), none, at(0.5), open)).toEqual({ standing: "alone" });
    expect(standingOf(none, at(1), at(0.5), open)).toEqual({ standing: "alone" });
  });
});
