import { describe, expect, it } from "vitest";
import { experiments } from "../catalog/experiments.ts";
import { finish } from "../downstream/work.ts";
import { fitEncoder } from "../encode/encoder.ts";
import type { ExperimentCard } from "../protocol/experiment.ts";
import { allRows } from "../quality/compared.ts";
import { random } from "../random/random.ts";
import { categories, numbers } from "../table/testing/columns.ts";
import type { Table } from "../table/table.ts";
import { reportCard } from "./reportCard.ts";
import { reportPage } from "./reportPage.ts";

const evil = `<img src=x onerror="alert('x')">`;
function table(rows: number, seed: number): Table {
  const source = random(seed);
  const sizes = Array.from({ length: rows }, () => Math.round(100 * source.normal()) / 100);
  return {
    columns: [
      numbers(
        "size",
        sizes.map((size, i) => (i % 9 === 0 ? NaN : size)),
      ),
      categories(
        evil,
        sizes.map((size) => (size > 0 ? "high & dry" : evil)),
      ),
      numbers(
        "other",
        sizes.map((size) => size + source.normal()),
      ),
    ],
    rows,
  };
}
function cardOf(holdout: Table) {
  const train = table(120, 1);
  const encoder = fitEncoder(train, allRows(train), { numeric: "standard" });
  return finish(
    reportCard(
      { table: evil },
      { train, holdout, synthetic: table(120, 3) },
      {
        target: evil,
        key: [],
        sensitive: [],
        encode: (of, rows) => encoder.encode(of, rows),
        random: random(1),
      },
    ),
  );
}
const card = cardOf(table(100, 2));
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"); // prettier-ignore
const tried: ExperimentCard = {
  headline: { outcome: "no gain", words: "No gain in AUC" },
  charts: [
    {
      learner: "boosting",
      measure: "auc",
      title: "AUC of boosted trees",
      arms: [{ name: "both", label: "both", points: [{ real: 80, made: 400, scores: [0.69, 0.734, null] }] }],
    },
  ],
  contests: [{ outcome: "no gain", words: `${evil} moved nothing.`, main: true }],
  choice: { ...experiments[0]!.choice },
  maker: "Copula",
  rows: { train: 120, test: 100 },
  seconds: 1,
  notes: [],
  limits: [{ topic: "generalisation", weight: "so", sentence: "Of 1 comparison, 1 ruled a gain out." }],
};
/** Without what only lays the markup out. */
const dense = (page: string): string => page.replaceAll(/\s+/g, " ").replaceAll(/ ?> ?/g, ">");

describe("a report's page", () => {
  it("asks for nothing, runs nothing, and makes no tag of a file's text", () => {
    const page = reportPage(card, { rows: true });
    expect(page).toMatch(/^<!doctype html>/iu);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<img|<link|<iframe|https?:|url\(|@import/iu);
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;");
    expect(page).toContain("high &amp; dry");
  });

  it("says the card's own figures, and words where there is none", () => {
    const page = dense(reportPage(card, { rows: false }));
    for (const { measured, label } of card.axes) {
      expect(page).toContain(`<h3>${label}</h3>`);
      if ("value" in measured) expect(page).toContain(`<b>${measured.value.toFixed(2)}`);
      else expect(page).toContain(`Not computable, because: ${measured.why}`);
    }
    for (const { error } of card.columns)
      if ("value" in error) expect(page).toContain(error.value.toFixed(3));
  });

  it("says the limits, how each column's groups fare, and what an experiment found", () => {
    const bare = dense(reportPage(card, { rows: false }));
    for (const { sentence } of card.limits) expect(bare).toContain(escape(sentence));
    expect(card.groups.map(({ column }) => column)).toEqual([evil, "size", "other"]);
    for (const { groups } of card.groups)
      for (const { shapeError } of groups)
        if ("value" in shapeError.holdout)
          expect(bare).toContain(`>${shapeError.holdout.value.toFixed(3)}</td>`);
    expect(bare).not.toContain("Does it help?</h2>");
    const untried = card.limits.find(({ topic }) => topic === "generalisation")!;
    const page = dense(reportPage(card, { rows: false, experiment: tried }));
    expect(page).not.toContain(untried.sentence);
    for (const words of [
      '<h2 id="experiment">Does it help?</h2>',
      "No gain in AUC.",
      "0.712",
      "0.690 to 0.734",
      "Of 1 comparison, 1 ruled a gain out.",
      `<b>No gain</b>${escape(evil)} moved nothing.`,
    ])
      // prettier-ignore
      expect(page).toContain(words);
  });

  it("holds rows of the table only where it was asked to", () => {
    expect(card.closest.pairs.length).toBeGreaterThan(0);
    expect(reportPage(card, { rows: true })).toContain("Closest pairs");
    const without = reportPage(card, { rows: false });
    expect(without).not.toContain("Closest pairs");
    expect(without).toContain("This page holds no row of the table");
  });
});

describe("a report's card", () => {
  it("lists what is worst first", () => {
    const errors = card.columns.map(({ error }) => ("value" in error ? error.value : -1));
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    const pairs = card.pairs.map(({ error }) => ("value" in error ? error.value : -1));
    expect(pairs).toEqual(pairs.toSorted((a, b) => b - a));
    expect(card.missing.columns.map(({ name }) => name)).toEqual(["size"]);
    for (const { cells } of card.pairs)
      for (const shares of [cells!.real, cells!.synthetic])
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it("survives as JSON, so that a terminal and a file can have it", () => {
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
  });

  it("says why without held-out rows, and what that leaves out", () => {
    const bare = cardOf({ ...table(0, 2), rows: 0 });
    const [fidelity, utility, privacy] = bare.axes;
    expect(fidelity!.measured).toHaveProperty("value");
    expect(utility!.measured).toMatchObject({ why: expect.stringContaining("held out") });
    expect(privacy!.measured).toHaveProperty("why");
    expect(fidelity!.holdout).toHaveProperty("why");
    expect(bare.limits[0]!.sentence).toContain("No row was held out");
    expect(bare.groups[0]!.odds.real).toMatchObject({ why: expect.stringContaining("held out") });
  });
});
