import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inferColumn, type Inference } from "./infer.ts";
import { defaultMissingMarks } from "./missing.ts";
import type { ColumnType, TextColumn } from "./table.ts";
import type { ColumnWarning } from "./warnings.ts";

function columnOf(cells: readonly string[], name = "x"): TextColumn {
  const levels = [...new Set(cells)];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { name, codes: Int32Array.from(cells, (cell) => codeOf.get(cell)!), levels };
}

function infer(cells: readonly string[], name = "x"): Inference {
  return inferColumn(columnOf(cells, name), cells.length, { missingMarks: defaultMissingMarks });
}

function list(n: number, cell: (i: number) => string | number): string[] {
  return Array.from({ length: n }, (_, i) => String(cell(i)));
}

const words = (text: string): string[] => text.split(" ").map((word) => (word === "_" ? "" : word));

interface Decision {
  readonly what: string;
  readonly cells: readonly string[];
  readonly name?: string;
  readonly type: ColumnType;
  readonly format?: Partial<NonNullable<Inference["number"]>>;
  readonly date?: string;
  readonly mark?: string;
  readonly warns?: readonly ColumnWarning[];
  readonly notes?: RegExp;
}

const sentences = list(30, (i) => `The patient number ${i} came back after ${i * 3} days of rest.`);

