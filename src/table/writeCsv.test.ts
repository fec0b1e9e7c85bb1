import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inferColumn } from "./infer.ts";
import { defaultMissingMarks } from "./missing.ts";
import type { CategoryColumn, Table, TextTable } from "./table.ts";
import { namesOf, read, rowsOf } from "./testing/reading.ts";
import { readTable, selectRows } from "./typed.ts";
import { escapeFormula, writeCsv } from "./writeCsv.ts";

function typed(text: TextTable): Table {
  const choices = text.columns.map((column) => ({
    inference: inferColumn(column, text.rows, { missingMarks: defaultMissingMarks }),
  }));
  return readTable(text, choices);
}

function written(table: Table, options = { escapeFormulas: false }): string {
  return [...writeCsv(table, options)].join("");
}

const mixed = `name,age,joined,price,share,code,note
Ann,36,2020-01-31,"$1,234.50",12%,00123,"said ""hi"", twice"
Bob,NA,2021-12-01,-$99.00,7%,00555,?
José,29,?,$0.05,,00123,"two
lines"
-5,41,2022-02-28,$12.00,100%,00007,=1+1
`;

describe("writeCsv", () => {
  it("gives back a mixed file character by character", async () => {
    const { table } = await read(mixed);
    expect(written(typed(table))).toBe(mixed);
  });

  it("round-trips any table of texts", async () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 10 }),
      fc.constantFrom(
        '"',
        '""',
        "a,b",
        "line\nline",
        "line\r\nline",
        "\r",
        "😀",
        "__proto__",
        " x ",
        "\ufeffx",
        "'",
        "=1+1",
        "a;b",
        "\t",
        "sep=;",
        "日本",
      ),
    );
    const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.record({
        names: fc.uniqueArray(
          text.filter((name) => name.trim() !== ""),
          { minLength: width, maxLength: width },
        ),
        rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 8,
        }),
        delimiter: fc.constantFrom(",", ";", "\t", "|"),
      }),
    );
    await fc.assert(
      fc.asyncProperty(tables, async ({ names, rows, delimiter }) => {
        const columns = names.map((name, i): CategoryColumn => {
          const levels = [...new Set(rows.map((row) => row[i]!))];
          return {
            type: "category",
            name,
            missingMark: "",
            levels,
            codes: Int32Array.from(rows, (row) => levels.indexOf(row[i]!)),
          };
        });
        const csv = [...writeCsv({ columns, rows: rows.length }, { escapeFormulas: false, delimiter })].join(
          "",
        );
        const { table } = await read(csv, { header: true, delimiter });
        expect(namesOf(table)).toEqual(names);
        expect(rowsOf(table)).toEqual(rows);
      }),
      { numRuns: 1500 },
    );
  });

  it("writes a lone missing cell so that it is read again", async () => {
    const { table } = await read('x\n1\n\n3\n""\n');
    expect(written(typed(table))).toBe('x\n1\n""\n3\n""\n');
    expect(rowsOf((await read(written(typed(table)))).table)).toEqual([["1"], [""], ["3"], [""]]);
  });

  it("writes many rows in pieces", async () => {
    const { table } = await read(`a,b\n${"1.5,x\n2,y\n".repeat(2500)}`);
    const pieces = [...writeCsv(typed(table), { escapeFormulas: false })];
    expect(pieces.length).toBe(5);
    expect(pieces.join("")).toBe(`a,b\n${"1.5,x\n2,y\n".repeat(2500)}`);
  });

  it("escapes formulas in text cells and names only", async () => {
    const { table } = await read("=name,b,n\n=1+1,x,-5\n@SUM(A1),-5,-6\n|calc,-,7\n", { header: true });
    expect(written(typed(table), { escapeFormulas: true })).toBe(
      "\"'=name\",b,n\n'=1+1,x,-5\n'@SUM(A1),-5,-6\n'|calc,-,7\n",
    );
  });

  it.each([
    "=1",
    "+A1",
    "-A1",
    "-1+2",
    "-e5",
    "@x",
    "\tx",
    "\rx",
    "|x",
    "%x",
    "＝1",
    " =1",
    "\n=1",
    "  @x",
    '=HYPERLINK("x")',
  ])("escapes %j", (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each(["", "x", "-5", "-5.5", "+1e5", "-", "--", "a=b", "5%", "x@y", "-12.5 %", "'x"])(
    "leaves %j",
    (text) => {
      expect(escapeFormula(text)).toBe(text);
    },
  );
});

describe("selectRows", () => {
  it("takes rows in the order asked for, again where asked twice", async () => {
    const { table } = await read(mixed);
    const lines = mixed.split(/\n(?=Ann|Bob|José|-5)/);
    const chosen = selectRows(typed(table), Int32Array.of(3, 0, 0));
    expect(chosen.rows).toBe(3);
    expect(written(chosen)).toBe(`${lines[0]}\n${lines[4]}${lines[1]}\n${lines[1]}\n`);
  });
});
