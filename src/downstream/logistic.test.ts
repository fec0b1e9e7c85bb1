import { describe, expect, it } from "vitest";
import { categories, numbers } from "../table/testing/columns.ts";
import { fitLogistic } from "./logistic.ts";
import { goldenCases, goldenTable } from "./testing/golden.ts";
import { finish } from "./work.ts";

describe("logistic regression", () => {
  it.each(goldenCases)(
    "equals scikit-learn's on $classes classes",
    ({ classes, train, labels, test, logistic }) => {
      const model = finish(fitLogistic(goldenTable(train), { codes: Int32Array.from(labels), classes }));
      const ours = model.probabilities(goldenTable(test));
      let worst = 0;
      logistic.flat().forEach((theirs, i) => (worst = Math.max(worst, Math.abs(theirs - ours[i]!))));
      expect(worst).toBeLessThan(1e-6);
    },
  );

  it("does not mind numbers of very different size, nor columns that tell nothing", () => {
    const rows = 400;
    const at = Array.from({ length: rows }, (_, i) => i);
    const table = {
      columns: [
        numbers(
          "huge",
          at.map((i) => (i % 10 === 0 ? 99_999 : 0)),
        ),
        numbers(
          "constant",
          at.map(() => 3),
        ),
        numbers(
          "empty",
          at.map(() => NaN),
        ),
        categories(
          "c",
          at.map((i) => (i % 2 === 0 ? "a" : "")),
        ),
      ],
      rows,
    };
    const codes = Int32Array.from(at, (i) => i % 2);
    const p = finish(fitLogistic(table, { codes, classes: 2 })).probabilities(table);
    codes.forEach((label, row) => expect(p[2 * row + label]).toBeGreaterThan(0.95));
    const other = { ...table, columns: [...table.columns.slice(0, 3), numbers("c", at)] };
    expect(() => finish(fitLogistic(table, { codes, classes: 2 })).probabilities(other)).toThrow(
      '"c" was categories',
    );
  });
});