const decisions: readonly Decision[] = [
  // Numbers
  { what: "integers", cells: words("3 1 4 1 5 9 2 6"), type: "number", format: { decimals: 0 } },
  {
    what: "ages in a small table",
    cells: words("36 41 29 57 33 48 62 25 19 71 44"),
    name: "age",
    type: "number",
  },
  { what: "three integers, all different", cells: words("10 20 30"), type: "number" },
  {
    what: "decimals of one length",
    cells: words("1.50 2.25 3.00"),
    type: "number",
    format: { decimals: 2, minDecimals: 2 },
  },
  {
    what: "decimals as Python writes them",
    cells: words("1.0 2.25 3.5"),
    type: "number",
    format: { decimals: 2, minDecimals: 1 },
  },
  {
    what: "decimals of several lengths",
    cells: words("1.5 2.25 3"),
    type: "number",
    format: { decimals: 2 },
  },
  { what: "decimals, all different", cells: list(200, (i) => (i * 0.37 + 1.005).toFixed(3)), type: "number" },
  { what: "negative numbers", cells: words("-1 -2.5 3"), type: "number", format: { decimals: 1 } },
  { what: "unicode minus", cells: words("−1 −2 3"), type: "number" },
  { what: "exponents", cells: words("1e5 2.5E-3 7"), type: "number", format: { decimals: 4 } },
  { what: "1e308", cells: words("1e308 -1e308 3"), type: "number" },
  { what: "few distinct numbers", cells: words("1 2 3 1 2 3 1 2 3 1"), type: "number" },
  { what: "two numbers that are not 0 and 1", cells: words("1 2 1 2 2"), type: "number" },
  { what: "numbers and empty cells", cells: words("1 _ 2 _ 3"), type: "number", mark: "" },
  {
    what: "numbers and NA",
    cells: words("1 NA 2 NA 3 n/a"),
    type: "number",
    mark: "NA",
    notes: /spelled in 2 ways \("NA", "n\/a"\); they are written back as "NA"/,
  },
  { what: "numbers and NaN", cells: words("1.5 NaN 2.5"), type: "number", mark: "NaN" },
  { what: "numbers and ?", cells: words("1 ? 2 3"), type: "number", mark: "?" },
  { what: "numbers and null", cells: words("1 null 2 3"), type: "number", mark: "null" },
  {
    what: "numbers and -",
    cells: words("1 - 2 3 -"),
    type: "number",
    mark: "-",
    notes: /2 cells that are not numbers \("-"\) read as missing/,
  },
  {
    what: "numbers and Infinity",
    cells: words("1.5 Infinity 2.5 -inf"),
    type: "number",
    notes: /2 cells that are not numbers \("Infinity", "-inf"\)/,
  },
  {
    what: "numbers beyond a double",
    cells: words("1 1e999 2"),
    type: "number",
    notes: /1 cell that is not numbers/,
  },
  {
    what: "a stray word among many numbers",
    cells: [...list(200, (i) => i * 7), "broken"],
    type: "number",
    notes: /"broken".* read as missing/,
  },
  { what: "blanks around numbers", cells: [" 39", " 50", " 38"], type: "number", format: { prefix: " " } },
  {
    what: "thousands with commas",
    cells: ["1,234", "12,345", "999", "1,234,567"],
    type: "number",
    format: { thousandsMark: ",", decimalMark: ".", decimals: 0 },
  },
  {
    what: "1,234 alone",
    cells: ["1,234", "2,345"],
    type: "number",
    format: { thousandsMark: ",", decimals: 0 },
    notes: /thousands separator/,
  },
  {
    what: "English money",
    cells: ["$1,234.50", "$99.00", "$12,000.25"],
    type: "number",
    format: { prefix: "$", thousandsMark: ",", decimals: 2, minDecimals: 2 },
  },
  {
    what: "decimal commas",
    cells: ["1,5", "2,25", "-3,0"],
    type: "number",
    format: { decimalMark: ",", thousandsMark: "", decimals: 2 },
  },
  {
    what: "decimal commas below one",
    cells: ["0,125", "0,250"],
    type: "number",
    format: { decimalMark: ",", thousandsMark: "", decimals: 3 },
  },
  {
    what: "German numbers",
    cells: ["1.234,56", "12,30", "1.000.000,00"],
    type: "number",
    format: { decimalMark: ",", thousandsMark: ".", decimals: 2 },
  },
  {
    what: "dots between thousands",
    cells: ["1.234.567", "12.345", "999"],
    type: "number",
    format: { decimalMark: ",", thousandsMark: ".", decimals: 0 },
  },
  {
    what: "Swiss numbers",
    cells: ["1'234.50", "12.25"],
    type: "number",
    format: { thousandsMark: "'", decimals: 2 },
  },
  {
    what: "French numbers",
    cells: ["1 234,5", "12 000,25"],
    type: "number",
    format: { thousandsMark: " ", decimalMark: ",", decimals: 2 },
  },
  { what: "per cent", cells: ["45%", "3.5%", "100%"], type: "number", format: { suffix: "%", decimals: 1 } },
  {
    what: "euros behind",
    cells: ["45 €", "3,50 €"],
    type: "number",
    format: { suffix: " €", decimalMark: "," },
  },
  { what: "kilograms", cells: ["70 kg", "82.5 kg"], type: "number", format: { suffix: " kg" } },
  { what: "years", cells: list(21, (i) => 2000 + i), name: "year", type: "number" },
  { what: "English and German mixed", cells: ["1.234,56", "1,234.56", "1.234,56", "x"], type: "category" },
  { what: "units mixed", cells: ["5 kg", "5 lb", "7 kg", "8 lb"], type: "category" },
  // Codes and ids
  { what: "leading zeros", cells: words("00123 00124 00123 00555"), type: "category" },
  {
    what: "leading zeros, all different",
    cells: list(40, (i) => String(i * 37).padStart(5, "0")),
    type: "identifier",
    warns: ["identifier"],
  },
  {
    what: "integers beyond 2^53",
    cells: list(20, (i) => `9007199254740993${i + 10}`),
    type: "identifier",
    warns: ["identifier", "big-integers"],
  },
  {
    what: "few integers beyond 2^53",
    cells: words("9007199254740993 9007199254740993 9007199254740995 9007199254740995"),
    type: "category",
    warns: ["rare-categories", "big-integers"],
  },
  { what: "largest exact integers", cells: words("9007199254740991 -9007199254740991 5"), type: "number" },
  { what: "row numbers", cells: list(50, (i) => i + 1), type: "identifier", warns: ["identifier"] },
  { what: "row numbers counting down", cells: list(50, (i) => 50 - i), type: "identifier" },
  { what: "distinct integers in no order", cells: list(50, (i) => (i * 37) % 101), type: "number" },
  {
    what: "integers called id",
    cells: list(50, (i) => (i * 37) % 101),
    name: "customer_id",
    type: "identifier",
  },
  {
    what: "integers called PassengerId",
    cells: list(50, (i) => (i * 37) % 101),
    name: "PassengerId",
    type: "identifier",
  },
  { what: "repeated integers called id", cells: list(50, (i) => i % 5), name: "shop_id", type: "number" },
  { what: "integers called paid", cells: list(50, (i) => (i * 37) % 101), name: "paid", type: "number" },
  { what: "UUIDs", cells: list(4, (i) => `123e4567-e89b-12d3-a456-42661417400${i}`), type: "identifier" },
  { what: "e-mail addresses", cells: list(5, (i) => `user${i}@example.org`), type: "identifier" },
  { what: "telephone numbers", cells: list(12, (i) => `+4420794600${i + 10}`), type: "identifier" },
  {
    what: "names, all different",
    cells: list(60, (i) => `Name ${String.fromCharCode(65 + (i % 26))}${i}`),
    name: "name",
    type: "identifier",
  },
  {
    what: "mostly different codes",
    cells: list(400, (i) => `c${i % 240}`),
    type: "identifier",
    warns: ["identifier"],
  },
  // Two values
  { what: "true and false", cells: words("true false true"), type: "boolean" },
  { what: "True and False with gaps", cells: words("True False _ True"), type: "boolean" },
  { what: "yes and no", cells: words("Yes No No"), type: "boolean" },
  { what: "Y and N", cells: words("Y N N"), type: "boolean" },
  { what: "0 and 1", cells: words("0 1 1 0"), type: "boolean" },
  { what: "0.0 and 1.0", cells: words("0.0 1.0 1.0"), type: "boolean" },
  { what: "M and F", cells: words("M F F M"), type: "category" },
  { what: "yes, no and maybe", cells: words("yes no maybe yes"), type: "category" },
  // Constants
  { what: "one value", cells: words("a a a"), type: "constant", warns: ["constant"] },
  { what: "one number", cells: words("7 7 7"), type: "constant", warns: ["constant"] },
  { what: "one value and gaps", cells: words("a _ a"), type: "constant", warns: ["constant"] },
  { what: "all missing", cells: words("_ _ _"), type: "constant", mark: "", warns: ["constant"] },
  // Dates
  { what: "ISO dates", cells: words("2020-01-31 2021-12-01"), type: "datetime", date: "yyyy-MM-dd" },
  {
    what: "ISO times",
    cells: ["2020-01-31T10:20:30", "2021-12-01T00:00:00"],
    type: "datetime",
    date: "yyyy-MM-ddTHH:mm:ss",
  },
  {
    what: "SQL times with fractions",
    cells: ["2020-01-31 10:20:30.123", "2021-12-01 00:00:00.000"],
    type: "datetime",
    date: "yyyy-MM-dd HH:mm:ss.SSS",
  },
  {
    what: "UTC times",
    cells: ["2020-01-31T10:20:30Z", "2021-12-01T00:00:00Z"],
    type: "datetime",
    date: "yyyy-MM-ddTHH:mm:ss[Z]",
  },
  {
    what: "times with one offset",
    cells: ["2020-01-31T10:20+02:00", "2021-12-01T00:00+02:00"],
    type: "datetime",
    date: "yyyy-MM-ddTHH:mm[+02:00]",
  },
  {
    what: "times with several offsets",
    cells: ["2020-01-31T10:20+02:00", "2021-06-01T00:00+01:00"],
    type: "datetime",
    date: "yyyy-MM-ddTHH:mmXXX",
  },
  { what: "day first", cells: words("31/01/2020 01/12/2021"), type: "datetime", date: "dd/MM/yyyy" },
  { what: "month first", cells: words("01/31/2020 12/01/2021"), type: "datetime", date: "MM/dd/yyyy" },
  {
    what: "unpadded, late",
    cells: ["12/31/2020", "11/15/2021", "1/5/2020"],
    type: "datetime",
    date: "M/d/yyyy",
  },
  {
    what: "day or month first",
    cells: words("01/02/2020 03/04/2021"),
    type: "datetime",
    date: "MM/dd/yyyy",
    notes: /can't be told apart; the month|Day and month/,
  },
  {
    what: "days take more values than months",
    cells: list(12, (i) => `${String(i + 1).padStart(2, "0")}/0${(i % 2) + 1}/2020`),
    type: "datetime",
    date: "dd/MM/yyyy",
  },
  { what: "German dates", cells: words("31.01.2020 1.2.2021"), type: "datetime", date: "d.M.yyyy" },
  { what: "short years", cells: words("31.01.20 01.02.21"), type: "datetime", date: "dd.MM.yy" },
  { what: "named months", cells: ["5 Jan 2020", "17 Feb 2021"], type: "datetime", date: "d MMM yyyy" },
  {
    what: "American long dates",
    cells: ["January 5, 2020", "May 17, 2021"],
    type: "datetime",
    date: "MMMM d, yyyy",
  },
  {
    what: "half-day clock",
    cells: ["1/5/2020 3:04 PM", "12/31/2020 11:59 AM"],
    type: "datetime",
    date: "M/d/yyyy h:mm a",
  },
  { what: "compact dates", cells: words("20200131 20211201 20200202"), type: "datetime", date: "yyyyMMdd" },
  { what: "eight-digit numbers", cells: words("20200131 20219901 20200202"), type: "number" },
  { what: "months", cells: words("2020-01 2020-02 2021-12"), type: "datetime", date: "yyyy-MM" },
  { what: "times of day", cells: words("10:30 23:59 00:00"), type: "datetime", date: "HH:mm" },
  {
    what: "dates and gaps",
    cells: words("2020-01-31 NaT NaT 2021-12-01 NaT"),
    type: "datetime",
    mark: "NaT",
  },
  { what: "30 February", cells: words("2020-02-30 2020-02-31"), type: "category" },
  { what: "versions", cells: words("1.2.3 1.10.2 1.2.3"), type: "category" },
  // Text and categories
  { what: "sentences", cells: sentences, type: "text", warns: ["free-text"] },
  { what: "a 100 kB cell", cells: ["x ".repeat(50_000), "a", "b"], type: "text" },
  {
    what: "categories",
    cells: list(60, (i) => ["red", "green", "blue"][i % 3]!),
    type: "category",
    warns: [],
  },
  {
    what: "a rare category",
    cells: [...list(60, (i) => ["red", "green"][i % 2]!), "pink"],
    type: "category",
    warns: ["rare-categories"],
  },
  {
    what: "repeated phrases",
    cells: list(60, (i) => ["I do not agree at all with this", "I fully agree with this one"][i % 2]!),
    type: "category",
  },
  { what: "None as an answer", cells: words("None Brick None Stone Brick"), type: "category", mark: "" },
  {
    what: "mostly missing",
    cells: [...list(60, () => ""), ...list(12, (i) => ["a", "b"][i % 2]!)],
    type: "category",
    warns: ["mostly-missing"],
  },
  {
    what: "many categories",
    cells: list(300, (i) => `town ${i % 100}`),
    type: "category",
    warns: ["near-unique", "rare-categories"],
  },
  { what: "hostile words", cells: words("__proto__ constructor __proto__ toString"), type: "category" },
];

