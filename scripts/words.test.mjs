/** Holds that every sentence can be translated, and that each translation says them all. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./node.mjs";
import { faults, patterns, unsaid } from "./words.mjs";

const languages = readdirSync(path.join(root, "src/language"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

describe("a translation", () => {
  it.each(languages)("%s has every sentence once, filled in and marked as the English one", (language) => {
    expect(faults(language)).toEqual([]);
  });

  it("is missed where a sentence is new, and found where nobody says it any more", () => {
    const wanted = new Map([["{0} rows", ""]]);
    expect(faults("de", wanted, {})).toEqual(['lacks "{0} rows"']);
    expect(faults("de", wanted, { "{0} rows": "Zeilen" })).toHaveLength(1);
    expect(faults("de", wanted, { "{0} rows": "{0} Zeilen", gone: "weg" })).toEqual(['nobody says "gone"']);
    const plural = new Map([["row|rows", ""]]);
    expect(faults("de", plural, { "row|rows": "Zeile" })).toHaveLength(1);
    expect(faults("de", plural, { "row|rows": "Zeile|Zeilen" })).toEqual([]);
  });
});

describe("views", () => {
  it("say nothing that can't be translated", () => {
    expect(unsaid()).toEqual([]);
  });

  it("are caught where they would", () => {
    const saying = (text) => unsaid([{ file: "a.tsx", text }]);
    expect(saying("export const A = () => <p>Some words</p>;")).toHaveLength(1);
    expect(saying('export const A = () => <p aria-label="Some words" />;')).toHaveLength(1);
    expect(
      saying('export const A = ({ on }) => <p title={on ? "On" : undefined}>{on && "Words"}</p>;'),
    ).toHaveLength(2);
    expect(saying("export const A = () => <p title={t`On`} className={css.a}>{t`Words`}</p>;")).toEqual([]);
  });

  it("have sentences to translate", () => {
    expect(patterns().get("Train")).toMatch(/Transport\.tsx$/);
  });
});
