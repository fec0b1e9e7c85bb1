import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import { CsvCancelled, CsvRefusal } from "./refusal.ts";
import { concat, cut, latin1, namesOf, read, rowsOf, utf16, utf8 } from "./testing/reading.ts";
import { readCsv } from "./csv.ts";
import { defaultMissingMarks } from "./missing.ts";

interface Case {
  readonly what: string;
  readonly file: string | Uint8Array;
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
  /** Each must be matched by one of the issues. */
  readonly says?: readonly RegExp[];
  /** There must be no issue at all. */
  readonly silent?: true;
  readonly refused?: RegExp;
  readonly delimiter?: string;
  readonly encoding?: string;
}

const people = "name,age\nAda,36\nJosé,41\n";
const peopleRows = [
  ["Ada", "36"],
  ["José", "41"],
];
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

/** Every kind of bad input the lab has to meet, and what must come of it. */
const cases: readonly Case[] = [
  // Nothing or almost nothing
  { what: "empty file", file: "", refused: /file is empty/ },
  { what: "only blank lines", file: "\n\r\n \n", refused: /file is empty/ },
  { what: "only a byte-order mark", file: "\ufeff", refused: /file is empty/ },
  { what: "header only", file: "a,b,c\n", refused: /header \("a", "b", "c"\) but no rows/ },
  { what: "header only, one column", file: "name", refused: /header \("name"\) but no rows/ },
  {
    what: "one row below a header",
    file: "a,b\n1,x\n",
    names: ["a", "b"],
    rows: [["1", "x"]],
    says: [/only one row/],
  },
  {
    what: "one row of numbers",
    file: "1,2.5,3\n",
    names: ["column 1", "column 2", "column 3"],
    rows: [["1", "2.5", "3"]],
  },
  { what: "one column", file: "age\n36\n41\n", names: ["age"], rows: [["36"], ["41"]], silent: true },
  {
    what: "one column of text with commas in it",
    file: 'note\n"a, b"\nc\n',
    names: ["note"],
    rows: [["a, b"], ["c"]],
  },
  { what: "one column, gaps kept", file: "x\n1\n\n3\n\n", names: ["x"], rows: [["1"], [""], ["3"]] },
  {
    what: "all missing",
    file: "a,b\n,\nNA,?\n",
    rows: [
      ["", ""],
      ["NA", "?"],
    ],
    says: [/Every cell of this table is missing/],
  },
  {
    what: "constant",
    file: "a,b\n1,x\n1,y\n",
    rows: [
      ["1", "x"],
      ["1", "y"],
    ],
    silent: true,
  },
  // Rows
  {
    what: "short row",
    file: "a,b,c\n1,2,3\n4,5\n6,7,8\n",
    rows: [
      ["1", "2", "3"],
      ["4", "5", ""],
      ["6", "7", "8"],
    ],
    says: [/^Row 3 has fewer cells/],
  },
  {
    what: "long row",
    file: "a,b\n1,2\n3,4,5\n6,7\n",
    rows: [
      ["1", "2"],
      ["3", "4"],
      ["6", "7"],
    ],
    says: [/^Row 3 has more cells.*left out/],
  },
  {
    what: "many ragged rows",
    file: `a,b\n1,2\n${"9,8\n".repeat(30)}${"3\n".repeat(9)}`,
    says: [/^Rows 33, 34, 35, 36, 37 and 4 more have fewer cells/],
  },
  {
    what: "delimiters at the end of every row",
    file: "a,b\n1,2,\n3,4,\n",
    names: ["a", "b"],
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    says: [/Rows 2 and 3 end with extra delimiters/],
  },
  {
    what: "blank lines",
    file: "a,b\n\n1,2\n   \n3,4\n\n\n",
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    says: [/Skipped 2 blank lines \(rows 2 and 4\)/],
  },
  { what: "blank lines on top", file: "\n\na,b\n1,2\n", names: ["a", "b"], rows: [["1", "2"]] },
  {
    what: "title lines on top",
    file: "Report 2020\n\nname,age,city\nAda,36,Paris\nBob,41,Rome\n",
    names: ["name", "age", "city"],
    rows: [
      ["Ada", "36", "Paris"],
      ["Bob", "41", "Rome"],
    ],
    says: [/Skipped 1 line above the table, beginning "Report 2020"/],
  },
  {
    what: "no line end at the end",
    file: "a,b\n1,2\n3,4",
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    silent: true,
  },
  // Header
  {
    what: "duplicate headers",
    file: "a,a,b,a\n1,2,3,4\n",
    names: ["a", "a (2)", "b", "a (3)"],
    says: [/2 column names repeat others: renamed to "a \(2\)", "a \(3\)"/],
  },
  { what: "duplicate whose new name is taken", file: "a,a (2),a\n1,2,3\n", names: ["a", "a (2)", "a (3)"] },
  {
    what: "empty headers",
    file: "a,,\n1,2,3\n",
    names: ["a", "column 2", "column 3"],
    says: [/2 columns without a name/],
  },
  {
    what: "hostile headers",
    file: "__proto__,constructor,toString\n1,x,y\n2,z,w\n",
    names: ["__proto__", "constructor", "toString"],
    rows: [
      ["1", "x", "y"],
      ["2", "z", "w"],
    ],
    silent: true,
  },
  {
    what: "no header: numbers",
    file: "1,2.5\n3,4.5\n",
    names: ["column 1", "column 2"],
    rows: [
      ["1", "2.5"],
      ["3", "4.5"],
    ],
    says: [/No header row/],
  },
  {
    what: "no header: numbers and words",
    file: "39,State-gov,77516\n50,Private,83311\n38,Private,215646\n",
    names: ["column 1", "column 2", "column 3"],
    says: [/No header row/],
  },
  {
    what: "no header: words that come again",
    file: "yes,red\nno,red\nyes,blue\nno,red\n",
    rows: [
      ["yes", "red"],
      ["no", "red"],
      ["yes", "blue"],
      ["no", "red"],
    ],
    says: [/No header row/],
  },
  {
    what: "years as headers",
    file: "country,2019,2020\nFrance,1.5,2.5\nSpain,3.5,4.5\n",
    names: ["country", "2019", "2020"],
    silent: true,
  },
  {
    what: "counting headers",
    file: "0,1,2,3\n7,8,9,5\n3,3,2,1\n",
    names: ["0", "1", "2", "3"],
    silent: true,
  },
  {
    what: "row names without a header (R)",
    file: "a,b\nr1,1,2\nr2,3,4\n",
    names: ["column 1", "a", "b"],
    says: [/header has 2 names for 3 columns/],
  },
  // Quotes
  {
    what: "quoted cells",
    file: 'a,b\n"x, ""y""","line 1\nline 2"\nz,w\n',
    rows: [
      ['x, "y"', "line 1\nline 2"],
      ["z", "w"],
    ],
    silent: true,
  },
  {
    what: "carriage returns inside quotes stay",
    file: 'a,b\r\n"x\r\ny",1\r\nz,2\r\n',
    rows: [
      ["x\r\ny", "1"],
      ["z", "2"],
    ],
    silent: true,
  },
  {
    what: "quotes inside unquoted cells",
    file: 'size,n\n5" pipe,1\n6" pipe,2\n',
    rows: [
      ['5" pipe', "1"],
      ['6" pipe', "2"],
    ],
    silent: true,
  },
  {
    what: "blanks after a closing quote",
    file: 'a,b\n"x" ,1\n"y"  ,2\n',
    rows: [
      ["x", "1"],
      ["y", "2"],
    ],
  },
  {
    what: "text after a closing quote",
    file: 'a,b\n"x"y,2\n3,4\n',
    rows: [
      ['"x"y', "2"],
      ["3", "4"],
    ],
    says: [/quotation mark inside a quoted cell in row 2/],
  },
  {
    what: "quotes not doubled",
    file: 'a,b\n"say "hi" again",2\n3,4\n',
    rows: [
      ['say "hi" again', "2"],
      ["3", "4"],
    ],
    says: [/quotation mark inside a quoted cell in row 2/],
  },
  {
    what: "unclosed quote",
    file: 'a,b\nx,1\n"y,2\nz,3\n',
    rows: [
      ["x", "1"],
      ['"y', "2"],
      ["z", "3"],
    ],
    says: [/opens in row 3 and never closes/],
  },
  {
    what: "unclosed quote before quoted cells",
    file: 'a,b\n"y,2\nz,"3"\n"w","4"\n',
    rows: [
      ['"y', "2"],
      ["z", "3"],
      ["w", "4"],
    ],
    says: [/opens in row 2 and never closes/],
  },
  // Delimiters
  {
    what: "semicolons and decimal commas",
    file: "a;b\n1,5;2,5\n3,5;4,5\n",
    delimiter: ";",
    names: ["a", "b"],
    rows: [
      ["1,5", "2,5"],
      ["3,5", "4,5"],
    ],
    silent: true,
  },
  { what: "one short row of decimal commas", file: "a;b\n1,5;2,5\n", delimiter: ";", rows: [["1,5", "2,5"]] },
  { what: "tabs", file: "a\tb\n1,5\t2\n", delimiter: "\t", rows: [["1,5", "2"]] },
  { what: "pipes", file: "a|b|c\n1|2|3\n", delimiter: "|", rows: [["1", "2", "3"]] },
  {
    what: "delimiters within quotes do not count",
    file: 'a,b\n"1;2;3",x\n"4;5;6",y\n',
    delimiter: ",",
    rows: [
      ["1;2;3", "x"],
      ["4;5;6", "y"],
    ],
  },
  {
    what: "sep= line",
    file: "sep=;\na;b\n1;2\n3;4\n",
    delimiter: ";",
    names: ["a", "b"],
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    silent: true,
  },
  {
    what: "mixed delimiters",
    file: "a,b,c\n1,2,3\n4;5;6\n7,8,9\n",
    delimiter: ",",
    rows: [
      ["1", "2", "3"],
      ["4", "5", "6"],
      ["7", "8", "9"],
    ],
    says: [/Row 3 uses another delimiter/],
  },
  // Line ends
  {
    what: "Windows line ends",
    file: "a,b\r\n1,2\r\n3,4\r\n",
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    silent: true,
  },
  {
    what: "old Mac line ends",
    file: "a,b\r1,2\r3,4\r",
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
    silent: true,
  },
  {
    what: "mixed line ends",
    file: "a,b\n1,2\r\n3,4\r5,6\n",
    rows: [
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ],
    silent: true,
  },
  {
    what: "mixed line ends beside quotes",
    file: 'a,b\n"1",2\r\n3,"4"\r5,6\n',
    rows: [
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ],
    silent: true,
  },
  // Encodings
  { what: "UTF-8", file: people, rows: peopleRows, encoding: "utf-8", silent: true },
  {
    what: "UTF-8 with a byte-order mark",
    file: `\ufeff${people}`,
    names: ["name", "age"],
    rows: peopleRows,
    encoding: "utf-8",
    silent: true,
  },
  {
    what: "UTF-16 LE with a mark",
    file: utf16(`\ufeff${people}`, true),
    names: ["name", "age"],
    rows: peopleRows,
    encoding: "utf-16le",
    silent: true,
  },
  {
    what: "UTF-16 BE with a mark",
    file: utf16(`\ufeff${people}`, false),
    names: ["name", "age"],
    rows: peopleRows,
    encoding: "utf-16be",
    silent: true,
  },
  { what: "UTF-16 LE without a mark", file: utf16(people, true), rows: peopleRows, encoding: "utf-16le" },
  { what: "UTF-16 BE without a mark", file: utf16(people, false), rows: peopleRows, encoding: "utf-16be" },
  {
    what: "Latin-1",
    file: latin1(people),
    rows: peopleRows,
    encoding: "windows-1252",
    says: [/not UTF-8; it was read as windows-1252/],
  },
  {
    what: "windows-1252 beyond Latin-1",
    file: concat(utf8("price,n\n"), latin1("5 \x80,1\n")),
    rows: [["5 €", "1"]],
    encoding: "windows-1252",
  },
  {
    what: "UTF-8 with a broken byte",
    file: concat(utf8("name,n\nJosé,1\nA"), latin1("\xff"), utf8("da,2\n")),
    rows: [
      ["José", "1"],
      ["A\ufffdda", "2"],
    ],
    encoding: "utf-8",
    says: [/not valid UTF-8.*column "name", data row 2/],
  },
  // Sizes
  {
    what: "5,000 columns",
    file: `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(",")}\n${"7,".repeat(4999)}7\n`,
    rows: [new Array<string>(5000).fill("7")],
  },
  {
    what: "more than 20,000 columns",
    file: `${"a,".repeat(20_000)}a\n${"7,".repeat(20_000)}7\n`,
    refused: /20,001 columns; at most 20,000/,
  },
  {
    what: "a 100 kB cell",
    file: `a,b\n"${"x y\n".repeat(25_000)}",1\nz,2\n`,
    rows: [
      ["x y\n".repeat(25_000), "1"],
      ["z", "2"],
    ],
    silent: true,
  },
  // Numbers stay text here: whatever a column turns out to be, nothing is lost
  {
    what: "huge integers",
    file: "a,b\n90071992547409931,x\n123456789012345678901234567890,y\n",
    rows: [
      ["90071992547409931", "x"],
      ["123456789012345678901234567890", "y"],
    ],
  },
  {
    what: "1e308, NaN and Infinity",
    file: "a,b\n1e308,x\nNaN,y\n-Infinity,z\n",
    rows: [
      ["1e308", "x"],
      ["NaN", "y"],
      ["-Infinity", "z"],
    ],
  },
  {
    what: "thousands separators",
    file: 'a,b\n"1,234.50",x\n"12,345.00",y\n',
    rows: [
      ["1,234.50", "x"],
      ["12,345.00", "y"],
    ],
    silent: true,
  },
  // Not tables
  { what: "PDF", file: "%PDF-1.7\n%âãÏÓ\n1 0 obj\n", refused: /PDF document/ },
  { what: "PNG", file: png, refused: /PNG picture/ },
  { what: "xlsx", file: latin1("PK\x03\x04\x14\x00\x06\x00"), refused: /zip archive \(an Excel .xlsx/ },
  { what: "gzip", file: latin1("\x1f\x8b\x08\x00\x00"), refused: /gzip archive/ },
  {
    what: "Parquet",
    file: concat(utf8("PAR1"), latin1("\x15\x00\x15\x90\x02\x00\xff\xfe\x00\x01\x02")),
    refused: /Parquet file/,
  },
  { what: "old Excel", file: latin1("\xd0\xcf\x11\xe0\xa1\xb1"), refused: /old Excel/ },
  { what: "JSON", file: '[{"a": 1}, {"a": 2}]', refused: /JSON/ },
  { what: "HTML", file: "<!DOCTYPE html><html></html>", refused: /web page/ },
  {
    what: "random bytes",
    file: Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 17) % 251),
    refused: /not a text file/,
  },
  { what: "a header called PAR1", file: "PAR1,b\n1,2\n", names: ["PAR1", "b"], rows: [["1", "2"]] },
];

