/** What `npm test` says at its end must tell what failed, and fit into the last forty lines. */
import { describe, expect, it } from "vitest";
import { lastLines, summary, words } from "./failures.mjs";

const failure = (name, message) => ({ stage: "unit", name, message });

describe("a summary of failures", () => {
  it("is empty without any", () => expect(summary([])).toEqual([]));

  it("has each failure's stage, name and first lines, without colours and empty lines", () => {
    expect(
      summary([failure("a.test.ts > adds", "\u001B[31mexpected 1 to be 2\u001B[39m\n\n+ 1\n- 2\n")]),
    ).toEqual(["FAILED unit: a.test.ts > adds", "    expected 1 to be 2", "    + 1", "    - 2"]);
  });

  it.each([1, 3, 9, 13, 500])("of %i long ones fits above the table of stages", (count) => {
    const long = `${"x".repeat(5_000)}\n`.repeat(50);
    const lines = summary(Array.from({ length: count }, (_, i) => failure(`test ${i}`, long)));
    expect(lines.length).toBeLessThanOrEqual(27);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(220);
    expect(lines.filter((line) => line.startsWith("FAILED"))).toHaveLength(Math.min(count, 13));
    expect(lines.length).toBeGreaterThanOrEqual(Math.min(count * 9, 13));
    expect(lines.at(-1) === "… and 487 more, above.").toBe(count === 500);
  });
});

it("what failed at first only is told from what failed", () => {
  expect(summary([{ ...failure("a.spec.ts > opens", "too late"), retried: true }])).toEqual([
    "PASSED when retried, unit: a.spec.ts > opens",
    "    too late",
  ]);
});

describe("the words of an error", () => {
  it("are fast-check's seed and counterexample, and the assertion behind them", () => {
    const error = {
      message:
        'Property failed after 4 tests\n{ seed: 7, path: "3" }\nCounterexample: [1]\n\nHint: Enable verbose mode',
      cause: { message: "expected 1 to be 2" },
    };
    expect(words(error).split("\n")).toEqual([
      "Property failed after 4 tests",
      '{ seed: 7, path: "3" }',
      "Counterexample: [1]",
      "Cause: expected 1 to be 2",
    ]);
  });

  it("are the thing itself where no error was thrown", () => expect(words("no error")).toBe("no error"));
});

it("a program's last lines are the last that say something", () => {
  expect(lastLines("one\ntwo\r\nthree\n\n", 2)).toBe("two\nthree");
});
