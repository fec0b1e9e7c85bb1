import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportCard } from "../src/protocol/report.ts";
import { run } from "./program.ts";
import { terminal } from "./testing/terminal.ts";

const csv = (rows: number, shift: number): string =>
  `size,class,sex\n${Array.from({ length: rows }, (_, i) => `${(i * 7 + shift) % 40},${(i * 7 + shift) % 40 < 20 ? "low" : "high"},${i % 3 === 0 ? "F" : "M"}`).join("\n")}\n`;

let folder = "";
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "likeness-score-"));
  writeFileSync(at("real.csv"), csv(90, 0));
  writeFileSync(at("held.csv"), csv(70, 3));
  writeFileSync(at("made.csv"), csv(80, 5));
  writeFileSync(at("short.csv"), "size,class\n1,low\n2,high\n3,low\n");
});
afterAll(() => rmSync(folder, { recursive: true }));
const files = (): string[] => ["score", at("real.csv"), at("made.csv")];
const score = async (...more: string[]): Promise<{ code: number; written: string; said: string }> => {
  const heard = terminal();
  const code = await run([...files(), ...more], heard);
  return { code, written: heard.written, said: heard.said };
};

describe("likeness score", () => {
  it("writes a table that a person can read, and says what it guessed", async () => {
    const { code, written, said } = await score("--holdout", at("held.csv"));
    expect(code).toBe(0);
    for (const word of ["FIDELITY", "UTILITY", "PRIVACY", "COMPLETENESS", "STABILITY", "MODEL UTILITY"])
      expect(written).toMatch(new RegExp(`^${word}`, "mu"));
    expect(written).toMatch(/^ +synthetic +holdout +independent +copy$/mu);
    expect(written).toMatch(/^FIDELITY +\d\.\d{3} ± \d\.\d{3} +\d\.\d{3} +\d\.\d{3} +\d\.\d{3}$/mu);
    expect(written).toContain("not computable, because: ");
    expect(written).toContain("WORST COLUMNS");
    expect(said).toContain('Guessed: "class" is what others would predict (by its name)');
  });

  it("writes the same as JSON and as a page that stands alone", async () => {
    const options = ["--holdout", at("held.csv"), "--target", "class", "--key", "sex", "--sensitive", "size"];
    const { code, written, said } = await score(...options, "--json", "--html", at("report.html"), "--quiet");
    expect([code, said]).toEqual([0, ""]);
    const card = JSON.parse(written) as ReportCard;
    expect(card).toMatchObject({
      report: 1,
      table: "real.csv",
      rows: { train: 90, holdout: 70, synthetic: 80 },
      question: { target: "class", key: ["sex"], sensitive: ["size"] },
    });
    const page = readFileSync(at("report.html"), "utf8");
    for (const { measured } of card.axes)
      if ("value" in measured)
        expect(page).toMatch(new RegExp(`<b\\s*>\\s*${measured.value.toFixed(2)}`, "u"));
    expect(page).not.toContain("Closest pairs");
    const again = await score(...options, "--html", at("report.html"));
    expect(again.code).toBe(2);
    expect(again.said).toContain("is there already. --force overwrites it");
  });

  it("does without held-out rows, and says what that leaves out", async () => {
    const { code, written, said } = await score("--target", "class");
    expect(code).toBe(0);
    expect(said).toContain("Without --holdout, real rows that no model saw, there is no figure for privacy");
    expect(written).toMatch(/^PRIVACY\n {4}not computable, because: /mu);
  });

  it.each([
    [["--target", "colour"], 2, 'real.csv has no column "colour". Its columns: size, class, sex.'],
    [["--key", "sex"], 2, "--key and --sensitive go together"],
    [["--key", "sex", "--sensitive", "sex"], 2, '"sex" can\'t be both known and sensitive.'],
    [["more.csv"], 2, "Name two files, not 3"],
    [["--with-rows"], 2, "--with-rows is about the page"],
    [["--json", "--html", "-"], 2, "both write to stdout"],
    [["--holdout", "nowhere.csv"], 2, "There is no file nowhere.csv."],
    [["--targte", "class"], 2, "Did you mean --target?"],
  ])("refuses %s in words", async (words, expected, message) => {
    const { code, said, written } = await score(...words);
    expect([code, written]).toEqual([expected, ""]);
    expect(said).toContain(message);
    expect(said).toContain("See likeness score --help.");
  });

  it("ends with 1 where files don't fit together, with 130 where it is stopped", async () => {
    const heard = terminal();
    expect(await run(["score", at("real.csv"), at("short.csv")], heard)).toBe(1);
    expect(heard.said).toContain('short.csv has no column "sex", which');
    const stopped = terminal("", 3);
    expect(await run([...files(), "--html", at("never.html")], stopped)).toBe(130);
    expect(stopped.written).toBe("");
  });

  it("never writes over one of its tables", async () => {
    const { code, said } = await score("--html", at("made.csv"), "--force");
    expect(code).toBe(2);
    expect(said).toContain("is one of the tables; name another file");
    expect(readFileSync(at("made.csv"), "utf8")).toBe(csv(80, 5));
  });
});
