import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setupFor } from "../store/setup.ts";
import { isDone, taskFigures, taskParts, type Task, type TaskFigure, type TaskPart } from "../store/task.ts";
import { readLink, writeLink } from "./link.ts";

const anyTask: fc.Arbitrary<Task> = fc.record({
  figure: fc.constantFrom(...(Object.keys(taskFigures) as TaskFigure[])),
  bound: fc.nat(1_000_000).map((millionths) => millionths / 1e5),
  fixed: fc.dictionary(fc.constantFrom(...(Object.keys(taskParts) as TaskPart[])), fc.constantFrom("locked", "hidden")), // prettier-ignore
});

describe("a task's link", () => {
  it("opens the same lab with the same task", () => {
    fc.assert(
      fc.property(anyTask, (task) => {
        const opened = readLink(writeLink({ ...setupFor("ring"), seed: 3 }, undefined, task));
        expect(opened.faults).toEqual([]);
        expect({ ...opened.task, fixed: { ...opened.task?.fixed } }).toEqual({ ...task, fixed: { ...task.fixed } }); // prettier-ignore
        expect(opened.setup).toEqual({ ...setupFor("ring"), seed: 3 });
      }),
    );
  });

  it("is refused in words where it was changed, and the lab opens without", () => {
    for (const text of ["goal=fame_3", "goal=distance", "goal=distance_NaN", "goal=__proto___1", "goal=modes_20&lock=walls", "goal=modes_20&hide=toString"]) {
      const { task, faults, found } = readLink(`v=1&data=ring&${text}`);
      expect([task, found]).toEqual([undefined, true]);
      expect(faults).toEqual([expect.stringContaining("ask your teacher")]);
    } // prettier-ignore
  });

  it("is reached from the better side", () => {
    expect(isDone({ figure: "distance", bound: 0.03, fixed: {} }, 0.02)).toBe(true);
    expect(isDone({ figure: "distance", bound: 0.03, fixed: {} }, 0.04)).toBe(false);
    expect(isDone({ figure: "modes", bound: 20, fixed: {} }, 20)).toBe(true);
    expect(isDone({ figure: "modes", bound: 20, fixed: {} }, 19)).toBe(false);
  });
});