describe("readCsv on bad input", () => {
  it.each(cases)("$what", async ({ file, names, rows, says, silent, refused, delimiter, encoding }) => {
    // Two ways of cutting: as a browser does, and badly.
    for (const sizes of [[65_536], [997, 64, 4096]]) {
      if (refused !== undefined) {
        const error = await read(file, {}, sizes).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(CsvRefusal);
        expect((error as CsvRefusal).message).toMatch(refused);
        continue;
      }
      const reading = await read(file, {}, sizes);
      if (names) expect(namesOf(reading.table)).toEqual(names);
      if (rows) expect(rowsOf(reading.table)).toEqual(rows);
      if (delimiter) expect(reading.delimiter).toBe(delimiter);
      if (encoding) expect(reading.encoding).toBe(encoding);
      if (silent) expect(reading.issues).toEqual([]);
      for (const said of says ?? []) expect(reading.issues).toContainEqual(expect.stringMatching(said));
    }
  });

  it("refuses a file of one endless line", async () => {
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      const bytes = utf8("abcdefgh".repeat(131_072));
      for (let i = 0; i < 40; i++) yield bytes;
    };
    const options = { missingMarks: defaultMissingMarks, rowLimit: 10, random: random(1) };
    await expect(readCsv(endless(), options)).rejects.toThrow(/longer than 16,000,000 characters/);
  });

  it("mends a file full of broken quotes without slowing down", async () => {
    const stray = await read(`a,b\n${'"x"y,1\n'.repeat(100_000)}`);
    expect(stray.table.columns[0]!.levels).toEqual(['"x"y']);
    expect(stray.issues.join(" ")).toMatch(/rows 2, 3, 4, 5, 6 and 99,995 more/);
    const open = await read(`a,b\n${'"x,1\n'.repeat(100_000)}`);
    expect(open.table.columns[0]!.levels).toEqual(['"x']);
    expect(open.rowsRead).toBe(100_000);
  });

  it("does not touch Object.prototype", async () => {
    await read("__proto__,constructor\npolluted,x\n");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("reads or refuses any bytes, and never fails otherwise", async () => {
    const soup = fc
      .array(fc.constantFrom(..."a1\",;\t\r\n\0\u00e9\ufeff |='x".split("")), { maxLength: 60 })
      .map((c) => utf8(c.join("")));
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, fc.uint8Array({ maxLength: 80 })), async (bytes) => {
        const outcome = await read(bytes).catch((caught: unknown) => caught);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(CsvRefusal);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("readCsv and the cutting of its chunks", () => {
  it("gives the same reading for any cutting", async () => {
    const cell = fc.oneof(
      fc.constantFrom("1", "2,5", "", "NA", "é", "日本", "😀", "a\r\nb", '"', '"x"y', "'", " z ", "\ufeff"),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    const quoting = fc.boolean();
    const line = fc.array(fc.tuple(cell, quoting), { minLength: 1, maxLength: 4 });
    const file = fc
      .tuple(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(",", ";"),
        fc.boolean(),
      )
      .map(([lines, end, mark, closed]) => {
        const text = lines
          .map((cells) => cells.map(([c, q]) => (q ? `"${c.replaceAll('"', '""')}"` : c)).join(mark))
          .join(end);
        return closed ? text + end : text;
      });
    const encoded = fc.oneof(
      file.map(utf8),
      file.map((text) => utf16(`\ufeff${text}`, true)),
      file.map((text) => latin1(text.replace(/[^\0-\xff]/g, "ü"))),
    );
    await fc.assert(
      fc.asyncProperty(
        encoded,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (bytes, sizes) => {
          const settle = (caught: unknown): unknown =>
            caught instanceof CsvRefusal ? caught.message : Promise.reject(caught);
          const whole = await read(bytes).catch(settle);
          expect(await read(bytes, {}, sizes).catch(settle)).toEqual(whole);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("gives the same reading past the head, with characters and line ends cut apart", async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, i) => `${i},"日本 ${i % 97}\r\nü😀",${i % 3 === 0 ? "x" : '"y""z"'}`,
    );
    const bytes = utf8(`id,text,kind\r\n${rows.join("\r\n")}\r\n`);
    const whole = await read(bytes, {}, [bytes.length]);
    expect(whole.issues).toEqual([]);
    expect(whole.table.rows).toBe(9000);
    for (const sizes of [[65_537, 3, 1, 2], [4099], [70_001, 1, 1, 1, 1, 1, 1]]) {
      expect(await read(bytes, {}, sizes)).toEqual(whole);
    }
  });

  it("finds Latin-1 late in a file", async () => {
    const bytes = concat(utf8(`a,b\n${"1,plain\n".repeat(10_000)}`), latin1("2,caf\xe9\n2,\x80\n"));
    const whole = await read(bytes, {}, [bytes.length]);
    expect(rowsOf(whole.table).slice(-2)).toEqual([
      ["2", "café"],
      ["2", "€"],
    ]);
    expect(await read(bytes, {}, [80_005, 1, 1, 1, 2])).toEqual(whole);
  });
});

describe("readCsv above its row limit", () => {
  const file = `id,half\n${Array.from({ length: 5000 }, (_, i) => `row number ${i},${i % 2}`).join("\n")}\n`;

  it("keeps a random choice in the file's order and says so", async () => {
    const { table, rowsRead, issues } = await read(file, { rowLimit: 500 });
    expect(rowsRead).toBe(5000);
    expect(table.rows).toBe(500);
    expect(issues).toEqual(["Kept a random 500 of 5,000 rows."]);
    const kept = rowsOf(table).map(([id]) => Number(id!.slice("row number ".length)));
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    // 500 of 5,000 at random: the mean is 2,500 with a standard error of 61
    expect(Math.abs(kept.reduce((sum, n) => sum + n, 0) / 500 - 2500)).toBeLessThan(250);
    // Texts of rows that were replaced are gone
    expect(table.columns[0]!.levels.length).toBe(500);
    expect(table.columns[0]!.codes[0]).toBe(0);
  });

  it("draws the same rows for the same seed, however the file is cut", async () => {
    const once = await read(file, { rowLimit: 300, random: random(7) });
    expect(await read(file, { rowLimit: 300, random: random(7) }, [501, 77])).toEqual(once);
    expect((await read(file, { rowLimit: 300, random: random(8) })).table).not.toEqual(once.table);
  });

  it("draws every row equally often", async () => {
    const small = `x\n${Array.from({ length: 20 }, (_, i) => `v${i}`).join("\n")}\n`;
    const hits = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      const { table } = await read(small, { rowLimit: 5, random: random(seed) });
      for (const [cell] of rowsOf(table)) hits[Number(cell!.slice(1))]!++;
    }
    // Binomial(400, 1/4): mean 100, standard deviation 8.7
    for (const hit of hits) expect(Math.abs(hit - 100)).toBeLessThan(40);
  });
});

describe("readCsv on its way", () => {
  it("reports shares that grow to 1 and rows", async () => {
    const bytes = utf8(`a,b\n${"1,2\n".repeat(100_000)}`);
    const seen: [number, number][] = [];
    await read(bytes, {
      totalBytes: bytes.length,
      onProgress: (share, rows) => void seen.push([share, rows]),
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a[0] - b[0]));
    expect(seen.at(-1)).toEqual([1, 100_000]);
  });

  it("stops when cancelled", async () => {
    let chunks = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of cut(utf8(`a,b\n${"1,2\n".repeat(200_000)}`), [65_536])) {
        chunks++;
        yield chunk;
      }
    };
    const options = {
      missingMarks: defaultMissingMarks,
      rowLimit: 10,
      random: random(1),
      cancelled: () => chunks > 3,
    };
    await expect(readCsv(counted(), options)).rejects.toBeInstanceOf(CsvCancelled);
    expect(chunks).toBeLessThan(6);
  });
});
