import { describe, expect, it } from "vitest";
import { initialState } from "./fold.ts";
import { hasBudgetLeft, longerBudget } from "./goingOn.ts";
import { defaultSetup } from "./setup.ts";
import type { LabState } from "./state.ts";

/** A run of 2,000 steps that is over. */
const over = ({
  setup,
  ...training
}: Partial<LabState["training"] & Pick<LabState, "setup">> = {}): LabState => {
  const state = initialState({ ...defaultSetup, ...setup });
  return {
    ...state,
    phase: "finished",
    training: {
      ...state.training,
      startedFrom: defaultSetup,
      objectives: ["loss"],
      step: 2000,
      elapsed: 12.3,
      ...training,
    },
  };
};

describe("a run that is over", () => {
  it("takes as much again as it began with, from where it stands", () => {
    expect(longerBudget(over())).toEqual({ unit: "steps", amount: 4000 });
    const steps = { unit: "steps", amount: 6000 } as const;
    expect(longerBudget(over({ step: 6000, setup: { ...defaultSetup, budget: steps } }))).toEqual({
      unit: "steps",
      amount: 8000,
    });
    const seconds = { unit: "seconds", amount: 12 } as const;
    const timed = { ...defaultSetup, budget: seconds };
    expect(longerBudget(over({ startedFrom: timed, setup: timed }))).toEqual({ unit: "seconds", amount: 25 });
  });

  it("goes on by itself where it stopped short or its budget was raised", () => {
    expect(hasBudgetLeft(over())).toBe(false);
    for (const state of [
      over({ step: 900 }),
      over({ setup: { ...defaultSetup, budget: { unit: "steps", amount: 2001 } } }),
    ]) {
      expect(hasBudgetLeft(state)).toBe(true);
      expect(longerBudget(state)).toBeUndefined();
    }
  });

  it("has nothing to go on with where it was fitted at once, waits for a new run, or a task gives the steps", () => {
    const task = { figure: "distance", bound: 0.03, fixed: { budget: "locked" } } as const;
    const state = over();
    for (const none of [
      over({ objectives: [] }),
      over({ setup: { ...defaultSetup, seed: 8 } }),
      { ...state, phase: "training" as const },
      { ...state, course: { ...state.course, task } },
    ]) {
      expect(longerBudget(none)).toBeUndefined();
      expect(hasBudgetLeft(none)).toBe(false);
    }
  });
});
