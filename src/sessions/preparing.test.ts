import { describe, expect, it } from "vitest";
import { fitPca, projectPca } from "../project/pca.ts";
import { weightsOf } from "../project/weights.ts";
import { picture, prepare, Unprepared } from "./preparing.ts";
import { pcaStage } from "./scene.ts";

const options = {
  missingMarks: [""],
  columns: {},
  holdout: 0.2,
  seed: 1,
  numeric: "quantile",
} as const;

/** Columns of the same 40 categories, one shifted against the other. */
function categories(columns: number, rows: number) {
  const levels = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 40);
  const text = {
    rows,
    columns: Array.from({ length: columns }, (_, i) => ({
      name: `x${i}`,
      levels,
      codes: codes.map((code) => (code + i) % 40),
    })),
  };
  return { name: "wide.csv", text, rowsRead: rows, issues: [] };
}

const made = (columns: number, rows: number) =>
  prepare(categories(columns, rows), 1, options, new Map(), "", async () => {});

describe("a table that would not fit", () => {
  it("is refused in words, with its columns to choose from", async () => {
    const refusal = await made(40, 100_000).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Unprepared);
    expect((refusal as Unprepared).message).toMatch(/80,000 rows of [\d,]+ numbers.*Switch off/);
    expect((refusal as Unprepared).summary.columns).toHaveLength(40);
  });
});

describe("a column of many values", () => {
  it("says how many of them are learned one by one", async () => {
    const levels = Array.from({ length: 600 }, (_, i) => `v${i}`);
    const codes = Int32Array.from({ length: 2_400 }, (_, row) => (row % 2 === 0 ? row % 20 : row % 600));
    const few = codes.map((code) => code % 3);
    const columns = [
      { name: "city", levels, codes },
      { name: "few", levels: levels.slice(0, 3), codes: few },
    ];
    const opened = { name: "many.csv", text: { rows: 2_400, columns }, rowsRead: 2_400, issues: [] };
    const chosen = { ...options, columns: { city: { type: "category", include: true } } } as const;
    const { summary } = await prepare(opened, 1, chosen, new Map(), "", async () => {});
    // Two of the 310 occur in the holdout alone.
    expect(summary.columns.map(({ grouped }) => grouped)).toEqual([
      "308 values: 49 learned one by one, the rest drawn by frequency",
      undefined,
    ]);
  });
});

describe("the PCA stage", () => {
  it("encodes only the rows that its fit looks at, and shows the same picture", async () => {
    const prepared = await made(60, 4_000);
    const { table, split, lens } = prepared;
    expect(lens.width * split.train.length).toBeGreaterThan(1_500_000); // so that rows are thinned
    const whole = fitPca(picture(prepared, table, split.train), weightsOf(lens.spans));
    const { scene } = pcaStage(prepared);
    if (scene.view !== "pca") throw new Error("another view");
    expect(scene.x.variance).toBe(whole.variance[0]);
    const points = projectPca(whole, picture(prepared, table, split.holdout));
    expect(scene.holdout).toEqual(points);
  });
});
