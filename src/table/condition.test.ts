import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionWords, demandsOf, parseCondition } from "./condition.ts";
import { plainNumber } from "./number.ts";
import type { Table } from "./table.ts";

const table: Table = {
  rows: 6,
  columns: [
    {
      type: "number",
      name: "age",
      missingMark: "",
      values: Float64Array.from([20, 30, 40, 50, NaN, 60]),
      format: { ...plainNumber, decimalMark: "," },
    },
    {
      type: "category",
      name: "sex",
      missingMark: "?",
      codes: Int32Array.from([0, 1, 0, 1, -1, 0]),
      levels: ["F", "M", "X"],
    },
    {
      type: "category",
      name: "a=b",
      missingMark: "",
      codes: new Int32Array(6),
      levels: ["1:2"],
    },
    {
      type: "datetime",
      name: "seen",
      missingMark: "",
      values: Float64Array.from({ length: 6 }, (_, i) => Date.UTC(2020, 0, 1 + i)),
      pattern: "yyyy-MM-dd",
    },
  ],
};
const all = Int32Array.from({ length: 6 }, (_, i) => i);
const read = (text: string): ReturnType<typeof parseCondition> => parseCondition(text, table.columns);
const demand = (...texts: string[]): ReturnType<typeof demandsOf> => demandsOf(texts.map(read), table, all);

describe("a condition as text", () => {
  it.each([
    ["sex=F", { kind: "share", column: "sex", value: "F", share: 1 }],
    ["sex=F:0.25", { kind: "share", column: "sex", value: "F", share: 0.25 }],
    ["sex=F:25%", { kind: "share", column: "sex", value: "F", share: 0.25 }],
    ["sex=", { kind: "share", column: "sex", value: null, share: 1 }],
    ["a=b=1:x", { kind: "share", column: "a=b", value: "1:x", share: 1 }],
    ["age=30..40", { kind: "range", column: "age", from: "30", to: "40" }],
    ["age=30..", { kind: "range", column: "age", from: "30" }],
    ["age=..40", { kind: "range", column: "age", to: "40" }],
    ["age=-1", { kind: "range", column: "age", from: "-1", to: "-1" }],
    ["seen=2020-01-02..2020-01-03", { kind: "range", column: "seen", from: "2020-01-02", to: "2020-01-03" }],
  ])("%s", (text, condition) => expect(read(text)).toEqual(condition));

  it("is refused in words where it names no column", () => {
    expect(() => read("shoe=1")).toThrow(/no column "shoe".*age, sex/);
    expect(() => read("age")).toThrow(/A condition is/);
  });

  it("never falls over, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const name of ["age", "sex"]) {
          const condition = read(`${name}=${text}`);
          expect(conditionWords([condition])).toContain(name);
          try {
            demandsOf([condition], table, all);
          } catch (error) {
            expect((error as Error).message).toMatch(/\w+.*\.$/s);
          }
        }
      }),
    );
  });
});

describe("conditions on a table", () => {
  it("become shares by spelling and ranges by value", () => {
    expect(demand("sex=F:0.5", "sex=:0.25", "age=25,5..50", "seen=2020-01-02..")).toEqual([
      { kind: "shares", at: 1, shares: new Map([["F", 0.5], [null, 0.25]]) }, // prettier-ignore
      { kind: "range", at: 0, from: 25.5, to: 50 },
      { kind: "range", at: 3, from: Date.UTC(2020, 0, 2), to: Infinity },
    ]);
  });

  it.each([
    [["sex=Q"], /No training row has "sex" = "Q".*F, M/],
    [["sex=X"], /No training row has "sex" = "X"/],
    [["sex=F", "sex=M:0.1"], /110 %/],
    [["sex=F:7"], /from 0 to 100 %/],
    [["age=70..80"], /No training row has "age" from 70 to 80/],
    [["age=40..30"], /ends before it begins/],
    [["age=old"], /"old" can't be read as a number/],
    [["age=30", "age=40"], /one range/],
    [["seen=yesterday"], /can't be read as a date/],
  ])("%j is refused in words", (texts, words) => expect(() => demand(...texts)).toThrow(words));

  it("that don't suit the column are refused in words", () => {
    expect(() => demandsOf([{ kind: "range", column: "sex", from: "1" }], table, all)).toThrow(/categories/);
    expect(() => demandsOf([{ kind: "share", column: "age", value: "1", share: 1 }], table, all)).toThrow(
      /from where to where/,
    );
    expect(() => demandsOf([{ kind: "range", column: "shoe" }], table, all)).toThrow(/no column/);
  });

  it("are said in words", () => {
    expect(
      conditionWords(["sex=F", "sex=:0.125", "age=30..40", "age=30..", "age=..40", "age=30"].map(read)),
    ).toBe("sex = F, 12.5 % with sex = missing, age from 30 to 40, age from 30 on, age up to 40, age = 30");
  });
});
