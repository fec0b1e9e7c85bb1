import { describe, expect, it } from "vitest";
import { aucOfChances, aucOfMarks, luck } from "./riddle.ts";

const synthetic = [true, true, true, true, true, false, false, false, false, false];
const marks = (...marked: readonly number[]): boolean[] => synthetic.map((_, i) => marked.includes(i));

describe("marks on ten rows", () => {
  it("are worth 1 where all are right, ½ where they say nothing, 0 where all are wrong", () => {
    expect(aucOfMarks(marks(0, 1, 2, 3, 4), synthetic)).toBe(1);
    expect(aucOfMarks(marks(), synthetic)).toBe(0.5);
    expect(aucOfMarks(marks(...synthetic.keys()), synthetic)).toBe(0.5);
    expect(aucOfMarks(marks(5, 6, 7, 8, 9), synthetic)).toBe(0);
    expect(aucOfMarks(marks(0, 1, 2, 9), synthetic)).toBeCloseTo(0.7, 12);
  });

  it("are the same as chances of 0 and 1", () => {
    for (const all of [marks(0, 5), marks(1, 2, 3), marks(4)])
      expect(aucOfMarks(all, synthetic)).toBeCloseTo(aucOfChances(all.map(Number), synthetic), 12);
    expect(aucOfChances([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], synthetic)).toBe(1);
  });

  it("may be luck: one way in 252 to mark the five, any in any other", () => {
    expect(luck(marks(0, 1, 2, 3, 4), synthetic)).toBeCloseTo(1 / 252, 12);
    expect(luck(marks(), synthetic)).toBe(1);
    // Of five marks at least four are hits in 5·5 + 1 of 252 ways.
    expect(luck(marks(0, 1, 2, 3, 9), synthetic)).toBeCloseTo(26 / 252, 12);
  });
});