describe("inferColumn", () => {
  it.each(decisions)("$what -> $type", ({ cells, name, type, format, date, mark, warns, notes }) => {
    const found = infer(cells, name);
    expect(found.type).toBe(type);
    if (format) expect(found.number).toMatchObject(format);
    if (date !== undefined) expect(found.date).toBe(date);
    if (mark !== undefined) expect(found.missingMark).toBe(mark);
    if (warns) expect(found.warnings.map((warning) => warning.kind)).toEqual(warns);
    if (notes) expect(found.notes.join(" ")).toMatch(notes);
    else expect(found.notes).toEqual([]);
    expect(found.possible[0]).toBe(type);
    const off = type === "identifier" || type === "text" || type === "constant";
    expect(found.reason !== "").toBe(off);
  });

  it("lists only types that lose no cell", () => {
    expect(infer(words("1 2 3 1")).possible).toEqual(["number", "category", "identifier", "text"]);
    expect(infer(words("a b a")).possible).not.toContain("number");
    expect(infer(words("0 1 0")).possible).toContain("number");
    expect(infer(words("2020-01-01 2020-01-02")).possible).toContain("datetime");
    expect(infer(list(20, (i) => `9007199254740993${i + 10}`)).possible).not.toContain("number");
  });

  it("compares missing marks without regard to case and blanks, and takes other marks", () => {
    expect(infer(["1", " na ", "2"]).missingMark).toBe(" na ");
    const marks = inferColumn(columnOf(["1", "-999", "2", "NA"]), 4, { missingMarks: ["-999", "NA"] });
    expect([marks.type, marks.missingMark]).toEqual(["number", "-999"]);
  });

  it("never fails, whatever the cells", () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("", "NA", "1", "1,5", "2020-01-01", "∞", "\0", "__proto__"),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), fc.string(), (cells, name) => {
        expect(infer(cells, name).possible.length).toBeGreaterThan(0);
      }),
    );
  });
});
